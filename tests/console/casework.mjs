// What people do in the console, in the words of the casework.
import { strict as assert } from 'node:assert';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Person } from './browser.mjs';
import { Forms } from './forms.mjs';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
let order = 0;
// Another year of birth for every run, so that runs on one server do not meet.
const year = 1920 + Math.floor(Math.random() * 80);

// Area code 999999 belongs to nobody; the last digit is the check digit of GB 11643.
export function identityNumber() {
  order += 1;
  const day = 10 + Math.floor(order / 1000);
  const body = `999999${year}04${day}${String(order % 1000).padStart(3, '0')}`;
  const sum = [...body].reduce((all, digit, at) => all + Number(digit) * WEIGHTS[at], 0);
  return body + '10X98765432'[sum % 11];
}

export const PAPER = { name: '示例.txt', mimeType: 'text/plain', buffer: Buffer.from('示例材料') };

export class Casework {
  #people = new Map();

  constructor(browser, township) {
    this.browser = browser;
    this.township = township;
  }

  // Somebody who is logged in at a device of their own.
  async as(account, look) {
    if (!this.#people.has(account)) {
      const person = await Person.at(this.browser, this.township, look);
      await person.logIn(account);
      person.forms = await Forms.of(person);
      this.#people.set(account, person);
    }
    return this.#people.get(account);
  }

  complaints() {
    return [...this.#people.values()].flatMap((person) => person.complaints);
  }

  async picture(name) {
    for (const [account, { page }] of this.#people) {
      for (const text of await page.locator('.refused, .field-refused, .blocked > li').allInnerTexts()) {
        console.log(`        ${account} reads: ${text.replaceAll('\n', ' ')}`);
      }
      await page.screenshot({ path: join(tmpdir(), `console-${name}-${account}.png`) });
    }
  }

  async end() {
    for (const person of this.#people.values()) await person.leave();
  }

  // The township's clock is no screen of the console.
  async days(count) {
    const client = await this.township.client('administrator');
    const { now } = await client.get('/v1/sample-clock');
    const later = new Date(Date.parse(now) + count * 86_400_000).toISOString();
    await client.put('/v1/sample-clock', { now: later });
  }

  async today() {
    const { now } = await (await this.township.client('administrator')).get('/v1/sample-clock');
    return new Date(Date.parse(now) + 8 * 3_600_000).toISOString().slice(0, 10);
  }

  // The names that the accounts' people go by.
  async names(accounts) {
    const client = await this.township.client('administrator');
    const users = (await client.get('/v1/users?limit=200')).items;
    return accounts.map((account) => users.find((user) => user.name === account).display_name);
  }

  // Fills in a lead and sends it; the address of the new case.
  async lead(account, { name, village, emergency = false, category, channel, number }) {
    const person = await this.as(account);
    const { page, forms } = person;
    await person.open('/console/lead');
    if (emergency) await page.locator('.switch .el-switch').click();
    await page.locator('#lead-number').fill(number ?? identityNumber());
    await page.locator('#lead-name').fill(name);
    await page.locator('#lead-address').fill('示例组一号');
    const facts = { key_category: 'other', known: '走访得知家中近来困难，需要进一步核实。' };
    if (channel) Object.assign(facts, { channel, village, registered_outside: false });
    await forms.fill({ ...facts, category, authorisation: true });
    await page.locator('.lead-form button[type=submit]').click();
    await page.waitForURL(/\/console\/cases\//);
    await person.settle();
    return new URL(page.url()).pathname;
  }

  async look(account, path) {
    const person = await this.as(account);
    await person.open(path);
    return person;
  }

  // Takes a step of the case by its button, and waits until it is done.
  async take(account, path, action, values = {}) {
    const person = await this.look(account, path);
    const { page, forms } = person;
    await page.locator(`button[data-action=${action}]`).click();
    await page.locator('.action-dialog').waitFor();
    await forms.fill(values);
    await page.locator('.action-dialog button[type=submit]').click();
    await page.locator('.action-dialog').waitFor({ state: 'detached' });
    await person.settle();
  }

  async sign(account, path) {
    const { page } = await this.look(account, path);
    await page.locator('[data-sign=agree]').first().click();
    await page.locator('.waits').waitFor({ state: 'detached' });
  }

  async attach(account, path, kind) {
    const { page } = await this.look(account, path);
    await page.locator('.attach select').selectOption(kind);
    await page.locator('.attach input[type=file]').setInputFiles(PAPER);
    await page.locator('.documents li').first().waitFor();
  }

  // The state that the page shows is the one that is meant.
  async expect(account, path, state) {
    const { page, forms } = await this.look(account, path);
    assert.equal(await page.locator('.strip .state').innerText(), forms.word('state', state));
  }
}
