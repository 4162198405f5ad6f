// A village's meeting by its own screen: too few were there, which is read and mended by meeting
// again; the minutes go to the case, and the case goes on.
import { strict as assert } from 'node:assert';
import { PAPER } from './casework.mjs';

const worker = 'shili_3_worker';
const commander = 'shili_3_commander';

async function meet(page, id, present) {
  await page.locator('[data-meeting=present]').fill(String(present));
  await page.locator(`[data-agenda="${id}"] [data-vote=decision]`).selectOption('agree');
  await page.locator('#minutes').setInputFiles(PAPER);
  await page.locator('[data-meeting=rehearse]').click();
  await page.locator('.batch-results .verdict-yes').waitFor();
  await page.locator('[data-meeting=commit]').click();
  await page.locator('.batch-results caption').getByText('办理结果').waitFor();
  return page.locator('.batch-results tbody tr').innerText();
}

export async function meetings(work) {
  const path = await work.lead(worker, {
    name: '示例丁',
    village: 'shili_3',
    category: 'temporary_relief',
  });
  const id = path.split('/').at(-1);
  await work.take(worker, path, 'record_visit', {
    kind: 'home',
    visitors: await work.names([worker, commander]),
    household_seen: true,
    findings: '家中一人患病。',
  });
  await work.take(worker, path, 'submit_for_review');

  const { page } = await work.look(commander, '/console/meetings');
  const few = await meet(page, id, 3);
  assert.match(few, /3/);
  assert.equal(await page.locator('.batch-results .verdict-no').count(), 1);
  await work.expect(commander, path, 'village_review');
  assert.match(await page.locator('.blocked [data-action=agree]').innerText(), /2\.4\.4/);

  await work.look(commander, '/console/meetings');
  await meet(page, id, 6);
  assert.equal(await page.locator('.batch-results .verdict-no').count(), 0);
  await work.expect('station_clerk', path, 'reported_to_station');
}
