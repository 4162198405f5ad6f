// A clerk who tries another department's case by its address, and a page that needs a log-in.
import { strict as assert } from 'node:assert';

export async function strangers(work) {
  const commander = await work.township.client('commander');
  const query = '/v1/cases?department=social_security_office&state=assigned_to_department&limit=1';
  const [other] = (await commander.get(query)).items;
  const path = `/console/cases/${other.id}`;

  const { page } = await work.look('civil_affairs_office_clerk', path);
  await page.locator('.nothing').waitFor();
  assert.equal(await page.locator('.strip').count(), 0);
  const shown = await page.locator('main').innerText();
  assert.ok(!shown.includes(other.number));

  // The right one opens it by the same address, after the log-in that the address led to.
  const { page: own } = await work.as('social_security_office_clerk', {});
  await own.goto(work.township.url + path);
  await own.locator('.strip').waitFor();
  assert.match(await own.locator('h1').innerText(), new RegExp(other.number));
}
