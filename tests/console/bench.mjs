// Not a test: how soon an inbox with many open steps can be used, in Chromium on this machine.
//   node bench.mjs (--yimen FILE --root FOLDER | --url URL --accounts FILE) [--cases 1000] [--runs 5]
// The goal is one second with 1,000 open steps; each run is a device that has never been here.
import { parseArgs } from 'node:util';
import { launch, WIDE } from './browser.mjs';
import { applied } from './cases.mjs';
import { Township } from './township.mjs';

const text = { type: 'string' };
const { values } = parseArgs({
  options: {
    yimen: text,
    root: text,
    url: text,
    accounts: text,
    cases: { ...text, default: '1000' },
    runs: { ...text, default: '5' },
  },
});
const AT_ONCE = 8;

async function openSteps(township, count) {
  const client = await township.client('station_clerk');
  let left = count;
  const work = async () => {
    while (left > 0) {
      left -= 1;
      await applied(client);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

// From the address to a line that answers: marked by its box, which opens what is done with it.
async function visit(browser, township) {
  const context = await browser.newContext({ viewport: WIDE, locale: 'zh-CN' });
  const page = await context.newPage();
  await page.goto(`${township.url}/console/login`);
  await page.locator('#account').fill('station_clerk');
  await page.locator('#password').fill(township.passwords.get('station_clerk'));
  await page.locator('.log-in button[type=submit]').click();
  await page.locator('table.lines tbody tr').first().waitFor();
  const cookies = await context.cookies();
  await context.close();

  const fresh = await browser.newContext({ viewport: WIDE, locale: 'zh-CN' });
  await fresh.addCookies(cookies);
  await fresh.addInitScript(() => localStorage.setItem('yimen.logged-in', 'yes'));
  const other = await fresh.newPage();
  const started = performance.now();
  await other.goto(`${township.url}/console/inbox`, { waitUntil: 'commit' });
  await other.locator('table.lines tbody tr').first().waitFor();
  const shown = performance.now() - started;
  await other.locator('table.lines tbody input[type=checkbox]').first().check();
  await other.locator('.batch').waitFor();
  const usable = performance.now() - started;
  const lines = await other.locator('table.lines tbody tr').count();
  await fresh.close();
  return { shown, usable, lines };
}

const township = await Township.start(values);
await openSteps(township, Number(values.cases));
const browser = await launch();
const runs = [];
for (let run = 0; run < Number(values.runs); run += 1) {
  runs.push(await visit(browser, township));
  const { shown, usable, lines } = runs.at(-1);
  console.log(`${Math.round(shown)} ms to the first line, ${Math.round(usable)} ms usable, ${lines} lines`);
}
const median = (of) => runs.map(of).sort((a, b) => a - b)[Math.floor(runs.length / 2)];
console.log(
  `median of ${runs.length}: ${Math.round(median((run) => run.shown))} ms shown, ` +
    `${Math.round(median((run) => run.usable))} ms usable`,
);
await browser.close();
process.exitCode = (await township.stop()) ? 0 : 1;
