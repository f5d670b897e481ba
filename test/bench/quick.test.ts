import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { root } from '../support/documentation.ts';

test('a quick benchmark finds that the upstream is asked as rarely as it should be, and that kept answers are served', async () => {
  const args = [
    '--import',
    './scripts/require-node-24.js',
    'bench/main.ts',
    '--quick',
    '--workloads',
    'W1,W2,W3,W4,W4r',
  ];
  const child = spawn(process.execPath, args, { cwd: root });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const [code] = await once(child, 'close');
  expect(code, output).toBe(0);
  expect(output).toMatch(/^gateway +[\d.]+/m);
}, 120_000);
