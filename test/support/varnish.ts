import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import { provideProgram } from './debian-package.ts';
import { refusingUrl } from './stuck-upstreams.ts';

/** A real Varnish of a test's own, on loopback, in front of one server. */
export interface Varnish {
  readonly url: string;
  close(): Promise<void>;
}

/** The path of a varnishd, installed where it is missing; null where the tests that need one are to be skipped. */
export function provideVarnish(): Promise<string | null> {
  return provideProgram({
    name: 'varnishd',
    path: '/usr/sbin/varnishd',
    variable: 'VARNISHD_PATH',
    debianPackage: 'varnish',
    tests: 'The tests with Varnish',
  });
}

const startAttempts = 200;

/** Starts one on a free port, with VCL beside what it does of itself; ends when it answers. */
export async function startVarnish(executablePath: string, serverUrl: string, vcl = ''): Promise<Varnish> {
  const folder = mkdtempSync(join(tmpdir(), 'pipeline-gateway-varnish-'));
  const file = join(folder, 'test.vcl');
  const { hostname, port } = new URL(serverUrl);
  writeFileSync(file, `vcl 4.1;\nbackend default { .host = "${hostname}"; .port = "${port}"; }\n${vcl}\n`);
  const { host } = new URL(await refusingUrl());
  // Without its jail it needs no user of its own, and its folder can be anywhere.
  const options = ['-F', '-j', 'none', '-n', join(folder, 'state'), '-f', file, '-a', host, '-s', 'malloc,16m'];
  const child = spawn(executablePath, options, { stdio: ['ignore', 'ignore', 'pipe'] });
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  const ended = once(child, 'exit');
  const url = `http://${host}`;
  const answers = () =>
    request(`${url}/health/live`).then(
      ({ body }) => body.dump().then(() => true),
      () => false,
    );
  for (let attempt = 1; !(await answers()); attempt += 1) {
    if (attempt === startAttempts || child.exitCode !== null) throw new Error(`${executablePath}: ${complaints}`);
    await sleep(50);
  }
  return {
    url,
    async close() {
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}
