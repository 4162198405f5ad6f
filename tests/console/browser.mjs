// Debian's Chromium, one context a person: each is somebody at a device of their own.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

export const WIDE = { width: 1280, height: 860 };
export const PHONE = { width: 375, height: 740 };

// A refusal is an answer; the browser reports its status all the same.
const ANSWERED = /Failed to load resource: the server responded with a status of (401|403|404|409|412|422|428)/;

export async function launch() {
  const executablePath = ['/usr/bin/chromium', '/usr/lib/chromium/chromium'].find(existsSync);
  if (!executablePath) throw new Error('Chromium is missing: samples/install chromium');
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--lang=zh-CN', '--force-color-profile=srgb'],
  });
}

export class Person {
  // `complaints` gathers what the page's console says against the page.
  static async at(browser, township, { viewport = WIDE, language = 'zh-CN' } = {}) {
    const person = new Person();
    person.township = township;
    person.complaints = [];
    person.context = await browser.newContext({
      viewport,
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      reducedMotion: 'reduce',
    });
    await person.context.addInitScript(
      (chosen) => localStorage.setItem('yimen.language', chosen),
      language,
    );
    person.page = await person.context.newPage();
    person.page.setDefaultTimeout(10_000);
    person.page.on('console', (message) => {
      const text = message.text();
      if (['error', 'warning'].includes(message.type()) && !ANSWERED.test(text)) {
        person.complaints.push(`${person.page.url()}: ${text}`);
      }
    });
    person.page.on('pageerror', (fault) => person.complaints.push(String(fault)));
    return person;
  }

  async logIn(account, path = '') {
    this.account = account;
    await this.page.goto(this.township.url + (path || '/console/login'));
    await this.page.locator('#account').fill(account);
    await this.page.locator('#password').fill(this.township.passwords.get(account));
    await this.page.locator('.log-in button[type=submit]').click();
    await this.page.locator('.site-navigation, .password-form').first().waitFor();
    return this;
  }

  // To a page, and until it has read what it shows.
  async open(path) {
    await this.page.goto(this.township.url + path);
    await this.settle();
  }

  async settle() {
    await this.page.locator('main h1').first().waitFor();
    await this.page.locator('.waiting').first().waitFor({ state: 'detached' });
    await this.page.waitForFunction(() => !document.querySelector('.under-way'));
  }

  async leave() {
    await this.context.close();
  }
}
