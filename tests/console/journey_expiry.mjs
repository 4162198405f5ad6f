// A session ends in the middle of a form: nothing that was typed is lost.
import { strict as assert } from 'node:assert';

const FINDINGS = '已写了很久的调查情况，不能丢。';

export async function expiry(work) {
  const account = 'social_security_office_clerk';
  const client = await work.township.client(account);
  const query = '/v1/cases?state=assigned_to_department&closed=false&limit=1';
  const [line] = (await client.get(query)).items;
  const kept = async () => {
    const { records } = await client.get(`/v1/cases/${line.id}`);
    return records.filter((one) => one.personal?.['/text'] === FINDINGS).length;
  };
  const before = await kept();
  const person = await work.look(account, `/console/cases/${line.id}`);
  const { page, forms } = person;
  await page.locator('button[data-action=note]').click();
  await forms.fill({ text: FINDINGS });

  await person.context.clearCookies();
  await page.locator('.action-dialog button[type=submit]').click();
  const again = page.locator('.el-dialog input[type=password]');
  await again.waitFor();
  assert.equal(await page.locator('[data-field=text] textarea').inputValue(), FINDINGS);
  await again.fill('wrong');
  await page.locator('.el-dialog button[type=submit]').last().click();
  await page.locator('.el-dialog .refused').waitFor();
  await again.fill(work.township.passwords.get(account));
  await page.locator('.el-dialog button[type=submit]').last().click();

  await page.locator('.action-dialog').waitFor({ state: 'detached' });
  assert.equal(await kept(), before + 1);
}
