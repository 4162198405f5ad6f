// A real server on a sample database of its own, on a free port.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export class SampleServer {
  static async start({ yimen, definitions }) {
    const server = new SampleServer();
    server.folder = mkdtempSync(join(tmpdir(), 'yimen-openapi-'));
    server.password = randomBytes(18).toString('base64url');
    server.passwordFile = join(server.folder, 'password');
    writeFileSync(server.passwordFile, server.password, { mode: 0o600 });
    const common = [
      '--database',
      `sqlite:${join(server.folder, 'yimen.db')}`,
      '--definitions',
      definitions,
    ];
    const run = (...words) => {
      const done = spawnSync(yimen, [...words, ...common], { encoding: 'utf8' });
      if (done.status !== 0) throw new Error(`${words[0]}: ${done.stderr}`);
    };
    run('migrate', '--sample', '--sample-at', '2026-02-27T00:30:00Z');
    run(
      'user',
      'add',
      'administrator',
      '--post',
      'administrator@station',
      '--password-file',
      server.passwordFile,
    );
    server.process = spawn(yimen, ['serve', '--listen', '127.0.0.1:0', ...common], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    server.log = '';
    server.process.stderr.on('data', (bytes) => {
      server.log = (server.log + bytes).slice(-20_000);
    });
    server.url = await server.#listening();
    return server;
  }

  #listening() {
    return new Promise((resolve, reject) => {
      let told = '';
      this.process.stdout.on('data', (bytes) => {
        told += bytes;
        const url = /http:\/\/\S+/.exec(told);
        if (url) resolve(url[0]);
      });
      this.process.on('exit', (status) =>
        reject(new Error(`the server ended (${status}): ${this.log}`)),
      );
    });
  }

  // True when it ended as it should.
  async stop() {
    const ended = new Promise((resolve) => {
      this.process.removeAllListeners('exit');
      this.process.on('exit', (status) => resolve(status === 0));
    });
    if (this.process.exitCode === null) this.process.kill('SIGTERM');
    const good = this.process.exitCode === null ? await ended : this.process.exitCode === 0;
    rmSync(this.folder, { recursive: true, force: true });
    return good;
  }
}
