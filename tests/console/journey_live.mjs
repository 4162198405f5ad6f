// What others do is seen without a reload, and what one is told is counted at the bell.
const SOON = 10_000; // a look without a stream comes after 30 s

async function seeAll(client) {
  for (;;) {
    const { items } = await client.get('/v1/notifications?unseen=true&limit=200');
    if (items.length === 0) return;
    await client.put('/v1/notifications/seen', { ids: items.map((one) => one.id) });
  }
}

export async function live(work) {
  const path = await work.lead('shili_1_worker', {
    name: '示例戊',
    village: 'shili_1',
    category: 'temporary_relief',
    emergency: true,
  });
  await seeAll(await work.township.client('station_clerk'));
  await work.expect('station_clerk', path, 'discovered');
  const { page, forms } = await work.as('station_clerk');
  const bell = page.locator('.bell b');
  await work.take('shili_1_worker', path, 'report_emergency', {
    reason: '房屋倒塌，当晚无处居住。',
    suggested_department: 'civil_affairs_office',
  });
  const state = page.locator('.strip .state');
  await state.getByText(forms.word('state', 'reported_to_station')).waitFor({ timeout: SOON });

  await work.days(3);
  await bell.waitFor({ timeout: SOON });
  await page.locator('.bell').click();
  await page.locator('.notification-new').first().waitFor();
  await page.locator('[data-notifications=see-all]').click();
  await page.locator('.notification-new').first().waitFor({ state: 'detached' });
}
