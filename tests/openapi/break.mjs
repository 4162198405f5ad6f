// Ways to break a well-formed request. Each changes the request and says what must come of it:
// `refused` (4xx), a status, or nothing in particular.

const WRONG = [
  null,
  true,
  -1,
  1.5,
  'x'.repeat(5000),
  [],
  {},
  [[]],
  { a: { b: 1 } },
  '\u0000',
  1e300,
];

const ODD_PARAMETERS = [
  'x=1',
  'limit=0',
  'limit=x',
  'limit=1&limit=2',
  'cursor=%00',
  'cursor=%ff',
  'cursor=AAAA',
  '%zz=1',
  '=',
  'sort=name',
];

function places(value, path = []) {
  if (value === null || typeof value !== 'object') return [];
  const entries = Object.entries(value);
  return entries.flatMap(([key, member]) => [[...path, key], ...places(member, [...path, key])]);
}

function put(value, path, change) {
  const last = path[path.length - 1];
  const holder = path.slice(0, -1).reduce((place, key) => place[key], value);
  change(holder, last);
}

export const WAYS = {
  unknown_member(request, random, schema) {
    if (request.json === undefined || schema.additionalProperties === true) return undefined;
    request.json[random.one(['x_unknown', 'ID', '__proto__x', '名'])] = 1;
    return { expected: 'refused' };
  },
  missing_member(request, random, schema) {
    const name = random.one(schema?.required ?? []);
    if (request.json === undefined || name === undefined || !(name in request.json))
      return undefined;
    delete request.json[name];
    return { expected: 'refused' };
  },
  wrong_value(request, random) {
    const all = request.json === undefined ? [] : places(request.json);
    if (all.length === 0) return undefined;
    put(request.json, random.one(all), (holder, key) => {
      holder[key] = random.one(WRONG);
    });
    return {};
  },
  not_json(request, random) {
    if (request.json === undefined) return undefined;
    const whole = JSON.stringify(request.json);
    request.bytes = random.one([
      Buffer.from(whole.slice(0, -1)),
      Buffer.from(`${whole} x`),
      Buffer.from([0xff, 0xfe, 0x7b]),
      Buffer.from('{"a":1,"a":2}'),
      Buffer.from('['.repeat(4000)),
      Buffer.from(''),
      Buffer.from('{"a":"\ud800"}'.replace('\ud800', '\\ud800')),
      Buffer.from('{"a":1.5}'),
      Buffer.from('null'),
      Buffer.from('[]'),
      Buffer.from('\ufeff{}'),
    ]);
    return { expected: 'refused' };
  },
  too_large(request, random, schema, operation) {
    if (request.json === undefined) return undefined;
    request.bytes = Buffer.from(
      JSON.stringify({ a: 'x'.repeat(operation.requestBody['x-bytes-max']) }),
    );
    return { expected: 413 };
  },
  other_media_type(request, random) {
    if (request.json === undefined) return undefined;
    request.headers['content-type'] = random.one([
      'text/plain',
      'application/x-www-form-urlencoded',
      'application/json; charset=gbk',
      '*/*',
    ]);
    return { expected: 415 };
  },
  nobody(request, random, schema, operation) {
    if (operation.security.length === 0) return undefined;
    request.headers.authorization = random.one([
      undefined,
      'Bearer',
      'Bearer x',
      `Bearer ${'a'.repeat(43)}`,
      'Basic YTpi',
      'Bearer é',
    ]);
    if (request.headers.authorization === undefined) delete request.headers.authorization;
    return { expected: 'unauthorised' };
  },
  cookie_without_csrf(request, random, schema, operation) {
    if (operation.security.length === 0 || operation.method === 'GET') return undefined;
    request.headers.cookie = 'yimen=nonsense';
    return { expected: 'refused' };
  },
  no_key(request, random) {
    if (!('idempotency-key' in request.headers)) return undefined;
    const key = random.one([undefined, '"', '""', 'a b', 'x'.repeat(300)]);
    if (key === undefined) delete request.headers['idempotency-key'];
    else request.headers['idempotency-key'] = key;
    return { expected: 400 };
  },
  no_match(request, random) {
    if (!('if-match' in request.headers)) return undefined;
    const tag = random.one([
      undefined,
      'r1',
      '"r',
      '*',
      'W/"r1"',
      '"r1", "r2"',
      '"x"',
      '"r99999999999999999999"',
    ]);
    if (tag === undefined) delete request.headers['if-match'];
    else request.headers['if-match'] = tag;
    return tag === '*' ? {} : { expected: 'refused' };
  },
  unknown_parameter(request, random, schema, operation) {
    if (operation.method !== 'GET') return undefined;
    const odd = random.one(ODD_PARAMETERS);
    request.target += `${request.target.includes('?') ? '&' : '?'}${odd}`;
    return {};
  },
  odd_path(request, random) {
    const [path, query] = request.target.split('?');
    const segments = path.split('/');
    segments[random.integer(1, segments.length - 1)] = random.one([
      '..',
      '%2e%2e',
      '%2F',
      '%00',
      'x'.repeat(3000),
      '%E7%8E%8B',
      "';--",
      '%F0%9F%98%80',
      '',
    ]);
    request.target = segments.join('/') + (query === undefined ? '' : `?${query}`);
    return {};
  },
  odd_identifier(request, random, schema, operation) {
    if (!operation.path.includes('{id}')) return undefined;
    const odd = random.one([
      '1',
      'null',
      '00000000-0000-0000-0000-000000000000',
      'A'.repeat(36),
      '%20',
    ]);
    const at = operation.path.split('/').indexOf('{id}');
    const [path, query] = request.target.split('?');
    const segments = path.split('/');
    segments[at] = odd;
    request.target = segments.join('/') + (query === undefined ? '' : `?${query}`);
    return { expected: 'refused' };
  },
  other_method(request, random) {
    request.method = random.one(['PUT', 'PATCH', 'DELETE', 'POST', 'OPTIONS', 'TRACE', 'BREW']);
    return {};
  },
};
