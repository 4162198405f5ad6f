// The sample township on a server of its own, with every account's password; or one that runs
// already, named by its address and its list of accounts.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SampleServer } from './sample_server.mjs';

function accountsIn(file) {
  const lines = readFileSync(file, 'utf8').trim().split('\n').slice(1);
  return new Map(lines.map((line) => line.trim().split(/\s+/).slice(0, 2)));
}

export class Township {
  static async start({ yimen, root, url, accounts }) {
    const township = new Township();
    if (url) {
      township.url = url;
      township.passwords = accountsIn(accounts);
      return township;
    }
    const definitions = join(root, 'definitions');
    township.server = await SampleServer.start({ yimen, definitions });
    township.url = township.server.url;
    const list = join(township.server.folder, 'accounts.txt');
    const words = ['--url', township.url, '--password-file', township.server.passwordFile];
    const player = spawn(
      'python3',
      [join(root, 'samples/township.py'), ...words, '--accounts', list],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    );
    const status = await new Promise((resolve) => player.on('exit', resolve));
    if (status !== 0) throw new Error(`the township could not be played (${status})`);
    township.passwords = accountsIn(list);
    return township;
  }

  async stop() {
    return this.server ? this.server.stop() : true;
  }

  // A program's way in, for what a test needs to know or to prepare.
  async client(account) {
    const password = this.passwords.get(account);
    const token = (await this.#ask('POST', '/v1/sessions', {}, { account, password, bearer: true }))
      .token;
    const headers = { authorization: `Bearer ${token}` };
    return {
      get: (path) => this.#ask('GET', path, headers),
      put: (path, body) => this.#ask('PUT', path, headers, body),
      post: (path, body, more = {}) => this.#ask('POST', path, { ...headers, ...more }, body),
    };
  }

  async #ask(method, path, headers, body) {
    const answer = await fetch(this.url + path, {
      method,
      headers: {
        ...headers,
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(method === 'POST' ? { 'idempotency-key': crypto.randomUUID() } : {}),
      },
      body: body && JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.status === 204 ? undefined : answer.json();
  }
}

// Somebody who has not chosen a password yet.
async function addNewcomer(township) {
  const account = 'newcomer';
  if (township.passwords.has(account)) return;
  const password = crypto.randomUUID();
  await (await township.client('administrator')).post('/v1/users', {
    name: account,
    display_name: '示例新人',
    password,
    must_change_password: true,
    posts: [{ post: 'village_worker', unit: 'shili_1' }],
  });
  township.passwords.set(account, password);
}

// Work that waits to be assigned and to be signed, which the sample's own journeys leave nowhere.
export async function fill(township) {
  await addNewcomer(township);
  const station = await township.client('station_clerk');
  const reported = await station.get('/v1/cases?state=reported_to_station&closed=false&limit=200');
  for (const line of reported.items.filter((one) => !one.number)) {
    await station.post(
      `/v1/cases/${line.id}/transitions`,
      {
        event: 'accept',
        data: { category: line.category, basis: 'application' },
        lateness_reason: 'staff_shortage',
      },
      { 'if-match': `"r${line.revision}"` },
    );
  }
  const director = await township.client('station_director');
  const withdrawn = await director.get('/v1/cases?state=joint_review&closed=false&limit=2');
  for (const line of withdrawn.items) {
    const proposals = (await director.get(`/v1/cases/${line.id}`)).proposals ?? [];
    if (proposals.some((one) => one.outcome === 'open')) continue;
    await director.post(
      `/v1/cases/${line.id}/transitions`,
      {
        event: 'withdraw',
        data: { reason: 'applicant_withdrew', evidence: '0123456789abcdef'.repeat(4) },
        lateness_reason: 'staff_shortage',
      },
      { 'if-match': `"r${line.revision}"` },
    );
  }
}
