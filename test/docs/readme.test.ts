import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { pages, readFile, root } from '../support/documentation.ts';
import { startTestGateway } from '../support/gateway.ts';

const readme = readFile('README.md');

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

test.each(pages)('every npm command and link on %s exists', (page) => {
  const text = readFile(page);
  const { scripts } = JSON.parse(readFile('package.json'));
  const commands = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name ?? '');
  for (const name of commands) expect(Object.keys(scripts)).toContain(name);
  const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link]) => link ?? '');
  for (const link of links) expect(existsSync(new URL(link, new URL(page, root))), link).toBe(true);
});
