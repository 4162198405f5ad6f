// Fifty leads assigned in one go: tried first, two of them refused, the others done.
import { strict as assert } from 'node:assert';
import { accepted } from './cases.mjs';

const COUNT = 50;

export async function assignment(work) {
  const station = await work.township.client('station_clerk');
  const cases = [];
  for (let number = 0; number < COUNT; number += 1) {
    const { id, facts, revision } = await accepted(station, `示例${number}`);
    cases.push({ id, number: facts.number, revision });
  }
  const person = await work.look('station_clerk', '/console/assignment');
  const { page, forms } = person;
  for (const { number } of cases) {
    await page.locator(`input[aria-label*="${number}"]`).check();
  }
  await forms.fill({ list_number: '2026-06-050' });

  // Two of them are elsewhere by the time that the clerk tries.
  const director = await work.township.client('station_director');
  for (const one of cases.slice(0, 2)) {
    await director.post(
      `/v1/cases/${one.id}/transitions`,
      { event: 'refer_to_joint_review', data: { reason: '两个科室意见不一致。' } },
      { 'if-match': `"r${one.revision}"` },
    );
  }
  await page.locator('[data-batch=rehearse]').click();
  await page.locator('.batch-results').waitFor();
  assert.equal(await page.locator('.batch-results tbody tr').count(), COUNT);
  assert.equal(await page.locator('.batch-results .verdict-no').count(), 2);

  await page.locator('[data-batch=commit]').click();
  await page.waitForFunction(
    (count) => document.querySelectorAll('.batch-results .verdict-yes').length === count,
    COUNT - 2,
  );
  await person.settle();
  const state = async (id) => (await director.get(`/v1/cases/${id}`)).state;
  assert.equal(await state(cases[0].id), 'joint_review');
  for (const one of cases.slice(2)) assert.equal(await state(one.id), 'assigned_to_department');
}
