// Every screen by axe-core: nothing against WCAG 2.2 A and AA, in both languages, wide and narrow;
// nothing in the browser's console; no page wider than the window.
//   node axe.mjs (--yimen FILE --root FOLDER | --url URL --accounts FILE) [--only NAME,…] [--quick]
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import { launch, Person, PHONE, WIDE } from './browser.mjs';
import { SCREENS, show } from './screens.mjs';
import { fill, Township } from './township.mjs';

const text = { type: 'string' };
const { values } = parseArgs({
  options: {
    yimen: text,
    root: text,
    url: text,
    accounts: text,
    only: text,
    quick: { type: 'boolean', default: false },
  },
});
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const LOOKS = values.quick
  ? [
      { viewport: WIDE, language: 'zh-CN' },
      { viewport: PHONE, language: 'en' },
    ]
  : [WIDE, PHONE].flatMap((viewport) =>
      ['zh-CN', 'en'].map((language) => ({ viewport, language })),
    );
const QUICK = ['login', 'inbox', 'case', 'case-form', 'lead', 'board'];
const wanted = values.only?.split(',') ?? (values.quick ? QUICK : undefined);

const township = await Township.start(values);
await fill(township);
const browser = await launch();
let looked = 0;
const against = [];

// The page is taken as it stands: the browser may not be asked to load the tool past its policy.
async function judge(person, name) {
  await person.page.evaluate(axe);
  const found = await person.page.evaluate(
    (tags) => window.axe.run(document, { runOnly: { type: 'tag', values: tags } }),
    TAGS,
  );
  for (const violation of found.violations) {
    const where = violation.nodes.map((node) => node.target.join(' ')).slice(0, 4);
    against.push(`${name}: ${violation.id}: ${violation.help}: ${where.join(' | ')}`);
  }
  const [inside, window_] = await person.page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  if (inside > window_) against.push(`${name}: ${inside} pixels wide in a window of ${window_}`);
}

for (const look of LOOKS) {
  const people = new Map();
  for (const screen of SCREENS.filter((one) => !wanted || wanted.includes(one.name))) {
    const name = `${screen.name} ${look.language} ${look.viewport.width}`;
    const who = screen.account ?? '';
    if (!people.has(who)) {
      const person = await Person.at(browser, township, look);
      people.set(who, who ? await person.logIn(who) : person);
    }
    const person = people.get(who);
    try {
      await show(person, screen);
      await judge(person, name);
      looked += 1;
    } catch (fault) {
      against.push(`${name}: ${fault.message}`);
    }
  }
  for (const person of people.values()) {
    against.push(...person.complaints);
    await person.leave();
  }
}
await browser.close();
const stopped = await township.stop();
for (const line of against) console.log(line);
console.log(`${looked} screens looked at, ${against.length} findings.`);
process.exitCode = looked > 0 && against.length === 0 && stopped ? 0 : 1;
