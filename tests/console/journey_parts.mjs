// Parts of a case are chosen by their words: the objection that is answered, the limit that is
// extended. Nobody types a code or the number of an entry.
import { strict as assert } from 'node:assert';
import { applied } from './cases.mjs';

export async function parts(work) {
  const clerk = await work.township.client('station_clerk');
  const objected = (await clerk.get('/v1/cases?state=objection_review&limit=1')).items[0].id;
  await work.take('station_clerk', `/console/cases/${objected}`, 'answer_objection', {
    answer_code: 'rejected',
    answer: '经复核，收入核算无误，已当面答复。',
  });
  const { records } = await clerk.get(`/v1/cases/${objected}`);
  const answered = records.find((record) => record.kind === 'answer_objection');
  const objection = records.find((record) => record.kind === 'object');
  assert.equal(answered.data.objection, objection.sequence);

  const { id } = await applied(clerk);
  const clockOf = ({ deadlines }) => deadlines.find((one) => one.clock === 'state' && !one.stopped_at);
  const { code } = clockOf(await clerk.get(`/v1/cases/${id}`)).limits[0];
  await work.take('station_director', `/console/cases/${id}`, 'extend_deadline', {
    clock: 'state',
    limit: code,
    until: `${Number((await work.today()).slice(0, 4)) + 1}-01-08`,
    ground: 'hard_to_investigate',
    reason: '需异地核查。',
  });
  const { limits } = clockOf(await clerk.get(`/v1/cases/${id}`));
  assert.ok(limits.find((one) => one.code === code).extended_to);

  // On paper it says what is folded on the screen, and afterwards the screen is as it was.
  const { page } = await work.look('station_director', `/console/cases/${id}`);
  const open = page.locator('.timeline details[open]');
  assert.equal(await open.count(), 0);
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  assert.equal(await open.count(), await page.locator('.timeline details').count());
  assert.ok((await open.count()) > 0);
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  assert.equal(await open.count(), 0);
}
