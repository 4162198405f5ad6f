// node township.mjs --yimen FILE --root FOLDER --record FILE
// Plays the sample township against a server of its own and records every exchange.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { SampleServer } from './sample_server.mjs';

const { values } = parseArgs({
  options: { yimen: { type: 'string' }, root: { type: 'string' }, record: { type: 'string' } },
});
const server = await SampleServer.start({
  yimen: values.yimen,
  definitions: join(values.root, 'definitions'),
});
const player = spawn(
  'python3',
  [
    join(values.root, 'samples/township.py'),
    '--url',
    server.url,
    '--password-file',
    server.passwordFile,
    '--accounts',
    join(server.folder, 'accounts.txt'),
  ],
  { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, YIMEN_RECORD: values.record } },
);
const status = await new Promise((resolve) => player.on('exit', resolve));
if (status !== 0) console.log(server.log.split('\n').slice(-4).join('\n'));
process.exitCode = (await server.stop()) && status === 0 ? 0 : 1;
