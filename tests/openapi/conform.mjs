// node conform.mjs --document FILE --record FILE …
// Validates every recorded answer against the document. Exit status 1 when one does not fit.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { Contract, Tally } from './contract.mjs';

const { values } = parseArgs({
  options: { document: { type: 'string' }, record: { type: 'string', multiple: true } },
});
const tally = new Tally(Contract.read(values.document));
for (const path of values.record) {
  const before = tally.exchanges;
  for await (const line of createInterface({ input: createReadStream(path, 'utf8') })) {
    if (line) tally.add(JSON.parse(line));
  }
  console.log(`${path}: ${tally.exchanges - before} answers`);
  if (tally.exchanges === before) process.exitCode = 1;
}
if (!tally.report()) process.exitCode = 1;
