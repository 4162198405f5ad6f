// node judge.mjs --document FILE
// Does the judge find faults? Good answers pass, each spoilt in one way is told.
import assert from 'node:assert/strict';
import { parseArgs } from 'node:util';
import { Contract } from './contract.mjs';

const { values } = parseArgs({ options: { document: { type: 'string' } } });
const contract = Contract.read(values.document);

const line = {
  id: '01920000-0000-7000-8000-000000000001',
  procedure: 'assistance',
  number: '',
  state: 'discovered',
  category: '',
  village: 'shili_1',
  department: '',
  holder: { unit: 'shili_1', person: '' },
  emergency: false,
  is_closed: false,
  revision: 1,
  opened_at: '2026-03-02T01:00:00.000Z',
  state_since: '2026-03-02T01:00:00.000Z',
  suspended: false,
  late: false,
  waits_for: [],
};
const page = {
  method: 'GET',
  target: '/v1/cases?limit=1',
  status: 200,
  answer_headers: {
    'Content-Type': 'application/json',
    Link: '</v1/cases?limit=1&cursor=a>; rel="next"',
  },
  answer_body: JSON.stringify({ items: [line], next: 'a' }),
};
const problem = {
  method: 'GET',
  target: `/v1/cases/${line.id}`,
  status: 404,
  answer_headers: { 'content-type': 'application/problem+json', 'content-language': 'en' },
  answer_body: JSON.stringify({
    type: '/problems/not_found',
    title: 'Not found',
    status: 404,
    code: 'not_found',
    refusals: [],
    trace_id: '0123456789abcdef0123456789abcdef',
  }),
};
const made = {
  method: 'POST',
  target: '/v1/sessions',
  status: 201,
  body: JSON.stringify({ account: 'a', password: 'b' }),
  answer_headers: { 'content-type': 'application/json', location: '/v1/sessions/current' },
  answer_body: JSON.stringify({
    account: line.id,
    display_name: 'a',
    expires_at: '2026-03-02T01:00:00.000Z',
  }),
};

function body(exchange, change) {
  const value = JSON.parse(exchange.answer_body);
  change(value);
  return { ...exchange, answer_body: JSON.stringify(value) };
}

const good = {
  page,
  problem,
  made,
  head: { ...page, method: 'HEAD', answer_body: '' },
  'no such path': { ...problem, target: '/v1/nothing' },
  'no such method': {
    ...problem,
    method: 'PUT',
    status: 405,
    answer_headers: { ...problem.answer_headers, allow: 'GET' },
    answer_body: problem.answer_body
      .replaceAll('not_found', 'method_not_allowed')
      .replace('404', '405'),
  },
};
const spoilt = {
  'a status that is not documented': { ...page, status: 418 },
  'another content type': {
    ...page,
    answer_headers: { ...page.answer_headers, 'Content-Type': 'text/html' },
  },
  'a header that is not documented': {
    ...page,
    answer_headers: { ...page.answer_headers, 'x-debug': '1' },
  },
  'a header that is missing': { ...made, answer_headers: { 'content-type': 'application/json' } },
  'a malformed header': { ...page, answer_headers: { ...page.answer_headers, Link: 'x' } },
  'next without Link': { ...page, answer_headers: { 'Content-Type': 'application/json' } },
  'no JSON': { ...page, answer_body: '{' },
  'a member that is missing': body(page, (value) => delete value.items[0].state),
  'a member too many': body(page, (value) => {
    value.items[0].secret = 1;
  }),
  'a member too many further down': body(page, (value) => {
    value.items[0].holder.secret = 1;
  }),
  'an unknown word': body(page, (value) => {
    value.items[0].state = 'lost';
  }),
  'another type': body(page, (value) => {
    value.items[0].revision = '1';
  }),
  'no instant': body(page, (value) => {
    value.items[0].opened_at = 'yesterday';
  }),
  'a code of another status': body(problem, (value) => {
    value.code = 'internal_error';
  }),
  "a status unlike the answer's": body(problem, (value) => {
    value.status = 400;
  }),
  'a problem with a member too many': body(problem, (value) => {
    value.stack = 'at …';
  }),
  'a success outside the document': { ...page, target: '/v1/nothing' },
  'no problem outside the document': { ...page, target: '/v1/nothing', status: 404 },
  'a body in answer to HEAD': { ...page, method: 'HEAD' },
  'a request that the document forbids': { ...made, body: JSON.stringify({ account: 'a' }) },
  'a request with a member too many': { ...made, body: '{"account":"a","password":"b","x":1}' },
};
for (const [name, exchange] of Object.entries(good)) {
  assert.deepEqual(contract.faults(exchange), [], name);
}
for (const [name, exchange] of Object.entries(spoilt)) {
  assert.notDeepEqual(contract.faults(exchange), [], `${name} is not found`);
}
console.log(
  `${Object.keys(good).length} good answers pass,`,
  `${Object.keys(spoilt).length} spoilt ones are found.`,
);
