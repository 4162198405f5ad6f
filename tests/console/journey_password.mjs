// Somebody new is led to choose a password of their own before anything else.
import { strict as assert } from 'node:assert';
import { Person } from './browser.mjs';

export async function password(work) {
  const administrator = await work.township.client('administrator');
  const account = `shili_1_new_${Date.now().toString(36)}`;
  const given = 'given-by-the-office-1';
  const own = 'chosen-by-myself-2';
  await administrator.post('/v1/users', {
    name: account,
    display_name: '示例新人',
    password: given,
    must_change_password: true,
    posts: [{ post: 'village_worker', unit: 'shili_1' }],
  });
  work.township.passwords.set(account, given);

  const person = await Person.at(work.browser, work.township);
  const { page } = person;
  await page.goto(`${work.township.url}/console/lead`);
  await page.goto(`${work.township.url}/console/login?to=/console/organisation`);
  await page.locator('#account').fill(account);
  await page.locator('#password').fill(given);
  await page.locator('.log-in button[type=submit]').click();
  await page.locator('#new-password').waitFor();
  await page.goto(`${work.township.url}/console/inbox`);
  await page.locator('#new-password').waitFor();
  assert.equal(await page.locator('.site-navigation').count(), 0);

  const fill = async (wanted) => {
    await page.locator('#present-password').fill(given);
    await page.locator('#new-password').fill(wanted);
    await page.locator('#new-password-again').fill(wanted);
    await page.locator('.password-form button[type=submit]').click();
  };
  await fill('12345678');
  await page.locator('.password-form .refused').waitFor();
  await fill(own);
  await page.waitForURL(/\/console\/inbox/);
  await page.locator('.site-navigation').waitFor();
  work.township.passwords.set(account, own);
  assert.deepEqual(person.complaints, []);
  await person.leave();
}
