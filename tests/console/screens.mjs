// Every screen of the console, and who looks at it; `prepare` opens what is closed at first, `part`
// is what a picture shows of a long page; those for `phone` are taken at 375 pixels too, those for
// `paper` as they are printed.
async function firstCase(person, query) {
  const client = await person.township.client(person.account);
  return `/console/cases/${(await client.get(`/v1/cases?${query}`)).items[0].id}`;
}

const clickFirst = (selector) => async (page) => page.locator(selector).first().click();

export const SCREENS = [
  { name: 'login', phone: true, path: '/console/login' },
  { name: 'inbox', phone: true, account: 'civil_affairs_office_clerk', path: '/console/inbox' },
  { name: 'inbox-station', account: 'station_clerk', path: '/console/inbox' },
  {
    name: 'inbox-batch', phone: true,
    account: 'civil_affairs_office_clerk',
    path: '/console/inbox',
    prepare: async (page) => {
      for (const box of await page.locator('input[type=checkbox][aria-label*="河鱼救"]').all()) {
        await box.check();
      }
      await page.locator('.batch select').first().selectOption({ index: 1 });
      await page.locator('[data-batch=rehearse]').click();
      await page.locator('.batch-results').waitFor();
    },
  },
  {
    name: 'case', phone: true, paper: true,
    account: 'civil_affairs_office_clerk',
    path: (person) => firstCase(person, 'state=assigned_to_department&closed=false'),
    prepare: clickFirst('.deadline summary'),
  },
  {
    name: 'case-form', phone: true,
    account: 'civil_affairs_office_clerk',
    path: (person) => firstCase(person, 'state=assigned_to_department&closed=false'),
    prepare: async (page) => {
      await page.locator('[data-action=record_investigation]').click();
      await page.locator('.action-dialog .field').first().waitFor();
    },
  },
  {
    name: 'case-drawing',
    account: 'station_clerk',
    path: (person) => firstCase(person, 'state=publicized&closed=false'),
    prepare: async (page) => {
      await page.locator('details.panel > summary').last().click();
      await page.locator('.drawing svg .here').waitFor();
    },
    part: 'details.panel[open]:has(.drawing)',
  },
  {
    name: 'case-archived',
    account: 'auditor',
    path: (person) => firstCase(person, 'state=archived&category=subsistence_allowance&closed=true'),
  },
  { name: 'notifications', phone: true, account: 'station_clerk', path: '/console/notifications' },
  {
    name: 'meetings', phone: true, paper: true,
    account: 'shili_1_commander',
    path: '/console/meetings',
    prepare: async (page) => {
      await page.locator('[data-vote=decision]').first().selectOption('agree');
      await page.locator('[data-meeting=rehearse]').click();
      await page.locator('.batch-results').waitFor();
    },
  },
  {
    name: 'time-limits', phone: true, paper: true,
    account: 'auditor',
    path: '/console/time-limits?clock=state',
  },
  {
    name: 'time-limits-cases',
    account: 'auditor',
    path: '/console/time-limits?clock=state',
    prepare: async (page) => {
      await page.locator('[data-outcome=open_late]').click();
      await page.locator('.lines-wide').waitFor();
    },
  },
  {
    name: 'clocks', phone: true, paper: true,
    account: 'auditor',
    path: async (person) =>
      `${await firstCase(person, 'state=assigned_to_department&colour=red')}/clocks`,
  },
  { name: 'audit', phone: true, account: 'auditor', path: '/console/audit' },
  {
    name: 'audit-take-backs',
    account: 'auditor',
    path: '/console/audit?list=suspensions',
  },
  { name: 'acts', phone: true, account: 'auditor', path: '/console/acts?list=administration' },
  { name: 'password', phone: true, account: 'newcomer', path: '/console/password' },
  { name: 'lead', phone: true, account: 'shili_1_worker', path: '/console/lead' },
  { name: 'signoffs', phone: true, account: 'deputy_commander', path: '/console/signoffs' },
  {
    name: 'assignment',
    account: 'station_clerk',
    path: '/console/assignment',
    prepare: async (page) => {
      const boxes = await page.locator('tbody input[type=checkbox], .case-card input').all();
      for (const box of boxes.slice(0, 5)) await box.check();
      await page.locator('[data-field=list_number] input').fill('2026-05-301');
      await page.locator('[data-batch=rehearse]').click();
      await page.locator('[data-field=lateness_reason] .el-select__wrapper').click();
      await page.getByRole('option').locator('visible=true').nth(6).click();
      await page.locator('.batch-results .verdict-yes').first().waitFor();
    },
  },
  { name: 'cases', account: 'station_clerk', path: '/console/cases?closed=false' },
  { name: 'board', phone: true, account: 'commander', path: '/console/board' },
  {
    name: 'procedures',
    account: 'station_director',
    path: '/console/procedures',
    prepare: async (page) => {
      await page.locator('.drawing svg .djs-element').first().waitFor();
      await page.locator('.rule-group summary').nth(1).click();
    },
  },
  { name: 'calendar', account: 'station_clerk', path: '/console/calendar' },
  { name: 'organisation', account: 'station_clerk', path: '/console/organisation' },
  { name: 'users', account: 'administrator', path: '/console/users' },
  { name: 'account', account: 'station_clerk', path: '/console/account' },
  { name: 'not-found', account: 'station_clerk', path: '/console/nowhere' },
];

export async function show(person, screen) {
  const path = typeof screen.path === 'function' ? await screen.path(person) : screen.path;
  await person.open(path);
  if (screen.prepare) await screen.prepare(person.page);
  await person.settle();
}
