// What the first visit to the inbox brings over the line, and how soon a long inbox can be used.
import { strict as assert } from 'node:assert';

const BYTES_MAX = 250 * 1024;

export async function budget(work) {
  const person = await work.as('station_clerk');
  const fresh = await work.browser.newContext();
  await fresh.addCookies(await person.context.cookies());
  await fresh.addInitScript(() => localStorage.setItem('yimen.logged-in', 'yes'));
  const page = await fresh.newPage();
  const session = await fresh.newCDPSession(page);
  await session.send('Network.enable');
  let bytes = 0;
  session.on('Network.loadingFinished', (event) => (bytes += event.encodedDataLength));
  const started = Date.now();
  await page.goto(`${work.township.url}/console/inbox`);
  await page.locator('table.lines tbody tr').first().waitFor();
  const milliseconds = Date.now() - started;
  // The stream of events never ends: the pictures and words that a visit brings do.
  await page.waitForLoadState('load');
  await page.locator('.under-way').first().waitFor({ state: 'detached' });
  await fresh.close();
  const lines = `${Math.round(bytes / 1024)} KB over the line, ${milliseconds} ms to the first line`;
  console.log(`        first visit to the inbox: ${lines}`);
  assert.ok(bytes > 0 && bytes <= BYTES_MAX, lines);
}
