// Every screen by axe-core, in both languages, wide and narrow.
//   node axe.mjs (--yimen FILE --root FOLDER | --url URL --accounts FILE) [--only NAME,…]
import { parseArgs } from 'node:util';
import { launch, PHONE, WIDE } from './browser.mjs';
import { judgeScreens } from './judge.mjs';
import { fill, Township } from './township.mjs';

const text = { type: 'string' };
const { values } = parseArgs({
  options: { yimen: text, root: text, url: text, accounts: text, only: text },
});
const looks = [WIDE, PHONE].flatMap((viewport) =>
  ['zh-CN', 'en'].map((language) => ({ viewport, language })),
);

const township = await Township.start(values);
await fill(township);
const browser = await launch();
const good = await judgeScreens(browser, township, looks, values.only?.split(','));
await browser.close();
const stopped = await township.stop();
process.exitCode = good && stopped ? 0 : 1;
