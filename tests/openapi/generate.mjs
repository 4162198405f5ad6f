// Random values that satisfy the schemas of the document. The same seed gives the same values.
import fc from 'fast-check';

// SplitMix32.
export class Random {
  constructor(seed) {
    this.state = seed >>> 0;
  }

  bits() {
    this.state = (this.state + 0x9e3779b9) >>> 0;
    let mixed = this.state ^ (this.state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  }

  // From `least` to `most`, both included.
  integer(least, most) {
    return least + Math.floor((this.bits() / 2 ** 32) * (most - least + 1));
  }

  chance(share) {
    return this.bits() / 2 ** 32 < share;
  }

  one(items) {
    return items[this.integer(0, items.length - 1)];
  }
}

const ALPHABETS = [
  'abcdefghijklmnopqrstuvwxyz',
  ' .,-_/\\\'"<>&;%$(){}[]',
  '王李张刘陈杨赵黄周吴',
  '0123456789',
  'éßñøЖд\u0301\u200b',
  '😀🏠\u{2A6D6}',
  '\t\n\u0001\u007f',
];

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

export class Generator {
  // `pools`: identifiers that exist, by kind. `now`: the server's instant, in milliseconds.
  constructor(document, random, pools) {
    this.document = document;
    this.random = random;
    this.pools = pools;
    this.now = Date.parse('2026-03-02T01:00:00Z');
  }

  resolve(reference) {
    return reference
      .slice(2)
      .split('/')
      .reduce((place, key) => place[key], this.document);
  }

  // `name`: of the member that the value is for.
  value(schema, name = '') {
    const { random } = this;
    if (schema.$ref) return this.#referred(schema.$ref, name);
    if (schema.const !== undefined) return schema.const;
    if (schema.enum) return random.one(schema.enum);
    if (schema.examples?.length > 0 && random.chance(0.5))
      return this.lively(random.one(schema.examples));
    if (schema.oneOf ?? schema.anyOf)
      return this.value(random.one(schema.oneOf ?? schema.anyOf), name);
    switch (schema.type) {
      case 'object':
        return this.#object(schema);
      case 'array':
        return this.#array(schema, name);
      case 'integer':
        return this.#integer(schema);
      case 'boolean':
        return random.chance(0.5);
      case 'string':
        return this.#string(schema, name);
      default:
        return {};
    }
  }

  #referred(reference, name) {
    const { random } = this;
    if (reference.endsWith('/Instant')) return this.instant();
    if (reference.endsWith('/CivilDate')) return this.instant().slice(0, 10);
    if (reference.endsWith('/Identifier')) return this.identifier(name);
    const schema = this.resolve(reference);
    if (reference.endsWith('/NewPerson')) return this.#person(schema);
    return random.chance(0.02) && schema.examples
      ? random.one(schema.examples)
      : this.value(schema, name);
  }

  // Examples name people and dates of long ago; a living one names some that exist.
  lively(value, name = '') {
    if (typeof value === 'string') {
      if (/^[0-9a-f]{8}-/.test(value)) return this.identifier(name);
      if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return this.instant().slice(0, 10);
      if (/^\d{4}-\d{2}-\d{2}T/.test(value)) return this.instant();
      return value;
    }
    if (Array.isArray(value)) return value.map((item) => this.lively(item, name));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [key, this.lively(member, key)]),
    );
  }

  instant() {
    const day = 86_400_000;
    const away = this.random.chance(0.8)
      ? this.random.integer(-day, 0)
      : this.random.integer(-60 * day, 60 * day);
    return new Date(this.now + away).toISOString();
  }

  identifier(name) {
    const kinds = {
      subject: 'persons',
      head: 'persons',
      person: 'persons',
      applicant: 'persons',
      child: 'cases',
      parent: 'cases',
      case: 'cases',
      household: 'households',
      account: 'users',
      delegate: 'users',
    };
    const kind = kinds[name] ?? this.random.one(['cases', 'persons', 'households', 'users']);
    const pool = this.pools[kind];
    if (pool.length > 0 && this.random.chance(0.9)) return this.random.one(pool);
    const hex = () => this.random.bits().toString(16).padStart(8, '0');
    const [a, b, c, d] = [hex(), hex(), hex(), hex()];
    return `${a}-${b.slice(4)}-7${b.slice(1, 4)}-8${c.slice(5)}-${d}${c.slice(0, 4)}`;
  }

  // A person with a number that can be: checked digit by digit and against birthday and sex.
  #person(schema) {
    const { random } = this;
    const value = this.#object(schema);
    if (random.chance(0.3)) return value;
    const born = new Date(
      Date.UTC(random.integer(1930, 2024), random.integer(0, 11), random.integer(1, 28)),
    );
    const digits =
      `500229${born.toISOString().slice(0, 10).replaceAll('-', '')}` +
      String(random.integer(0, 999)).padStart(3, '0');
    const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
    value.identity = { type: 'identity_number', number: digits + '10X98765432'[sum % 11] };
    value.name = random.one(['王芳', '李秀英', '张伟', '刘洋', '陈静']);
    value.village = random.one(['shili_1', 'shili_2', 'heyu_community']);
    for (const member of ['born_on', 'sex', 'household']) delete value[member];
    return value;
  }

  #object(schema) {
    const value = {};
    const required = new Set(schema.required ?? []);
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      if (required.has(name) || this.random.chance(0.4)) value[name] = this.value(property, name);
    }
    return value;
  }

  #array(schema, name) {
    const least = schema.minItems ?? 0;
    const most = Math.min(schema.maxItems ?? least + 4, least + 4);
    const length = this.random.integer(least, most);
    return Array.from({ length }, () => this.value(schema.items ?? {}, name));
  }

  #integer({ minimum = -(2 ** 53) + 1, maximum = 2 ** 53 - 1 }) {
    if (this.random.chance(0.2)) return this.random.one([minimum, maximum]);
    if (maximum - minimum < 1_000_000) return this.random.integer(minimum, maximum);
    return Math.max(minimum, 0) + this.random.integer(0, 1000);
  }

  #string(schema, name) {
    const { random } = this;
    if (schema.format === 'date') return this.instant().slice(0, 10);
    if (schema.format === 'date-time') return this.instant();
    if (schema.format === 'uuid') return this.identifier(name);
    if (schema.pattern) return this.#matching(schema);
    const least = schema.minLength ?? 0;
    const most = Math.min(schema.maxLength ?? 40, random.chance(0.1) ? 2000 : 20);
    const length = random.integer(least, Math.max(least, most));
    const alphabet = [...random.one(ALPHABETS)];
    return Array.from({ length }, () => random.one(alphabet)).join('');
  }

  #matching({ pattern, maxLength }) {
    const arbitrary = fc.stringMatching(new RegExp(pattern, 'u'));
    for (let turn = 0; turn < 20; turn += 1) {
      const [text] = fc.sample(arbitrary, { seed: this.random.bits() | 0, numRuns: 1 });
      if (maxLength === undefined || [...text].length <= maxLength) return text;
    }
    return '';
  }
}
