// What foreign tools say of the drawings in a folder; a picture of each is put beside it.
//   node check.mjs FOLDER
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { BpmnModdle } from 'bpmn-moddle';
import { Linter } from 'bpmnlint';
import NodeResolver from 'bpmnlint/lib/resolver/node-resolver.js';
import { chromium } from 'playwright-core';

const folder = process.argv[2];
const findings = [];
const find = (file, text) => findings.push(`${file}: ${text}`);

function checkSchema(file) {
  const schema = 'node_modules/bpmn-moddle/resources/bpmn/xsd/BPMN20.xsd';
  try {
    execFileSync('xmllint', ['--noout', '--nonet', '--schema', schema, join(folder, file)],
      { stdio: 'pipe' });
  } catch (error) {
    find(file, error.stderr.toString());
  }
}

async function checkModel(file, xml) {
  const { rootElement, warnings } = await new BpmnModdle().fromXML(xml);
  for (const warning of warnings) find(file, warning.message);
  const config = JSON.parse(readFileSync('.bpmnlintrc'));
  const linter = new Linter({ config, resolver: new NodeResolver() });
  for (const [rule, reports] of Object.entries(await linter.lint(rootElement))) {
    for (const report of reports) find(file, `${rule}: ${report.id}: ${report.message}`);
  }
}

async function showBpmn(page, file, xml) {
  await page.setContent('<body style="margin:0"><div id="canvas"></div></body>');
  await page.addStyleTag({ path: 'node_modules/bpmn-js/dist/assets/diagram-js.css' });
  await page.addStyleTag({ path: 'node_modules/bpmn-js/dist/assets/bpmn-js.css' });
  await page.addScriptTag({
    path: 'node_modules/bpmn-js/dist/bpmn-navigated-viewer.production.min.js' });
  const size = await page.evaluate(async (bpmn) => {
    const container = document.getElementById('canvas');
    container.style.cssText = 'width:800px;height:600px';
    window.viewer = new BpmnJS({ container });
    const { warnings } = await viewer.importXML(bpmn);
    if (warnings.length) throw new Error(warnings.map((warning) => warning.message).join('\n'));
    const { inner } = viewer.get('canvas').viewbox();
    // Below, room for the viewer's own sign.
    return { width: Math.ceil(inner.width) + 40, height: Math.ceil(inner.height) + 70 };
  }, xml);
  await page.setViewportSize(size);
  await page.evaluate(({ width, height }) => {
    document.getElementById('canvas').style.cssText = `width:${width}px;height:${height}px`;
    const canvas = viewer.get('canvas');
    canvas.resized();
    const { inner } = canvas.viewbox();
    canvas.viewbox({ x: inner.x - 20, y: inner.y - 20, width, height });
  }, size);
  await page.addScriptTag({ path: 'geometry.js' });
  for (const finding of await page.evaluate(() => geometry())) find(file, finding);
  await page.screenshot({ path: join(folder, file.replace(/\.bpmn$/, '.png')) });
  return size;
}

async function showMermaid(page, file, text) {
  await page.setContent('<body style="margin:20px"><div id="drawing"></div></body>');
  await page.addScriptTag({ path: 'node_modules/mermaid/dist/mermaid.min.js' });
  const size = await page.evaluate(async (source) => {
    mermaid.initialize({ startOnLoad: false, securityLevel: 'strict' });
    await mermaid.parse(source);
    const { svg } = await mermaid.render('graph', source);
    const drawing = document.getElementById('drawing');
    drawing.innerHTML = svg;
    const { width, height } = drawing.firstElementChild.viewBox.baseVal;
    drawing.firstElementChild.style.cssText = `width:${width}px;height:${height}px`;
    return { width: Math.ceil(width) + 40, height: Math.ceil(height) + 40 };
  }, text);
  await page.setViewportSize(size);
  await page.screenshot({ path: join(folder, file.replace(/\.mmd$/, '.mermaid.png')) });
  return size;
}

async function check(browser, file) {
  const text = readFileSync(join(folder, file), 'utf8');
  const page = await browser.newPage();
  page.on('pageerror', (error) => find(file, error.message));
  let size;
  try {
    if (file.endsWith('.bpmn')) {
      checkSchema(file);
      await checkModel(file, text);
      size = await showBpmn(page, file, text);
    } else {
      size = await showMermaid(page, file, text);
    }
  } catch (error) {
    find(file, error.message);
  }
  console.log(`${file}: ${text.length} characters, ${size?.width} x ${size?.height} pixels`);
  await page.close();
}

const profile = mkdtempSync(join(tmpdir(), 'drawings-'));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: '/usr/bin/chromium',
  headless: true,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
try {
  const files = readdirSync(folder).filter((name) => /\.(bpmn|mmd)$/.test(name)).sort();
  if (files.length === 0) find(folder, 'no drawing in it');
  for (const file of files) await check(browser, file);
} finally {
  await browser.close();
  rmSync(profile, { recursive: true, force: true });
}
for (const finding of findings) console.error(finding);
console.log(findings.length === 0 ? 'All drawings are clean.' : `${findings.length} findings.`);
process.exitCode = findings.length === 0 ? 0 : 1;
