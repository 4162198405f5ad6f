// The OpenAPI document as a judge: given a request and its answer, it says what does not fit.
import { readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const ID = 'https://yimen.invalid/openapi';
const PROBLEM = 'application/problem+json';

// What every answer may carry without being said in the document.
const HEADERS_OF_ALL = new Set([
  'date',
  'content-type',
  'content-length',
  'connection',
  'cache-control',
  'content-security-policy',
  'cross-origin-resource-policy',
  'referrer-policy',
  'x-content-type-options',
  'x-frame-options',
  'vary',
  'content-encoding',
]);

// Answers may hold nothing that the document does not name: every object is closed, although
// clients are told to pass over what they do not know.
function close(schema) {
  if (!schema || typeof schema !== 'object') return;
  for (const one of [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]) close(one);
  for (const property of Object.values(schema.properties ?? {})) close(property);
  close(schema.items);
  close(schema.additionalProperties);
  if (schema.properties && schema.additionalProperties === undefined) {
    schema.unevaluatedProperties = false;
  }
}

function pointer(...segments) {
  return segments
    .map((one) => encodeURIComponent(String(one).replaceAll('~', '~0').replaceAll('/', '~1')))
    .join('/');
}

function asLower(headers) {
  const lower = {};
  for (const [name, value] of Object.entries(headers ?? {})) lower[name.toLowerCase()] = value;
  return lower;
}

export class Contract {
  constructor(document) {
    this.document = document;
    this.operations = [];
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        const segments = path.split('/').slice(1);
        this.operations.push({ ...operation, path, method: method.toUpperCase(), segments });
      }
    }
    const literals = (operation) =>
      operation.segments.map((segment) => (segment.startsWith('{') ? '1' : '0')).join('');
    this.operations.sort((a, b) => (literals(a) < literals(b) ? -1 : 1));
    this.requests = this.#judge(document, false);
    this.answers = this.#judge(document, true);
  }

  static read(path) {
    return new Contract(JSON.parse(readFileSync(path, 'utf8')));
  }

  #judge(document, closed) {
    const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true });
    addFormats(ajv);
    const copy = structuredClone(document);
    if (closed) {
      for (const schema of Object.values(copy.components.schemas)) close(schema);
    }
    ajv.addSchema({ ...copy, $id: ID });
    const compiled = new Map();
    return (place, value) => {
      if (!compiled.has(place)) compiled.set(place, ajv.compile({ $ref: `${ID}#/${place}` }));
      const validate = compiled.get(place);
      if (validate(value)) return [];
      return validate.errors
        .slice(0, 5)
        .map(
          (error) =>
            `${error.instancePath || '/'} ${error.message} ${JSON.stringify(error.params)}`,
        );
    };
  }

  resolve(thing) {
    if (!thing?.$ref) return thing;
    return thing.$ref
      .slice(2)
      .split('/')
      .reduce((place, key) => place[key], this.document);
  }

  // The operation that a request means; `known` tells whether its path is one at all.
  find(method, target) {
    const segments = target.split('?')[0].split('/').slice(1);
    const fitting = this.operations.filter(
      (operation) =>
        operation.segments.length === segments.length &&
        operation.segments.every((one, at) =>
          one.startsWith('{') ? segments[at] !== '' : one === segments[at],
        ),
    );
    const path = fitting[0]?.path;
    const wanted = method === 'HEAD' ? 'GET' : method;
    return {
      known: fitting.length > 0,
      operation: fitting.find((one) => one.path === path && one.method === wanted),
    };
  }

  // All that does not fit, as sentences. An exchange is {method, target, headers of the request by
  // name, body (text), status, answer_headers, answer_body (text)}.
  faults(exchange) {
    const answer = asLower(exchange.answer_headers);
    const { known, operation } = this.find(exchange.method, exchange.target);
    if (!operation) return this.#faultsOutside(exchange, answer, known);
    const status = String(exchange.status);
    const response = this.resolve(operation.responses[status]);
    if (!response) return [`status ${status} is not documented`];
    const faults = [
      ...this.#headerFaults(response, answer),
      ...this.#bodyFaults(operation, response, exchange, answer),
    ];
    if (exchange.status < 300) faults.push(...this.requestFaults(operation, exchange));
    return faults;
  }

  // A path or method that the document does not know is answered with a problem; or by OPTIONS; or
  // it is a page of the console.
  #faultsOutside(exchange, answer, known) {
    const isPage = /^\/(console(\/.*)?)?(\?.*)?$/.test(exchange.target);
    if (isPage && exchange.status === 200 && answer['content-type']?.startsWith('text/html')) {
      return [];
    }
    if (exchange.method === 'OPTIONS' && exchange.status === 204) {
      return answer.allow ? [] : ['OPTIONS without Allow'];
    }
    const faults = [];
    if (exchange.status < 400) faults.push(`status ${exchange.status} outside the document`);
    if (known && exchange.status === 405 && !answer.allow) faults.push('405 without Allow');
    if (exchange.method === 'HEAD') return faults;
    if (answer['content-type'] !== PROBLEM) return [...faults, 'no problem'];
    const body = this.#json(exchange.answer_body);
    return [...faults, ...this.answers(pointer('components', 'schemas', 'Problem'), body)];
  }

  #json(text) {
    try {
      return JSON.parse(text);
    } catch {
      return undefined;
    }
  }

  #headerFaults(response, answer) {
    const faults = [];
    const documented = asLower(response.headers);
    for (const [name, reference] of Object.entries(documented)) {
      const header = this.resolve(reference);
      const value = answer[name];
      if (value === undefined && header.required) faults.push(`header ${name} is missing`);
      if (value === undefined) continue;
      const schema = header.schema;
      const wrong =
        (schema.pattern && !new RegExp(schema.pattern, 'u').test(value)) ||
        (schema.enum && !schema.enum.includes(value));
      if (wrong) faults.push(`header ${name}: ${value}`);
    }
    for (const name of Object.keys(answer)) {
      if (!HEADERS_OF_ALL.has(name) && !(name in documented)) {
        faults.push(`header ${name} is not documented`);
      }
    }
    return faults;
  }

  #bodyFaults(operation, response, exchange, answer) {
    const status = String(exchange.status);
    if (!response.content) {
      return exchange.answer_body || answer['content-type']
        ? ['a body where none is documented']
        : [];
    }
    const type = answer['content-type'];
    if (!response.content[type]) return [`content type ${type} is not documented`];
    if (exchange.method === 'HEAD') return exchange.answer_body ? ['a body in answer to HEAD'] : [];
    if (!type.endsWith('json')) return [];
    const body = this.#json(exchange.answer_body);
    if (body === undefined) return ['the body is no JSON'];
    const named = operation.responses[status].$ref;
    const place = named
      ? named.slice(2).split('/')
      : ['paths', operation.path, operation.method.toLowerCase(), 'responses', status];
    const faults = this.answers(pointer(...place, 'content', type, 'schema'), body);
    if (typeof body.next === 'string' && response.headers?.Link) {
      const linked = answer.link !== undefined;
      if (linked !== (body.next !== '')) faults.push('next and Link disagree');
    }
    return faults;
  }

  // Whether the document allows a request: what was taken must be allowed.
  requestFaults(operation, exchange) {
    const content = operation.requestBody?.content?.['application/json'];
    if (!content) return [];
    const body = this.#json(exchange.body);
    if (body === undefined) return ['taken without a JSON body'];
    const place = pointer(
      'paths',
      operation.path,
      operation.method.toLowerCase(),
      'requestBody',
      'content',
      'application/json',
      'schema',
    );
    return this.requests(place, body).map((fault) => `taken, but the document forbids: ${fault}`);
  }
}

// What was reached and what was wrong, over many exchanges.
export class Tally {
  constructor(contract) {
    this.contract = contract;
    this.exchanges = 0;
    this.reached = new Map(contract.operations.map((one) => [one.operationId, new Set()]));
    this.faults = new Map();
  }

  add(exchange, more = []) {
    this.exchanges += 1;
    const { operation } = this.contract.find(exchange.method, exchange.target);
    this.reached.get(operation?.operationId)?.add(Math.floor(exchange.status / 100));
    const faults = [...this.contract.faults(exchange), ...more];
    for (const fault of faults) {
      const name = `${operation?.operationId ?? 'outside'} ${exchange.status}: ${fault}`;
      const known = this.faults.get(name) ?? { count: 0, exchange };
      known.count += 1;
      this.faults.set(name, known);
    }
    return faults;
  }

  // Prints figures; true when nothing was wrong.
  report() {
    for (const [name, { count, exchange }] of this.faults) {
      console.log(`${count} × ${name}`);
      console.log(`    ${exchange.method} ${exchange.target} ${exchange.body ?? ''}`.slice(0, 400));
      console.log(`    ${exchange.answer_body ?? ''}`.slice(0, 400));
    }
    const of = (kind) => [...this.reached.values()].filter((seen) => seen.has(kind)).length;
    const missing = [...this.reached].filter(([, seen]) => seen.size === 0).map(([name]) => name);
    if (missing.length > 0) console.log(`not reached: ${missing.join(', ')}`);
    const refused = [...this.reached].filter(([, seen]) => seen.size > 0 && !seen.has(2));
    if (refused.length > 0) {
      console.log(`never with 2xx: ${refused.map(([name]) => name).join(', ')}`);
    }
    const wrong = [...this.faults.values()].reduce((sum, { count }) => sum + count, 0);
    console.log(
      `${this.exchanges} answers, ${wrong} faults; of ${this.reached.size} operations ` +
        `${of(2)} reached with 2xx, ${of(4)} with 4xx, ${of(5)} with 5xx`,
    );
    return wrong === 0;
  }
}
