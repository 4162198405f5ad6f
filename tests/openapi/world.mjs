// What a fuzz knows of the server it speaks to: accounts of several posts, what it has made so far,
// and how a request is made that may do something with it.
import { randomUUID } from 'node:crypto';
import { HttpClient, jsonOf } from './client.mjs';
import { Generator } from './generate.mjs';
import { ACCOUNTS, GUIDES, inOrder } from './guides.mjs';

const POSTS = [
  ['station_clerk', 'station'],
  ['station_director', 'station'],
  ['commander', 'station'],
  ['auditor', 'station'],
  ['village_worker', 'shili_1'],
  ['village_commander', 'shili_1'],
  ['department_clerk', 'civil_affairs_office'],
  ['department_head', 'civil_affairs_office'],
  ['county_liaison', 'county_centre'],
];
const PASSWORD = 'long enough, and nobody would guess it';

export class World {
  constructor(contract, random, server) {
    this.contract = contract;
    this.random = random;
    this.server = server;
    this.client = new HttpClient(server.url);
    this.accounts = [];
    this.newPassword = PASSWORD;
    // Identifiers that exist, by the first part of their paths; villages of people by theirs.
    this.pools = { cases: [], persons: [], households: [], users: [], forms: [] };
    this.villages = {};
    this.generator = new Generator(contract.document, random, this.pools);
  }

  async logIn(account, password) {
    const answer = await this.client.send({
      method: 'POST',
      target: '/v1/sessions',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ account, password, bearer: true }),
    });
    if (answer.status !== 201) throw new Error(`${account} cannot log in: ${answer.answer_body}`);
    return jsonOf(answer).token;
  }

  async begin() {
    const token = await this.logIn('administrator', this.server.password);
    const posts = [{ post: 'administrator', unit: 'station' }];
    this.accounts.push({ name: 'administrator', password: this.server.password, token, posts });
    for (const [post, unit] of POSTS) {
      const name = `${post}.fuzz`;
      const answer = await this.client.send({
        method: 'POST',
        target: '/v1/users',
        headers: {
          ...this.#headersOf(token),
          'content-type': 'application/json',
          'idempotency-key': name,
        },
        body: JSON.stringify({
          name,
          display_name: name,
          password: PASSWORD,
          posts: [{ post, unit }],
        }),
      });
      if (answer.status !== 201) throw new Error(`${name}: ${answer.answer_body}`);
      this.accounts.push({
        name,
        password: PASSWORD,
        token: await this.logIn(name, PASSWORD),
        posts: [{ post, unit }],
      });
    }
  }

  #headersOf(token) {
    return {
      authorization: `Bearer ${token}`,
      'accept-language': this.random.one(['zh-CN', 'en']),
    };
  }

  // A whole request for an operation: {method, target, headers, json}.
  async wellFormed(operation) {
    const account = this.#asker(operation);
    const request = { method: operation.method, headers: {}, account };
    if (operation.security.length > 0) request.headers = this.#headersOf(account.token);
    const query = [];
    let path = operation.path;
    for (const reference of operation.parameters ?? []) {
      const parameter = this.contract.resolve(reference);
      if (parameter.in === 'path')
        path = path.replace(`{${parameter.name}}`, this.#pathPart(operation, parameter));
      if (parameter.in === 'query' && (parameter.required || this.random.chance(0.3))) {
        query.push(...this.#queryPart(parameter));
      }
    }
    request.target = query.length > 0 ? inOrder(`${path}?${query.join('&')}`) : path;
    await this.#addHeaders(operation, request);
    const schema = operation.requestBody?.content?.['application/json']?.schema;
    if (schema) {
      request.headers['content-type'] = 'application/json';
      request.json = (await this.#guided(operation, request)) ?? this.generator.value(schema);
    } else if (operation.requestBody) {
      await this.#addBytes(operation, request);
    }
    await this.#guide(operation, request);
    return request;
  }

  #asker(operation) {
    const suited = this.accounts.filter((one) =>
      ACCOUNTS[operation.operationId]?.includes(one.name),
    );
    return suited.length > 0 && this.random.chance(0.8)
      ? this.random.one(suited)
      : this.random.one(this.accounts);
  }

  async #guide(operation, request) {
    const guide = GUIDES[operation.operationId];
    if (!guide || this.random.chance(0.3)) return;
    const { headers, ...members } = (await guide(this, request)) ?? {};
    Object.assign(request, members);
    Object.assign(request.headers, headers);
    for (const [name, value] of Object.entries(request.headers)) {
      if (value === undefined) delete request.headers[name];
    }
  }

  #pathPart(operation, parameter) {
    const kind = operation.path.split('/')[2];
    const pool = this.pools[kind] ?? [];
    const usable = parameter.name === 'id' && pool.length > 0 && this.random.chance(0.9);
    if (usable) return this.random.one(pool);
    if (parameter.name === 'digest' && this.pools.forms.length > 0 && this.random.chance(0.8)) {
      return this.random.one(this.pools.forms);
    }
    if (parameter.example !== undefined && this.random.chance(0.5)) return parameter.example;
    return encodeURIComponent(this.generator.value(parameter.schema, parameter.name));
  }

  // A cursor is opaque: a made-up one would be refused, rightly.
  #queryPart(parameter) {
    if (parameter.name === 'cursor') return [];
    const value = this.generator.value(parameter.schema, parameter.name);
    return [`${parameter.name}=${encodeURIComponent(value)}`];
  }

  async #addHeaders(operation, request) {
    for (const reference of operation.parameters ?? []) {
      const parameter = this.contract.resolve(reference);
      const { name } = parameter;
      if (name === 'X-Filename') request.headers['x-filename'] = parameter.example;
      if (name === 'Idempotency-Key') request.headers['idempotency-key'] = randomUUID();
      if (name === 'If-None-Match' && this.random.chance(0.3))
        request.headers['if-none-match'] = '"r1"';
      if (name === 'If-Match' && parameter.required) {
        const target = request.target.replace(/\/transitions$/, '');
        const now = await this.client.send({ method: 'GET', target, headers: request.headers });
        request.headers['if-match'] =
          (this.random.chance(0.95) && now.answer_headers.etag) || '"r0"';
        if (now.status === 200) request.seen = jsonOf(now);
      }
    }
  }

  async #addBytes(operation, request) {
    const type = this.random.one(Object.keys(operation.requestBody.content));
    request.headers['content-type'] = type.replace('*/*', 'application/pdf');
    request.bytes = Buffer.from(this.random.one(['%PDF-1.7\n%%EOF\n', 'text', '\u0000\u0001']));
  }

  // A step that the case offers, with the example of its form: so that cases get somewhere.
  async #guided(operation, request) {
    const key = { move_case: 'event', annotate_case: 'annotation' }[operation.operationId];
    if (!key || this.random.chance(0.2)) return undefined;
    if (!request.seen) {
      const target = request.target.replace(/\/annotations$/, '');
      const now = await this.client.send({ method: 'GET', target, headers: request.headers });
      if (now.status !== 200) return undefined;
      request.seen = jsonOf(now);
    }
    const kind = key === 'event' ? 'transition' : 'annotation';
    let actions = request.seen.actions.filter((action) => action.kind === kind);
    const open = actions.filter((action) => action.allowed);
    if (open.length > 0 && this.random.chance(0.9)) actions = open;
    if (actions.length === 0) return undefined;
    const action = this.random.one(actions);
    const schema = this.contract.document.components.schemas[`${key}_${action.name}`];
    const example = schema?.examples?.[0]?.data;
    return example
      ? { [key]: action.name, data: this.generator.lively(example) }
      : { [key]: action.name };
  }

  async send(request) {
    const body =
      request.bytes ?? (request.json === undefined ? undefined : JSON.stringify(request.json));
    return this.client.send({
      method: request.method,
      target: request.target,
      headers: request.headers,
      body,
    });
  }

  // What an answer tells of things that exist.
  learn(exchange) {
    if (exchange.status >= 300 || !exchange.answer_headers['content-type']?.endsWith('json'))
      return;
    const body = jsonOf(exchange);
    const [, , kind, id] = (exchange.answer_headers.location ?? '').split('/');
    const pool = id === undefined || id === 'current' ? undefined : (this.pools[kind] ??= []);
    if (pool && !pool.includes(id)) pool.push(id);
    if (pool && kind === 'persons') this.villages[id] = body.village;
    for (const { form } of body.actions ?? []) {
      if (form && !this.pools.forms.includes(form)) this.pools.forms.push(form);
    }
  }
}
