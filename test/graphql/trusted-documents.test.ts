import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from '../../src/config/config.ts';
import { useFolder } from '../support/folder.ts';
import { ask, startTestGateway } from '../support/gateway.ts';
import type { TestGateway } from '../support/gateway.ts';
import { buildManifest } from '../support/persisted-documents.ts';

const folder = useFolder();
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const free = 'query Free { pipelineSources { kind } }';

let file: string;
let listed: string;
let allow: TestGateway;
let only: TestGateway;

beforeAll(async () => {
  file = await buildManifest(
    folder.path,
    'query Names($count: Int) { pipelineSources { name } pipelines(first: $count) { totalCount } }',
  );
  listed = Object.values<string>(JSON.parse(readFileSync(file, 'utf8')))[0]!;
  const env = { GATEWAY_OPERATIONS_FILE: file };
  allow = await startTestGateway({ env: { ...env, GATEWAY_OPERATIONS: 'allow' } });
  only = await startTestGateway({ env: { ...env, GATEWAY_OPERATIONS: 'only' } });
});
afterAll(() => Promise.all([allow.close(), only.close()]));

const names = { pipelineSources: [{ name: 'hubspot' }, { name: 'hubspot-v1' }, { name: 'organization' }] };
const persisted = (sha256Hash: string) => ({ persistedQuery: { version: 1, sha256Hash } });
const refusal = [{ message: expect.any(String), extensions: { code: 'PERSISTED_QUERY_NOT_IN_LIST' } }];

describe('documents of the manifest', () => {
  test.each(['allow', 'only'] as const)(
    'an operation of the manifest runs by its id or text in the mode %s',
    async (mode) => {
      const { url } = mode === 'allow' ? allow : only;
      const id = sha256(listed);
      const variables = { count: 0 };
      const bodies = [
        { documentId: `sha256:${id}`, variables },
        { extensions: persisted(id), variables },
        { query: listed, extensions: persisted(id), variables },
        { query: listed, variables },
      ];
      for (const body of bodies) expect((await ask(url, body)).data).toMatchObject(names);
      const params = new URLSearchParams({ documentId: `sha256:${id}`, variables: JSON.stringify(variables) });
      const byGet = await request(`${url}/graphql?${params.toString()}`);
      expect(await byGet.body.json()).toMatchObject({ data: names });
    },
  );

  test.each(['allow', 'only'] as const)('an id that is not in the manifest is refused in the mode %s', async (mode) => {
    const { url } = mode === 'allow' ? allow : only;
    for (const documentId of [`sha256:${sha256(free)}`, `sha512:${sha256(listed)}`, '__proto__', '']) {
      const { status, errors } = await ask(url, { documentId });
      expect([status, errors]).toEqual([400, refusal]);
    }
  });
});

test('the mode allow takes free text too, and remembers it by its hash if asked to', async () => {
  expect((await allow.ask(free)).data).toBeDefined();
  const body = { extensions: persisted(sha256(free)) };
  expect((await ask(allow.url, body)).errors?.[0]?.extensions['code']).toBe('PERSISTED_QUERY_NOT_FOUND');
  expect((await ask(allow.url, { ...body, query: free })).data).toBeDefined();
  expect((await ask(allow.url, body)).data).toBeDefined();
});

test('the mode only refuses every other text before any upstream call, however it is sent', async () => {
  await only.sandbox.emptyLog();
  const bodies = [
    { query: free },
    { query: `${listed} ` },
    { query: free, documentId: `sha256:${sha256(listed)}` },
    { query: free, extensions: persisted(sha256(listed)) },
    { query: free, extensions: persisted(sha256(free)) },
    { extensions: persisted(sha256(free)) },
  ];
  for (const body of bodies) {
    const { status, errors, data } = await ask(only.url, body);
    expect([status, errors, data]).toEqual([400, refusal, undefined]);
  }
  const byGet = await request(`${only.url}/graphql?query=${encodeURIComponent(free)}`);
  expect([byGet.statusCode, await byGet.body.json()]).toEqual([400, { errors: refusal }]);
  expect(await only.sandbox.requests()).toEqual([]);
});

describe('settings of trusted documents', () => {
  test.each<[string, () => Record<string, string>, RegExp]>([
    ['without a manifest', () => ({ GATEWAY_OPERATIONS: 'only' }), /goes together with GATEWAY_OPERATIONS/],
    ['with a manifest that is not wanted', () => ({ GATEWAY_OPERATIONS_FILE: file }), /goes together/],
    [
      'with a mode that there is not',
      () => ({ GATEWAY_OPERATIONS: 'on', GATEWAY_OPERATIONS_FILE: file }),
      /off, allow or only/,
    ],
    [
      'with a file that is not there',
      () => ({ GATEWAY_OPERATIONS: 'only', GATEWAY_OPERATIONS_FILE: '/nowhere' }),
      /cannot be read/,
    ],
    [
      'with a file that is not JSON',
      () => ({ GATEWAY_OPERATIONS: 'only', GATEWAY_OPERATIONS_FILE: folder.write('{') }),
      /is not JSON/,
    ],
    [
      'with a file of another shape',
      () => ({ GATEWAY_OPERATIONS: 'only', GATEWAY_OPERATIONS_FILE: folder.write({ a: 1 }) }),
      /texts by their ids/,
    ],
    [
      'with a text that was changed',
      () => ({
        GATEWAY_OPERATIONS: 'only',
        GATEWAY_OPERATIONS_FILE: folder.write({ [`sha256:${sha256(free)}`]: listed }),
      }),
      /is not the hash of its text/,
    ],
  ])('a start %s is refused', (_, env, problem) => {
    expect(() => readConfig(env())).toThrow(ConfigError);
    expect(() => readConfig(env())).toThrow(problem);
  });
});
