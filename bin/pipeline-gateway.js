#!/usr/bin/env node
// Runs on whatever Node there is, so it needs nothing that an old one lacks, and hands over to the one that npm brought.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = new URL('../dist/src/main.js', import.meta.url);
const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'];

if (Number(process.versions.node.split('.')[0]) >= 24) {
  await import(main.href);
} else {
  const node = findNode24();
  if (node === null) {
    console.error(
      `pipeline-gateway needs Node 24 or newer; this is ${process.versions.node}, and npm could not bring one along.\n` +
        'Install Node 24 (https://nodejs.org) and start again.',
    );
    process.exitCode = 1;
  } else {
    handOver(node);
  }
}

/** The binary of the optional dependency `node`; null where npm left it out or its install script did not run. */
function findNode24() {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve('node/package.json'));
    const binary = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    return existsSync(binary) ? binary : null;
  } catch {
    return null;
  }
}

/** Goes on in another process, passes signals on to it, and ends as it ends. */
function handOver(node) {
  const child = spawn(node, [fileURLToPath(main), ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    for (const name of signals) process.removeAllListeners(name);
    if (signal === null) process.exit(code ?? 1);
    process.kill(process.pid, signal);
  });
}
