// node metrics.mjs --yimen FILE --root FOLDER --output FILE
// Asks a server this and that, reads /metrics into a file and looks whether it was counted.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { HttpClient, jsonOf } from './client.mjs';
import { SampleServer } from './sample_server.mjs';

const { values } = parseArgs({
  options: { yimen: { type: 'string' }, root: { type: 'string' }, output: { type: 'string' } },
});
const server = await SampleServer.start({
  yimen: values.yimen,
  definitions: join(values.root, 'definitions'),
});
const client = new HttpClient(server.url);
const asJson = { 'content-type': 'application/json' };
const session = await client.send({
  method: 'POST',
  target: '/v1/sessions',
  headers: asJson,
  body: JSON.stringify({ account: 'administrator', password: server.password, bearer: true }),
});
const headers = { authorization: `Bearer ${jsonOf(session).token}` };
for (let turn = 0; turn < 3; turn += 1) {
  await client.send({ method: 'GET', target: '/v1/me', headers });
}
await client.send({ method: 'GET', target: '/v1/me' });
await client.send({ method: 'GET', target: '/v1/nothing' });
await client.send({
  method: 'POST',
  target: '/v1/cases',
  headers: { ...headers, ...asJson, 'idempotency-key': 'one' },
  body: JSON.stringify({ procedure: 'assistance', facts: {} }),
});
const answer = await client.send({ method: 'GET', target: '/metrics' });
const forwarded = await client.send({
  method: 'GET',
  target: '/metrics',
  headers: { 'x-forwarded-for': '192.0.2.1' },
});
client.close();
assert.ok(await server.stop(), 'the server ends as it should');

assert.equal(answer.status, 200);
assert.equal(answer.answer_headers['content-type'], 'text/plain; version=0.0.4; charset=utf-8');
assert.equal(forwarded.status, 200, 'a server without a proxy believes no X-Forwarded-For');
for (const line of [
  'yimen_http_requests_total{route="me",status="2xx"} 3',
  'yimen_http_requests_total{route="me",status="4xx"} 1',
  'yimen_http_requests_total{route="none",status="4xx"} 1',
  'yimen_http_requests_total{route="log_in",status="2xx"} 1',
  'yimen_http_request_duration_seconds_count{route="me"} 4',
  'yimen_http_defects_total 0',
  'yimen_store_writing_stopped 0',
]) {
  assert.ok(answer.answer_body.split('\n').includes(line), `${line} in\n${answer.answer_body}`);
}
assert.match(
  answer.answer_body,
  /^yimen_decisions_total\{outcome="(not_your_post|form_invalid)"\} 1$/m,
);
assert.match(answer.answer_body, /^process_resident_memory_bytes [1-9]\d{6,}$/m);
assert.match(answer.answer_body, /^yimen_store_transactions_total [1-9]\d*$/m);
writeFileSync(values.output, answer.answer_body);
