// Fifty leads assigned in one go: tried first, two of them refused, the others done.
import { strict as assert } from 'node:assert';
import { identityNumber } from './casework.mjs';

const COUNT = 50;

// Accepted leads, as programs would bring them; the last two are taken away before the commit.
async function accepted(work) {
  const station = await work.township.client('station_clerk');
  const cases = [];
  for (let number = 0; number < COUNT; number += 1) {
    const person = await station.post('/v1/persons', {
      name: `示例${number}`,
      village: 'shili_1',
      identity: { type: 'identity_number', number: identityNumber() },
    });
    const opened = await station.post('/v1/cases', {
      procedure: 'assistance',
      facts: {
        channel: 'counter',
        place: { village: 'shili_1', registered_outside: false },
        subject: person.id,
        key_category: 'other',
        known: '到窗口申请。',
        emergency: false,
        restricted: 'none',
        category: 'temporary_relief',
      },
    });
    const move = (event, data, revision) =>
      station.post(
        `/v1/cases/${opened.id}/transitions`,
        { event, data },
        { 'if-match': `"r${revision}"` },
      );
    const form = { application_digest: 'a1'.repeat(32) };
    const received = await move('receive_application', await example(station, opened.id, 'receive_application', form), opened.revision);
    const taken = await move('accept', { category: 'temporary_relief', basis: 'application' }, received.revision);
    cases.push({ id: opened.id, number: taken.facts.number, revision: taken.revision });
  }
  return cases;
}

async function example(client, id, action, over) {
  const found = await client.get(`/v1/cases/${id}`);
  const digest = found.actions.find((one) => one.name === action).form;
  return { ...(await client.get(`/v1/forms/${digest}`)).examples[0], ...over };
}

export async function assignment(work) {
  const cases = await accepted(work);
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
