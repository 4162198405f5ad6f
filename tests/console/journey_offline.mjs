// A lead begun on a phone without a line, sent when it is back, with the time of its discovery.
import { strict as assert } from 'node:assert';
import { PHONE } from './browser.mjs';
import { identityNumber } from './casework.mjs';

export async function offline(work) {
  const account = 'shili_4_worker';
  const person = await work.as(account, { viewport: PHONE });
  const { page, forms, context } = person;
  await person.open('/console/lead');
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload(); // now the worker keeps what the page is made of
  await person.settle();
  await context.setOffline(true);
  await page.reload();
  await page.locator('.offline').waitFor();
  await page.locator('#lead-number').fill(identityNumber());
  await page.locator('#lead-name').fill('示例丙');
  await forms.fill({ key_category: 'other', known: '山上没有信号，先记下来。' });
  await page.locator('.lead-form button[type=submit]').click();
  await page.locator('.kept').waitFor();
  const [draft] = await page.evaluate(() => JSON.parse(localStorage.getItem('yimen.drafts')));

  await work.days(1);
  await context.setOffline(false);
  await person.open('/console/lead');
  await page.locator('[data-lead=send-kept]').click();
  await page.locator('.drafts').waitFor({ state: 'detached' });
  assert.equal(await page.evaluate(() => localStorage.getItem('yimen.drafts')), null);

  const client = await work.township.client(account);
  const opened = (await client.get('/v1/inbox?filter=started&limit=1')).items[0];
  const { entry } = (await client.get(`/v1/cases/${opened.id}/journal`)).items[0];
  assert.equal(entry.occurred_at, Date.parse(draft.begunAt));
  assert.ok(entry.recorded_at > entry.occurred_at);
  person.complaints = person.complaints.filter((one) => !one.includes('ERR_INTERNET_DISCONNECTED'));
}
