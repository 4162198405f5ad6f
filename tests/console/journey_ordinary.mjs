// A temporary relief from the village's door to the archive, a refusal read and mended on the way.
import { strict as assert } from 'node:assert';
import { PAPER } from './casework.mjs';

const worker = 'shili_2_worker';
const village = 'shili_2_commander';
const clerk = 'civil_affairs_office_clerk';

async function throughTheVillage(work, path) {
  const both = ['shili_2_worker', 'shili_2_commander'];
  const names = await work.names(both);
  await work.take(worker, path, 'record_visit', {
    kind: 'home',
    visitors: names,
    household_seen: true,
    findings: '家中两人，一人长期患病。',
  });
  await work.take(worker, path, 'submit_for_review');
  await agreeTooEarly(work, path);
  await work.take(village, path, 'record_meeting', {
    kind: 'village_review',
    members_due: 7,
    present: 6,
    recused: 1,
    votes_for: 5,
    votes_against: 0,
    abstained: 0,
    relatives_recused: true,
    decision: 'agree',
    minutes: { file: PAPER },
  });
  await work.take(village, path, 'agree');
}

// Before there was a meeting the page says what is missing, with the clause.
async function agreeTooEarly(work, path) {
  const { page } = await work.look(village, path);
  const refused = page.locator('.blocked [data-action=agree]');
  assert.match(await refused.innerText(), /2\.4\.4/);
  assert.ok((await refused.locator('li').count()) > 0);
  assert.equal(await page.locator('button[data-action=agree]').count(), 0);
}

async function throughTheDepartment(work, path) {
  const names = await work.names([clerk, 'civil_affairs_office_head']);
  await work.take(clerk, path, 'sign_for');
  await work.take(clerk, path, 'record_investigation', {
    kind: 'home_visit',
    investigators: names,
    relatives: false,
    findings: '与申报情况一致。',
    form_digest: { file: PAPER },
  });
  await work.take(clerk, path, 'record_matching', {
    sources: ['civil_affairs', 'social_security'],
    result: 'consistent',
  });
  await work.take(clerk, path, 'record_opinion', {
    opinion: 'eligible',
    reason: '符合临时救助条件。',
  });
  await work.take(clerk, path, 'record_measure', { kind: 'one_off_cash', amount: '600' });
  for (const kind of ['application', 'authorisation', 'investigation_form']) {
    await work.attach(clerk, path, kind);
  }
  await work.take(clerk, path, 'handle');
  await work.sign('civil_affairs_office_head', path);
  await work.expect(clerk, path, 'handled');
}

export async function ordinary(work) {
  const path = await work.lead(worker, {
    name: '示例甲',
    village: 'shili_2',
    category: 'temporary_relief',
  });
  await throughTheVillage(work, path);
  await work.expect('station_clerk', path, 'reported_to_station');
  await work.take('station_clerk', path, 'accept', { basis: 'application' });
  await work.take('station_clerk', path, 'assign', {
    unit: 'civil_affairs_office',
    list_number: '2026-06-001',
  });
  await throughTheDepartment(work, path);

  await work.take('station_clerk', path, 'publish', {
    kind: 'pre_approval',
    place: ['village_board'],
    applicant_shown: 'full_name',
    members: 2,
    category: 'temporary_relief',
    fields: ['applicant', 'village', 'members', 'category'],
  });
  await work.take(worker, path, 'post_notice', {
    kind: 'pre_approval',
    place: 'village_board',
    starts_on: await work.today(),
    days: 7,
    unit: 'calendar_days',
    proof: { file: PAPER },
  });
  await work.days(12);
  await work.take('deputy_commander', path, 'approve');
  await work.take('finance_office_clerk', path, 'record_payment', {
    amount: '600',
    paid_on: await work.today(),
    voucher: '2026-0417',
  });
  await work.take(clerk, path, 'record_delivery', { what: 'money', proof: { file: PAPER } });
  await work.take(worker, path, 'post_long_term_notice', {
    place: 'village_board',
    proof: { file: PAPER },
  });
  await work.take('station_clerk', path, 'archive', { dossier: ['application'], volume: '2026-001' });
  await work.expect('auditor', path, 'archived');
}
