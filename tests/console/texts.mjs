// The console's two files of texts have the same keys with the same parameters, sorted, one a line;
// no key is unused, none that is used is missing; every code that the API can name has a text in
// both languages.
//   node texts.mjs --root FOLDER
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { root: { type: 'string' } } });
const sources = join(values.root, 'api/console/src');
const read = (path) => readFileSync(path, 'utf8');
const parse = (path) => JSON.parse(read(path));
const findings = [];
const need = (condition, finding) => {
  if (!condition) findings.push(finding);
};

const parametersOf = (text) => [...text.matchAll(/\{(\w+)\}/g)].map((one) => one[1]).sort().join();

function compare(folder) {
  const [chinese, english] = ['zh-CN', 'en'].map((name) => parse(join(folder, `${name}.json`)));
  for (const key of new Set([...Object.keys(chinese), ...Object.keys(english)])) {
    need(chinese[key]?.trim(), `${folder}: ${key} has no Chinese text`);
    need(english[key]?.trim(), `${folder}: ${key} has no English text`);
    if (!chinese[key] || !english[key]) continue;
    const same = parametersOf(chinese[key]) === parametersOf(english[key]);
    need(same || folder !== join(sources, 'texts'), `${key}: the parameters differ`);
  }
  return chinese;
}

const own = compare(join(sources, 'texts'));
for (const language of ['zh-CN', 'en']) {
  const lines = read(join(sources, `texts/${language}.json`)).trim().split('\n').slice(1, -1);
  const keys = lines.map((line) => /^  "([a-z_.]+)": ".*",?$/.exec(line)?.[1]);
  need(!keys.includes(undefined), `${language}.json: a line that is not one text`);
  need(keys.join() === [...keys].sort().join(), `${language}.json: not sorted`);
}

const code = readdirSync(sources, { recursive: true })
  .filter((name) => /\.(vue|ts)$/.test(name))
  .map((name) => read(join(sources, name)))
  .join('\n');
const quoted = new Set([...code.matchAll(/'([a-z_]+\.[a-z_]+)'/g)].map((one) => one[1]));
for (const key of Object.keys(own)) need(quoted.has(key), `${key} is not used`);
for (const [, key] of code.matchAll(/\bt\(\s*'([^']+)'/g)) need(own[key], `${key} is missing`);

// What the console shows by the API's codes.
const served = compare(join(values.root, 'definitions/texts'));
const vocabulary = read(join(values.root, 'definitions/assistance/vocabulary.hpp'));
const KINDS = {
  open_state: 'state',
  closed_state: 'state',
  event: 'event',
  annotation_word: 'annotation',
};
let words = 0;
for (const [, word, kind] of vocabulary.matchAll(/YIMEN_WORD\((\w+), (\w+)\)/g)) {
  if (!KINDS[kind]) continue;
  words += 1;
  need(served[`${KINDS[kind]}.${word}`], `${KINDS[kind]}.${word} has no text`);
}
need(words > 75, `only ${words} states, events and annotations were found`);
const guards = read(join(values.root, 'definitions/assistance/guards.hpp'));
let conditions = 0;
for (const [, name] of guards.matchAll(/^YIMEN_GUARD\((\w+),/gm)) {
  conditions += 1;
  need(served[`refusal.${name}`], `refusal.${name} has no text`);
}
need(conditions > 30, `only ${conditions} guards were found`);
const edition = parse(join(values.root, 'definitions/assistance/editions/heyu-2021.json'));
for (const reason of edition.lateness_reasons) need(served[`enum.${reason}`], `enum.${reason}`);
for (const kind of new Set([...code.matchAll(/words?\(\s*'(\w+)'/g)].map((one) => one[1]))) {
  const has = Object.keys(served).some((key) => key.startsWith(`${kind}.`));
  need(has, `the console asks for words of the kind ${kind}, and there are none`);
}

for (const finding of findings) console.log(finding);
console.log(`${Object.keys(own).length} texts of the console, ${words} words and ` +
  `${conditions} conditions of the procedure, ` +
  `${findings.length} findings.`);
process.exitCode = findings.length === 0 ? 0 : 1;
