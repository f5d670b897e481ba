import { request } from 'undici';
import { beforeAll, describe, expect, test } from 'vitest';
import { sandboxSources } from '../../src/sources/sandbox.ts';
import { keptForAMinute } from '../support/gateway.ts';
import { provideGraphiql } from '../support/graphiql-build.ts';
import { sendRaw, toRequest } from '../support/raw-http.ts';
import { forwardingHubSpotAt } from '../support/sources.ts';
import { useGateway } from '../support/use-gateway.ts';

beforeAll(provideGraphiql, 120_000);

const origin = 'https://app.example.com';
const gateway = useGateway({
  graphiql: true,
  env: {
    GATEWAY_API_KEYS: 'a:key-a:pipelines:read+pipelines:write',
    GATEWAY_CORS_ORIGINS: origin,
    GATEWAY_MAX_BATCH: '5',
  },
  sources: (url) => [
    ...sandboxSources(url),
    forwardingHubSpotAt(url, { name: 'partner', credential: { mode: 'forward', header: 'X-Partner-Token' } }),
  ],
});
const key = { 'x-api-key': 'key-a' };
const callersOwn = 'private, max-age=0, must-revalidate';

function get(path: string, headers: Record<string, string> = {}, method: 'GET' | 'PUT' | 'OPTIONS' | 'HEAD' = 'GET') {
  return request(`${gateway.url}${path}`, { method, headers }).then(async (answer) => {
    await answer.body.dump();
    return answer;
  });
}
const toPath = (query: string) => `/graphql?query=${encodeURIComponent(query)}`;
const namesOf = (header: unknown) => String(header).toLowerCase().split(/, */);

describe('answers of /graphql', () => {
  test('an answer without errors may be kept by its caller alone, who has to ask again', async () => {
    const byGet = await get(toPath('{ pipelines { totalCount } }'), key);
    const byPost = await gateway.ask('{ pipelines { totalCount } }', {}, key);
    for (const { headers } of [byGet, byPost]) expect(headers['cache-control']).toBe(callersOwn);
  });

  test.each([
    ['a mutation', 'mutation { archivePipeline(input: { id: "x" }) { errors { code } } }'],
    ['an answer with an error', '{ pipelines(first: -1) { totalCount } }'],
    ['a document that cannot be parsed', '{'],
    ['a field that there is not', '{ nothing }'],
    ['a history', '{ pipelines(first: 1) { nodes { audit(first: 1) { nodes { id } } } } }'],
  ])('%s is kept by nobody', async (_, query) => {
    expect((await gateway.ask(query, {}, key)).headers['cache-control']).toBe('no-store');
  });

  test('a batch is kept by nobody if one of its answers is not to be kept', async () => {
    const read = { query: '{ __typename }' };
    const history = { query: '{ pipelines(first: 1) { nodes { audit(first: 1) { nodes { id } } } } }' };
    const cacheControlOf = async (batch: readonly object[]) => {
      const answer = await request(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...key },
        body: JSON.stringify(batch),
      });
      await answer.body.dump();
      return answer.headers['cache-control'];
    };
    expect(await cacheControlOf([read, read])).toBe(callersOwn);
    expect(await cacheControlOf([history, read])).toBe('no-store');
    expect(await cacheControlOf([read, history])).toBe('no-store');
  });

  test('every answer names all headers that decide it, the sources’ own among them', async () => {
    const answers = [
      await get(toPath('{ __typename }'), { ...key, origin }),
      await get(toPath('{ __typename }')),
      await get('/graphql', {}, 'PUT'),
      await get('/graphql', key),
      await get(toPath('{ __typename }'), { ...key, 'x-deadline-ms': 'soon' }),
    ];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 401, 405, 400, 400]);
    for (const { headers } of answers) {
      const names = namesOf(headers['vary']);
      for (const name of ['authorization', 'x-api-key', 'x-partner-token', 'accept', 'cache-control', 'origin'])
        expect(names).toContain(name);
      for (const name of ['x-gateway-sdl-secret', 'x-deadline-ms', 'sec-fetch-site', 'apollo-require-preflight'])
        expect(names).toContain(name);
      expect(new Set(names).size).toBe(names.length);
    }
  });
});

describe('a stale answer', () => {
  const keeping = useGateway({ resilience: { cache: { ...keptForAMinute, freshMs: 1, staleMs: 1 } } });
  test('an answer that is stale because the upstream fails is kept by nobody', async () => {
    const query = '{ pipelines(where: { sourceNames: ["hubspot"] }) { totalCount } }';
    expect((await keeping.ask(query)).headers['cache-control']).toBe(callersOwn);
    await keeping.sandbox.fault({ fault: 'status', status: 503, headers: { 'retry-after': '60' } });
    const { extensions, headers } = await keeping.ask(query);
    expect(extensions).toHaveProperty('stale');
    expect(headers['cache-control']).toBe('no-store');
  });
});

test.each<[string, number, string, Record<string, string>?, ('PUT' | 'OPTIONS' | 'HEAD')?]>([
  ['a request without a key', 401, toPath('{ __typename }')],
  ['one with a wrong key', 401, toPath('{ __typename }'), { 'x-api-key': 'key-b' }],
  ['a method that there is not', 405, '/graphql', {}, 'PUT'],
  ['the head of an answer', 401, toPath('{ __typename }'), {}, 'HEAD'],
  ['a preflight', 204, '/graphql', { origin, 'access-control-request-method': 'POST' }, 'OPTIONS'],
  ['a path that cannot be read', 400, '/%zz'],
  ['a path that leads nowhere', 404, '/nowhere'],
  ['what is where', 200, '/'],
  ['that the gateway is there', 200, '/health/live'],
  ['that the gateway is ready', 200, '/health/ready'],
  ['the metrics', 200, '/metrics'],
  ['GraphiQL’s page', 200, '/graphiql'],
  ['the way to GraphiQL', 301, '/graphiql/'],
])('%s (%i) is kept by nobody and is what its type says', async (_, status, path, headers, method) => {
  const answer = await get(path, headers, method);
  expect(answer.statusCode).toBe(status);
  expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
});

test('what is no HTTP request is answered with what nobody keeps', async () => {
  const { status, headers } = await sendRaw(gateway.url, 'NONSENSE\r\n\r\n');
  expect(status).toBe(400);
  expect(headers).toContain('cache-control: no-store\r\nx-content-type-options: nosniff');
});

test('a body that is too large is answered with what nobody keeps', async () => {
  const { status, headers } = await sendRaw(
    gateway.url,
    toRequest(
      'POST /graphql HTTP/1.1',
      ['host: g', 'content-type: application/json', 'x-api-key: key-a'],
      'x'.repeat(1024 * 1024 + 1),
    ),
  );
  expect(status).toBe(413);
  expect(headers).toContain('cache-control: no-store');
});
