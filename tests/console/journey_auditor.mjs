// An auditor from the rate to the number, from the number to the case, and to the day on which time
// was lost; and a clerk who is not shown the figures.
import { strict as assert } from 'node:assert';

export async function auditor(work) {
  const { page, forms } = await work.look('auditor', '/console/time-limits?clock=state');
  assert.match(await page.locator('.total-rate b').innerText(), /^\d+(\.\d)?%$/);
  assert.equal(await page.locator('.formula dd').count(), 2);
  const received = Number(await page.locator('[data-outcome=received] b').innerText());
  const rows = page.locator('.figures-table tbody tr');
  assert.ok(received > 0 && (await rows.count()) > 0);

  const late = Number(await page.locator('[data-outcome=open_late] b').innerText());
  assert.ok(late > 0);
  await page.locator('[data-outcome=open_late]').click();
  await page.locator('.lines-wide tbody tr').first().waitFor();
  let listed = await page.locator('.lines-wide tbody tr').count();
  while (await page.locator('.more button').count()) {
    await page.locator('.more button').click();
    await page.waitForFunction(
      (before) => document.querySelectorAll('.lines-wide tbody tr').length > before,
      listed,
    );
    listed = await page.locator('.lines-wide tbody tr').count();
  }
  assert.equal(listed, late);

  const line = page.locator('.lines-wide tbody tr').first();
  const due = await line.locator('[data-due]').innerText();
  await line.locator('a').click();
  await page.locator('.ledger .lost').first().waitFor();
  const lost = page.locator('.ledger:has(.lost)').filter({ hasText: due });
  const told = await lost.first().innerText();
  assert.ok(told.includes(due), `${told} does not name ${due}`);
  assert.equal(await lost.first().locator('[data-kind=expired]').count(), 1);
  assert.ok((await lost.first().locator('.held li').count()) > 0);

  await work.look('auditor', '/console/audit?list=overdue');
  assert.ok((await page.locator('.lines-wide tbody tr').count()) > 0);
  for (const list of await page.locator('.tabs a').all()) {
    await list.click();
    await page.locator('.waiting').first().waitFor({ state: 'detached' });
    assert.equal(await page.locator('.refused').count(), 0);
  }

  const download = page.waitForEvent('download');
  await work.look('auditor', '/console/time-limits?clock=state');
  await page.locator('[data-audit=export]').click();
  const stream = await (await download).createReadStream();
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  assert.ok(text.startsWith('\ufeff') && text.includes(String(received)));

  const { page: other } = await work.look('civil_affairs_office_clerk', '/console/time-limits');
  await other.locator('.refused').waitFor();
  assert.equal(await other.locator('.totals').count(), 0);
  assert.ok(forms.word('clock', 'state') !== 'state');
}

// Whoever has seen a person in full stands in the access log, with the reason; the person does not.
export async function acts(work) {
  const clerk = await work.township.client('station_clerk');
  const { items } = await clerk.get('/v1/cases?state=reported_to_station&limit=1');
  const { page, forms } = await work.look('station_clerk', `/console/cases/${items[0].id}`);
  const person = page.locator('.case-side section').filter({ has: page.locator('.figures') });
  await page.locator('[data-person=reveal]').click();
  await page.locator('.reveal select').selectOption('payment');
  await page.locator('.reveal button[type=submit]').click();
  await page.locator('.reveal').waitFor({ state: 'detached' });
  const [name, number] = await person.locator('dd').allInnerTexts();
  assert.ok(!name.includes('*') && !number.includes('*'), `${name} ${number}`);

  const auditor = await work.look('auditor', '/console/acts');
  const row = auditor.page.locator('.marks > li').first();
  await row.waitFor();
  const told = await row.innerText();
  const [clerkName] = await work.names(['station_clerk']);
  assert.ok(told.includes(clerkName) && told.includes(forms.word('reveal_reason', 'payment')), told);
  assert.ok(!told.includes(number), told);

  await auditor.page.locator('[data-chains=verify]').click();
  await auditor.page.locator('[data-chains=whole]').waitFor();
}
