// Pictures of every screen of the console with the sample township.
//   node shots.mjs --output FOLDER (--yimen FILE --root FOLDER | --url URL --accounts FILE)
//     [--only NAME,…] [--narrow | --paper] [--language en]
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { launch, Person, PHONE, WIDE } from './browser.mjs';
import { SCREENS, show } from './screens.mjs';
import { fill, Township } from './township.mjs';

const text = { type: 'string' };
const { values } = parseArgs({
  options: {
    output: text,
    yimen: text,
    root: text,
    url: text,
    accounts: text,
    only: text,
    language: { type: 'string', default: 'zh-CN' },
    narrow: { type: 'boolean', default: false },
    paper: { type: 'boolean', default: false },
  },
});
const wanted = values.only?.split(',');
const look = values.narrow ? 'phone' : values.paper ? 'paper' : 'wide';
const endings = { phone: '-375', paper: '-a4', wide: '' };
const ending = `${endings[look]}${values.language === 'en' ? '.en' : ''}`;
// What is between the margins of a sheet, 182 mm at 96 dots an inch.
const SHEET = { width: 688, height: 1000 };
const LONGEST = 1800;
mkdirSync(values.output, { recursive: true });

// The whole page, but no more of a long one than one can look at; what the window shows where
// something stays in its place.
async function area(page) {
  if (look === 'paper') return { fullPage: true };
  const stays = values.narrow ? '.el-dialog, .buttons-sticky' : '.el-dialog';
  if ((await page.locator(stays).count()) > 0) return {};
  const [width, height] = await page.evaluate(() => {
    const { scrollWidth, scrollHeight } = document.documentElement;
    return [scrollWidth, scrollHeight];
  });
  return { fullPage: true, clip: { x: 0, y: 0, width, height: Math.min(height, LONGEST) } };
}

const township = await Township.start(values);
await fill(township);
const browser = await launch();
let missing = 0;
const isWanted = (one) =>
  (look === 'wide' || one[look]) && (wanted ? wanted.includes(one.name) : true);
for (const screen of SCREENS.filter(isWanted)) {
  const person = await Person.at(browser, township, {
    viewport: look === 'phone' ? PHONE : WIDE,
    language: values.language,
  });
  try {
    if (screen.account) await person.logIn(screen.account);
    await show(person, screen);
    if (look === 'paper') {
      await person.page.setViewportSize(SHEET);
      await person.page.emulateMedia({ media: 'print', reducedMotion: 'reduce' });
      await person.page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
    }
    const path = join(values.output, `${screen.name}${ending}.png`);
    if (screen.part && look === 'wide') await person.page.locator(screen.part).screenshot({ path });
    else await person.page.screenshot({ path, ...(await area(person.page)), animations: 'disabled' });
    console.log(screen.name);
  } catch (fault) {
    missing += 1;
    console.error(`${screen.name}: ${fault.message}`);
  }
  for (const complaint of person.complaints) console.error(`${screen.name}: ${complaint}`);
  await person.leave();
}
await browser.close();
const stopped = await township.stop();
process.exitCode = missing === 0 && stopped ? 0 : 1;
