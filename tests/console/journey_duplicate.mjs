// Who has an open case is shown to whoever registers them again; and the next case at the station.
import { strict as assert } from 'node:assert';
import { identityNumber } from './casework.mjs';

export async function duplicate(work) {
  const number = identityNumber();
  const path = await work.lead('shili_4_commander', {
    name: '示例己',
    village: 'shili_4',
    category: 'temporary_relief',
    number,
  });
  const { page } = await work.look('shili_4_commander', '/console/lead');
  await page.locator('#lead-number').fill(number);
  await page.locator(`.others-open a[href="${path}"]`).waitFor();
  assert.equal(await page.locator('#lead-name').count(), 0);
}

export async function next(work) {
  const { page } = await work.look('station_clerk', '/console/inbox');
  const first = page.locator('table.lines tbody a').first();
  const path = await first.getAttribute('href');
  await page.locator('[data-inbox=next]').click();
  await page.locator('.strip').waitFor();
  assert.equal(new URL(page.url()).pathname, path);
}
