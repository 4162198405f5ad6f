// By the keyboard alone: past the navigation, through the list, into a case, its form and out.
import { strict as assert } from 'node:assert';

export async function keyboard(work) {
  const person = await work.look('civil_affairs_office_clerk', '/console/inbox');
  const { page } = person;
  const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement?.className), 'skip');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'content');

  const link = page.locator('table.lines tbody a').first();
  const number = await link.innerText();
  for (let presses = 0; presses < 60 && (await focused()) !== number; presses += 1) {
    await page.keyboard.press('Tab');
  }
  assert.equal(await focused(), number);
  await page.keyboard.press('Enter');
  await page.locator('.strip').waitFor();
  await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
  assert.match(await page.title(), /·/);

  const note = page.locator('button[data-action=note]');
  await note.focus();
  await page.keyboard.press('Enter');
  await page.locator('.action-dialog .field').first().waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.action-dialog').waitFor({ state: 'detached' });
}
