// node fuzz.mjs --document FILE --yimen FILE --root FOLDER [--requests N] [--seed N]
// N random well-formed requests and N broken ones against a server of its own, from accounts of
// several posts. Every answer must fit the document, none may be a 5xx, what is certainly broken
// must be refused and what is well-formed must not be refused for its shape.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { WAYS } from './break.mjs';
import { jsonOf } from './client.mjs';
import { Contract, Tally } from './contract.mjs';
import { Random } from './generate.mjs';
import { SampleServer } from './sample_server.mjs';
import { World } from './world.mjs';

const { values } = parseArgs({
  options: {
    document: { type: 'string' },
    yimen: { type: 'string' },
    root: { type: 'string' },
    requests: { type: 'string', default: '500' },
    seed: { type: 'string', default: '20260302' },
  },
});
const requests = Number(values.requests);
// Refusals that say that the shape of a request is wrong.
const OF_SHAPE = new Set([
  'malformed_json',
  'unknown_member',
  'idempotency_key_invalid',
  'invalid_parameter',
]);

class Fuzz {
  constructor(contract, server) {
    this.contract = contract;
    this.random = new Random(Number(values.seed));
    this.world = new World(contract, this.random, server);
    this.tally = new Tally(contract);
  }

  // A session that is over must be of no use.
  async afterwards(request, exchange) {
    const { account } = request;
    if (exchange.status === 204 && request.target === '/v1/me/password') {
      account.password = JSON.parse(exchange.body).new;
    }
    const logsOut = request.method === 'DELETE' && request.target === '/v1/sessions/current';
    if (exchange.status !== 204 || !logsOut) return [];
    const again = await this.world.client.send({
      method: 'GET',
      target: '/v1/me',
      headers: request.headers,
    });
    account.token = await this.world.logIn(account.name, account.password);
    return again.status === 401 ? [] : [`a session that is over is answered with ${again.status}`];
  }

  async oneWellFormed(operation) {
    const request = await this.world.wellFormed(operation);
    const exchange = await this.world.send(request);
    this.world.learn(exchange);
    const more = exchange.status >= 500 ? ['a server error'] : [];
    const code = exchange.status === 400 ? jsonOf(exchange).code : undefined;
    if (OF_SHAPE.has(code)) more.push(`well-formed, but refused with ${code}`);
    more.push(...(await this.afterwards(request, exchange)));
    this.tally.add(exchange, more);
  }

  async oneBroken(operation) {
    const request = await this.world.wellFormed(operation);
    const body = this.#bodyOf(operation);
    const ways = Object.keys(WAYS);
    let broken;
    let way;
    while (!broken) {
      way = this.random.one(ways);
      broken = WAYS[way](request, this.random, body, operation);
    }
    const exchange = await this.world.send(request);
    this.world.learn(exchange);
    const more = exchange.status >= 500 ? ['a server error'] : [];
    const fits =
      {
        refused: exchange.status >= 400,
        unauthorised: exchange.status === 401 || exchange.status === 400,
        undefined: true,
      }[broken.expected] ??
      (exchange.status === broken.expected || this.#isEarlier(exchange));
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
    const rare = new Set([
      'log_in',
      'log_out',
      'choose_password',
      'add_user',
      'change_user',
      'put_sample_clock',
    ]);
    const often = new Set(['add_person', 'open_case', 'move_case', 'annotate_case', 'get_case']);
    return this.contract.operations.flatMap((operation) => {
      if (rare.has(operation.operationId)) return this.random.chance(0.3) ? [operation] : [];
      return often.has(operation.operationId) ? [operation, operation, operation] : [operation];
    });
  }
}

const server = await SampleServer.start({
  yimen: values.yimen,
  definitions: join(values.root, 'definitions'),
});
const fuzz = new Fuzz(Contract.read(values.document), server);
console.log(`seed ${values.seed}`);
try {
  await fuzz.world.begin();
  await fuzz.run(fuzz.oneWellFormed, 'well-formed');
  await fuzz.run(fuzz.oneBroken, 'broken');
} catch (fault) {
  console.log(fault, server.log.split('\n').slice(-4).join('\n'));
  process.exitCode = 1;
} finally {
  fuzz.world.client.close();
  if (!(await server.stop())) {
    console.log(
      `the server did not end as it should: ${server.log.split('\n').slice(-4).join('\n')}`,
    );
    process.exitCode = 1;
  }
}
if (!fuzz.tally.report()) process.exitCode = 1;
