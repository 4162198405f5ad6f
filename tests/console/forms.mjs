// Filling in the console's forms as a person does: by what the field is, with words not codes.
export class Forms {
  constructor(page, texts) {
    this.page = page;
    this.texts = texts;
  }

  static async of(person) {
    const client = await person.township.client(person.account);
    return new Forms(person.page, (await client.get('/v1/texts')).texts);
  }

  word(kind, code) {
    return this.texts[`${kind}.${code}`] ?? code;
  }

  // A value: text or number for what is typed, a code for a choice, true and false for yes and no,
  // an array for several, {file} for a document that is added.
  async fill(values) {
    for (const [name, value] of Object.entries(values)) {
      const field = this.page.locator(`[data-field=${name}]`).last();
      await field.waitFor();
      await this.#set(field, value);
    }
  }

  async #set(field, value) {
    const page = this.page;
    if (value?.file) {
      await field.locator('input[type=file]').setInputFiles(value.file);
      await field.locator('.upload:not(.upload-busy)').waitFor();
      await field.locator('.el-select__selected-item:not(.is-transparent)').first().waitFor();
      return;
    }
    if (typeof value === 'boolean') {
      await field.locator(`.el-radio:has(input[value=${value ? 'yes' : 'no'}])`).click();
      return;
    }
    const codes = [value].flat();
    for (const code of codes) {
      const radio = field.locator(`.el-radio:has(input[value="${code}"])`);
      const box = field.locator(`.el-checkbox:has(input[value="${code}"])`);
      if (await radio.count()) await radio.click();
      else if (await box.count()) await box.click();
      else if (await field.locator('.el-select').count()) await this.#choose(field, String(code));
      else {
        await field.locator('input, textarea').first().fill(String(code));
        // A calendar closes with what was typed taken.
        if (await field.locator('.el-date-editor').count()) await page.keyboard.press('Enter');
      }
    }
    await page.evaluate(() => document.activeElement?.blur());
  }

  async #choose(field, code) {
    const names = ['enum', 'unit', 'category', 'limit', 'clock'].map((kind) => this.word(kind, code));
    const label = names.find((name) => name !== code) ?? code;
    await field.locator('.el-select__wrapper').click();
    const option = this.page.getByRole('option', { name: label, exact: false });
    await option.locator('visible=true').first().click();
    await this.page.keyboard.press('Escape');
  }
}
