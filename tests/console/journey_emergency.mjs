// An emergency on the hotline: reported at once, first help before papers.
import { strict as assert } from 'node:assert';

export async function emergency(work) {
  const path = await work.lead('hotline_operator', {
    name: '示例乙',
    village: 'shili_3',
    channel: 'hotline',
    category: 'temporary_relief',
    emergency: true,
  });
  const { page, forms } = await work.look('hotline_operator', path);
  assert.equal(await page.locator('.strip .emergency').count(), 1);
  await work.take('hotline_operator', path, 'report_emergency', {
    reason: '山洪冲毁房屋，当晚无处居住。',
    suggested_department: 'civil_affairs_office',
  });
  await work.expect('deputy_commander', path, 'reported_to_station');
  const clocks = await page.locator('.deadlines').innerText();
  assert.ok(clocks.includes(forms.word('clock', 'emergency')), clocks);
  await work.take('deputy_commander', path, 'record_relief', { kind: 'cash' });
  await work.take('station_clerk', path, 'accept', { basis: 'application' });
  await work.take('station_clerk', path, 'assign', {
    unit: 'civil_affairs_office',
    list_number: '2026-06-002',
  });
  await work.expect('civil_affairs_office_clerk', path, 'assigned_to_department');
}
