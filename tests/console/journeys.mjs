// Casework by the screens alone, each person at a device of their own.
//   node journeys.mjs (--yimen FILE --root FOLDER | --url URL --accounts FILE)
//     [--only NAME,…] [--quick]
import { parseArgs } from 'node:util';
import { launch, PHONE, WIDE } from './browser.mjs';
import { Casework } from './casework.mjs';
import { budget } from './journey_budget.mjs';
import { assignment } from './journey_assignment.mjs';
import { acts, auditor } from './journey_auditor.mjs';
import { duplicate, next } from './journey_duplicate.mjs';
import { emergency } from './journey_emergency.mjs';
import { expiry } from './journey_expiry.mjs';
import { keyboard } from './journey_keyboard.mjs';
import { live } from './journey_live.mjs';
import { meetings } from './journey_meetings.mjs';
import { offline } from './journey_offline.mjs';
import { ordinary } from './journey_ordinary.mjs';
import { parts } from './journey_parts.mjs';
import { password } from './journey_password.mjs';
import { strangers } from './journey_strangers.mjs';
import { judgeScreens } from './judge.mjs';
import { Township } from './township.mjs';

const JOURNEYS = {
  budget,
  ordinary,
  emergency,
  meetings,
  assignment,
  duplicate,
  next,
  strangers,
  expiry,
  offline,
  keyboard,
  live,
  parts,
  password,
  auditor,
  acts,
};
const QUICK = ['budget', 'ordinary', 'strangers', 'expiry'];

// What the quick run has axe-core look at beside its journeys.
const SCREENS = ['login', 'inbox', 'case', 'case-form', 'lead', 'board'];
const LOOKS = [
  { viewport: WIDE, language: 'zh-CN' },
  { viewport: PHONE, language: 'en' },
];

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
const wanted = values.only?.split(',') ?? (values.quick ? QUICK : Object.keys(JOURNEYS));
const township = await Township.start(values);
const browser = await launch();
let failed = 0;
for (const name of wanted) {
  const work = new Casework(browser, township);
  const started = Date.now();
  try {
    await JOURNEYS[name](work);
    if (work.complaints().length > 0) throw new Error(work.complaints().join('\n'));
    console.log(`ok      ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  } catch (fault) {
    failed += 1;
    console.log(`FAILED  ${name}: ${fault.stack}`);
    await work.picture(name);
  }
  await work.end();
}
if (values.quick && !(await judgeScreens(browser, township, LOOKS, SCREENS))) failed += 1;
await browser.close();
const stopped = await township.stop();
process.exitCode = failed === 0 && stopped ? 0 : 1;
