import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { startTestGateway } from '../support/gateway.ts';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

test('the request of the README gives the answer that it shows', async () => {
  const [, command = ''] = /^```sh\n(curl .*?)^```$/ms.exec(readme) ?? [];
  const [, answer = ''] = /^```json\n(.*?)^```$/ms.exec(readme) ?? [];
  const gateway = await startTestGateway();
  try {
    const { stdout } = await promisify(execFile)('bash', ['-c', command.replace('http://127.0.0.1:4000', gateway.url)]);
    expect(JSON.parse(stdout)).toEqual(JSON.parse(answer));
  } finally {
    await gateway.close();
  }
});

test('the README fits on one screen', () => {
  expect(readme.split('\n').length).toBeLessThan(70);
});
