import { request } from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSandbox } from '../../sandbox/server.ts';
import type { Sandbox } from '../../sandbox/server.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 });
});
afterAll(() => sandbox.close());

async function read(path: string, accept = 'application/json') {
  const { statusCode, headers, body } = await request(sandbox.url + path, { headers: { accept } });
  return { statusCode, type: headers['content-type'], text: await body.text() };
}

test('the sandbox says at its root what it has, and all of that is there', async () => {
  const { statusCode, text } = await read('/');
  expect(statusCode).toBe(200);
  const index = JSON.parse(text);
  expect(Object.keys(index)).toEqual(['apis', 'tokens', 'control', 'faults']);
  for (const line of Object.keys(index.control)) {
    const [method = '', path = ''] = line.split(' ');
    const { statusCode: status } = await request(sandbox.url + path, { method: method as 'GET' });
    expect([200, 400], line).toContain(status);
  }
  for (const fault of Object.keys(index.faults)) {
    const { statusCode: status } = await request(`${sandbox.url}/__sandbox/faults`, {
      method: 'POST',
      body: JSON.stringify({ fault, times: 1, match: { path: '^/nowhere$' } }),
      headers: { 'content-type': 'application/json' },
    });
    expect([200, 400], fault).toContain(status);
  }
});

test('a browser gets it as a page', async () => {
  const { statusCode, type, text } = await read('/', 'text/html,*/*;q=0.8');
  expect({ statusCode, type }).toEqual({ statusCode: 200, type: 'text/html; charset=utf-8' });
  expect(text).toContain('POST /__sandbox/faults');
  expect(text).toContain('sandbox-expired');
});
