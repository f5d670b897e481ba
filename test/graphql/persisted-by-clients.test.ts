import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useFolder } from '../support/folder.ts';
import { ask, startTestGateway } from '../support/gateway.ts';
import type { TestGateway } from '../support/gateway.ts';
import { buildManifest } from '../support/persisted-documents.ts';

const folder = useFolder();
const digest = (algorithm: string, text: string) => createHash(algorithm).update(text).digest('hex');

/** One operation for each build, so that an answer shows which one's manifest it comes of. */
const toOperation = (name: string) => `query ${name} {\n  pipelineSources {\n    name\n    ${name}: kind\n  }\n}`;
const texts = {
  sha1: '',
  sha256: '',
  apollo: toOperation('apollo'),
  custom: toOperation('custom'),
  relay: toOperation('relay'),
};
const ids = {
  sha1: '',
  sha256: '',
  apollo: digest('sha256', texts.apollo),
  custom: 'board/1',
  relay: digest('md5', texts.relay),
};

let only: TestGateway;
let allow: TestGateway;

beforeAll(async () => {
  const [sha1, sha256] = await Promise.all([
    buildManifest(folder.path, toOperation('sha1'), true),
    buildManifest(folder.path, toOperation('sha256')),
  ]);
  [ids.sha1, texts.sha1] = readFirst(sha1);
  [ids.sha256, texts.sha256] = readFirst(sha256);
  const others = join(folder.path, 'others');
  mkdirSync(others);
  writeFileSync(join(others, 'persisted-query-manifest.json'), JSON.stringify(apolloManifest));
  writeFileSync(join(others, 'relay.json'), JSON.stringify({ [ids.relay]: texts.relay }));
  writeFileSync(join(others, 'notes.txt'), 'not a manifest');
  const env = { GATEWAY_OPERATIONS_FILE: `${sha1}, ${sha256}, ${others}` };
  only = await startTestGateway({ env: { ...env, GATEWAY_OPERATIONS: 'only' } });
  allow = await startTestGateway({ env: { ...env, GATEWAY_OPERATIONS: 'allow' } });
});
afterAll(() => Promise.all([only.close(), allow.close()]));

function readFirst(manifest: string): [id: string, text: string] {
  return Object.entries<string>(JSON.parse(readFileSync(manifest, 'utf8')))[0]!;
}

/** As `generate-persisted-query-manifest` writes it. */
const apolloManifest = {
  format: 'apollo-persisted-query-manifest',
  version: 1,
  operations: [
    { id: ids.apollo, name: 'apollo', type: 'query', body: texts.apollo },
    { id: ids.custom, name: 'custom', type: 'query', body: texts.custom },
  ],
};

const withoutPrefix = (id: string) => id.replace('sha256:', '');
const persisted = (sha256Hash: string) => ({ persistedQuery: { version: 1, sha256Hash } });
const clientLibrary = { name: '@apollo/client', version: '4.0.0' };

/** What each client sends in the place of a text; what it makes of the ids in a manifest is its own business. */
const clients: Readonly<Record<string, (operationName: string, id: string) => Readonly<Record<string, unknown>>>> = {
  'Apollo Client’s PersistedQueryLink': (operationName, id) => ({
    operationName,
    variables: {},
    extensions: { clientLibrary, ...persisted(id) },
  }),
  'urql’s persistedExchange': (operationName, id) => ({
    operationName,
    variables: {},
    extensions: { persistedQuery: { version: 1, sha256Hash: id, miss: false } },
  }),
  'urql with the ids of its documents': (operationName, id) => ({ operationName, documentId: id, variables: {} }),
  'Relay, as its documentation has it': (_, id) => ({ doc_id: id, query: null, variables: {} }),
  'Relay, as it had it before': (_, id) => ({ id, variables: {} }),
  'a client of GraphQL over HTTP': (_, id) => ({ documentId: id }),
};

type Build = keyof typeof ids;
const builds: readonly (readonly [string, Build, (id: string) => string])[] = [
  ['codegen’s client preset with persistedDocuments: true', 'sha1', (id) => id],
  ['codegen’s client preset with sha256', 'sha256', (id) => id],
  ['codegen’s client preset with sha256, without its prefix', 'sha256', withoutPrefix],
  ['Apollo’s manifest', 'apollo', (id) => id],
  ['Apollo’s manifest, with a prefix', 'apollo', (id) => `sha256:${id}`],
  ['Apollo’s manifest with an id of one’s own', 'custom', (id) => id],
  ['Relay’s compiler', 'relay', (id) => id],
];

describe.each(Object.entries(clients))('%s', (_, toBody) => {
  test.each(builds)('sends an id of %s by POST and GET, and is answered', async (_name, build, toId) => {
    const body = toBody(build, toId(ids[build]));
    const expected = expect.arrayContaining([{ name: 'hubspot', [build]: 'HUBSPOT' }]);
    for (const { url } of [only, allow]) {
      expect(await ask(url, body)).toMatchObject({
        status: 200,
        data: { pipelineSources: expected },
        errors: undefined,
      });
      const search = Object.entries(body)
        .filter(([, value]) => value !== null)
        .map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]);
      const byGet = await request(`${url}/graphql?${new URLSearchParams(search).toString()}`);
      expect(await byGet.body.json()).toEqual({ data: { pipelineSources: expected } });
    }
  });

  test('sends an id that is in no manifest, and is told so', async () => {
    const { errors } = await ask(only.url, toBody('nothing', digest('sha256', 'nothing')));
    expect(errors?.map(({ extensions }) => extensions['code'])).toEqual(['PERSISTED_QUERY_NOT_IN_LIST']);
  });
});

test.each(builds)('a text of %s is taken beside its id, as clients send both after a miss', async (_, build, toId) => {
  const body = { query: texts[build], operationName: build, extensions: persisted(toId(ids[build])) };
  for (const { url } of [only, allow]) expect((await ask(url, body)).errors).toBeUndefined();
});

test('an id runs no other text than its own', async () => {
  const body = { query: toOperation('free'), extensions: persisted(ids.apollo), documentId: ids.apollo, id: ids.relay };
  expect((await ask(only.url, body)).errors?.[0]?.extensions['code']).toBe('PERSISTED_QUERY_NOT_IN_LIST');
  expect((await ask(allow.url, body)).data).toBeUndefined();
});

test('the mode allow runs the text of a build that is newer than its manifests, whatever its ids are', async () => {
  const query = toOperation('newer');
  for (const id of [digest('sha1', query), digest('sha256', query), `sha256:${digest('sha256', query)}`, 'board/2']) {
    const { errors } = await ask(allow.url, { extensions: persisted(id) });
    expect(errors?.[0]?.extensions['code']).toBe('PERSISTED_QUERY_NOT_FOUND');
    expect((await ask(allow.url, { query, extensions: persisted(id) })).errors).toBeUndefined();
  }
});
