// node fuzz.mjs --document FILE --yimen FILE --root FOLDER [--requests N] [--seed N]
// N random well-formed requests and N broken ones against a server of its own, from accounts of
// several posts. Every answer must fit the document, none may be a 5xx, what is certainly broken
// must be refused and what is well-formed must not be refused for its shape.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { WAYS } from './break.mjs';
import { HttpClient, jsonOf } from './client.mjs';
import { Contract, Tally } from './contract.mjs';
import { Generator, Random } from './generate.mjs';
import { ACCOUNTS, GUIDES } from './guides.mjs';
import { SampleServer } from './sample_server.mjs';

const { values } = parseArgs({
  options: {
    document: { type: 'string' }, yimen: { type: 'string' }, root: { type: 'string' },
    requests: { type: 'string', default: '500' }, seed: { type: 'string', default: '20260302' },
  },
});
const requests = Number(values.requests);
const POSTS = [
  ['station_clerk', 'station'], ['station_director', 'station'], ['commander', 'station'],
  ['auditor', 'station'], ['village_worker', 'shili_1'], ['village_commander', 'shili_1'],
  ['department_clerk', 'civil_affairs_office'], ['department_head', 'civil_affairs_office'],
  ['county_liaison', 'county_centre'],
];
const PASSWORD = 'long enough, and nobody would guess it';
// Refusals that say that the shape of a request is wrong.
const OF_SHAPE = new Set(['malformed_json', 'unknown_member', 'idempotency_key_invalid', 'invalid_parameter']);

class Fuzz {
  constructor(contract, server) {
    this.random = new Random(Number(values.seed));
    // Identifiers that exist, by the first part of their paths; villages of people by theirs.
    this.pools = { cases: [], persons: [], households: [], users: [], forms: [] };
    this.villages = {};
    this.newPassword = PASSWORD;
    this.generator = new Generator(contract.document, this.random, this.pools);
    this.contract = contract;
    this.tally = new Tally(contract);
    this.server = server;
    this.client = new HttpClient(server.url);
    this.accounts = [];
  }

  async logIn(account, password) {
    const answer = await this.client.send({
      method: 'POST', target: '/v1/sessions', headers: { 'content-type': 'application/json' },
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
        method: 'POST', target: '/v1/users',
        headers: { ...this.#headersOf(token), 'content-type': 'application/json', 'idempotency-key': name },
        body: JSON.stringify({ name, display_name: name, password: PASSWORD, posts: [{ post, unit }] }),
      });
      if (answer.status !== 201) throw new Error(`${name}: ${answer.answer_body}`);
      this.accounts.push({
        name, password: PASSWORD, token: await this.logIn(name, PASSWORD), posts: [{ post, unit }],
      });
    }
  }

  #headersOf(token) {
    return { authorization: `Bearer ${token}`, 'accept-language': this.random.one(['zh-CN', 'en']) };
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
      if (parameter.in === 'path') path = path.replace(`{${parameter.name}}`, this.#pathPart(operation, parameter));
      if (parameter.in === 'query' && (parameter.required || this.random.chance(0.3))) {
        query.push(...this.#queryPart(parameter));
      }
    }
    request.target = query.length > 0 ? `${path}?${query.join('&')}` : path;
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
    const suited = this.accounts.filter((one) => ACCOUNTS[operation.operationId]?.includes(one.name));
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
      if (name === 'If-None-Match' && this.random.chance(0.3)) request.headers['if-none-match'] = '"r1"';
      if (name === 'If-Match' && parameter.required) {
        const target = request.target.replace(/\/transitions$/, '');
        const now = await this.client.send({ method: 'GET', target, headers: request.headers });
        request.headers['if-match'] = this.random.chance(0.95) && now.answer_headers.etag || '"r0"';
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
    return example ? { [key]: action.name, data: this.generator.lively(example) } : { [key]: action.name };
  }

  async send(request) {
    const body = request.bytes ?? (request.json === undefined ? undefined : JSON.stringify(request.json));
    return this.client.send({ method: request.method, target: request.target, headers: request.headers, body });
  }

  // What an answer tells of things that exist.
  learn(exchange) {
    if (exchange.status >= 300 || !exchange.answer_headers['content-type']?.endsWith('json')) return;
    const body = jsonOf(exchange);
    const [, , kind, id] = (exchange.answer_headers.location ?? '').split('/');
    const pool = id === undefined || id === 'current' ? undefined : (this.pools[kind] ??= []);
    if (pool && !pool.includes(id)) pool.push(id);
    if (pool && kind === 'persons') this.villages[id] = body.village;
    for (const { form } of body.actions ?? []) {
      if (form && !this.pools.forms.includes(form)) this.pools.forms.push(form);
    }
  }

  // A session that is over must be of no use.
  async afterwards(request, exchange) {
    if (exchange.status !== 204 || request.target !== '/v1/sessions/current') return [];
    const again = await this.client.send({ method: 'GET', target: '/v1/me', headers: request.headers });
    const { account } = request;
    account.token = await this.logIn(account.name, account.password);
    return again.status === 401 ? [] : [`a session that is over is answered with ${again.status}`];
  }

  async oneWellFormed(operation) {
    const request = await this.wellFormed(operation);
    const exchange = await this.send(request);
    this.learn(exchange);
    const more = exchange.status >= 500 ? ['a server error'] : [];
    const code = exchange.status === 400 ? jsonOf(exchange).code : undefined;
    if (OF_SHAPE.has(code)) more.push(`well-formed, but refused with ${code}`);
    more.push(...(await this.afterwards(request, exchange)));
    this.tally.add(exchange, more);
  }

  async oneBroken(operation) {
    const request = await this.wellFormed(operation);
    const body = this.#bodyOf(operation);
    const ways = Object.keys(WAYS);
    let broken;
    let way;
    while (!broken) {
      way = this.random.one(ways);
      broken = WAYS[way](request, this.random, body, operation);
    }
    const exchange = await this.send(request);
    this.learn(exchange);
    const more = exchange.status >= 500 ? ['a server error'] : [];
    const fits = {
      refused: exchange.status >= 400,
      unauthorised: exchange.status === 401 || exchange.status === 400,
      undefined: true,
    }[broken.expected] ?? (exchange.status === broken.expected || this.#isEarlier(exchange));
    if (!fits) more.push(`broken by ${way}, but answered`);
    more.push(...(await this.afterwards(request, exchange)));
    this.tally.add(exchange, more);
  }

  // Who asks is settled before how.
  #isEarlier(exchange) {
    return exchange.status === 401 || exchange.status === 403;
  }

  #bodyOf(operation) {
    return this.contract.resolve(operation.requestBody?.content?.['application/json']?.schema);
  }

  async run(one, label) {
    const before = Date.now();
    for (let turn = 0; turn < requests; turn += 1) {
      await one.call(this, this.random.one(this.#weighted()));
      if ((turn + 1) % 2000 === 0) console.log(`  ${turn + 1} ${label} …`);
    }
    const took = (Date.now() - before) / 1000;
    console.log(`${requests} ${label} requests in ${took.toFixed(1)} s`);
  }

  // People and cases first, so that there is something to work on; a log-in costs the server much.
  #weighted() {
    const rare = new Set(['log_in', 'log_out', 'add_user', 'change_user', 'put_sample_clock']);
    const often = new Set(['add_person', 'open_case', 'move_case', 'annotate_case', 'get_case']);
    return this.contract.operations.flatMap((operation) => {
      if (rare.has(operation.operationId)) return this.random.chance(0.3) ? [operation] : [];
      return often.has(operation.operationId) ? [operation, operation, operation] : [operation];
    });
  }
}

const server = await SampleServer.start({ yimen: values.yimen, definitions: join(values.root, 'definitions') });
const fuzz = new Fuzz(Contract.read(values.document), server);
console.log(`seed ${values.seed}`);
try {
  await fuzz.begin();
  await fuzz.run(fuzz.oneWellFormed, 'well-formed');
  await fuzz.run(fuzz.oneBroken, 'broken');
} catch (fault) {
  console.log(fault, server.log.split('\n').slice(-4).join('\n'));
  process.exitCode = 1;
} finally {
  fuzz.client.close();
  if (!(await server.stop())) {
    console.log(`the server did not end as it should: ${server.log.split('\n').slice(-4).join('\n')}`);
    process.exitCode = 1;
  }
}
if (!fuzz.tally.report()) process.exitCode = 1;
