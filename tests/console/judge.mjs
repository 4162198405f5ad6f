// Looks at screens with axe-core: nothing against WCAG 2.2 A and AA, nothing in the browser's
// console, no page wider than its window.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Person } from './browser.mjs';
import { SCREENS, show } from './screens.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

// The page is taken as it stands: the browser may not be asked to load the tool past its policy.
async function judge(person, name, against) {
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

// What is found at the named screens, or at all of them, under each look (a window and a language).
export async function judgeScreens(browser, township, looks, wanted) {
  const against = [];
  let looked = 0;
  for (const look of looks) {
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
        await judge(person, name, against);
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
  for (const line of against) console.log(line);
  console.log(`${looked} screens looked at, ${against.length} findings.`);
  return looked > 0 && against.length === 0;
}
