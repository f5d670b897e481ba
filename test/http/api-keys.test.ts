import { request } from 'undici';
import { afterEach, describe, expect, test } from 'vitest';
import { useGateway } from '../support/use-gateway.ts';

const key = { reader: 'reader-5e42c7', writer: 'writer-91b7aa', both: 'both-07dd3f', sdl: 'sdl-c0ffee' };
const GATEWAY_API_KEYS = [
  `reader:${key.reader}:pipelines:read`,
  ` writer:${key.writer}:pipelines:write`,
  `both:${key.both}:pipelines:read+pipelines:write`,
].join(',');
const gateway = useGateway({ env: { GATEWAY_API_KEYS, GATEWAY_SDL_SECRET: key.sdl } });
afterEach(() => gateway.sandbox.reset());

const read = '{ pipelines { totalCount } }';
const introspect = '{ __schema { queryType { name } } }';
const write = 'mutation { archivePipeline(input: { id: "nothing" }) { errors { code } } }';
const readSdl = '{ _service { sdl } }';
/** The same, in ways that a search of the operation's own fields would miss. */
const readSdlInFragment = 'query { ...Hidden } fragment Hidden on Query { ... { harmless: _service { sdl } } }';

describe('requests without a valid API key', () => {
  test.each<[string, Record<string, string>]>([
    ['none', {}],
    ['an empty one', { 'x-api-key': '' }],
    ['one that nobody has', { 'x-api-key': 'guess' }],
    ['one that is cut short', { 'x-api-key': key.both.slice(0, -1) }],
    ['one with something after it', { 'x-api-key': `${key.both}x` }],
    ['one in other letters', { 'x-api-key': key.both.toUpperCase() }],
    ['the name of one', { 'x-api-key': 'both' }],
    ['two at once', { 'x-api-key': `${key.reader}, ${key.both}` }],
    ['one where a token belongs', { authorization: `Bearer ${key.both}` }],
  ])('without a valid API key there is no answer and no upstream call: %s', async (_, headers) => {
    const answer = await gateway.ask(read, {}, headers);
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('ApiKey realm="pipeline-gateway"');
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(answer.data).toBeUndefined();
    expect(answer.errors).toEqual([
      { message: 'This needs a valid API key in the header x-api-key.', extensions: { code: 'UNAUTHENTICATED' } },
    ]);
    expect(await gateway.sandbox.requests()).toEqual([]);
  });

  test('a request without an API key is refused before its body is read', async () => {
    const answer = await request(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{ not JSON',
    });
    await answer.body.dump();
    expect(answer.statusCode).toBe(401);
  });

  test('a GET without an API key is refused too', async () => {
    const answer = await request(`${gateway.url}/graphql?query={__typename}`, {
      headers: { 'apollo-require-preflight': '1' },
    });
    await answer.body.dump();
    expect(answer.statusCode).toBe(401);
  });
});

describe('the scopes of a key', () => {
  test.each<[keyof typeof key, string, string, number, string | undefined]>([
    ['reader', 'reads', read, 200, undefined],
    ['reader', 'introspects', introspect, 200, undefined],
    ['reader', 'does not write', write, 403, 'FORBIDDEN'],
    ['writer', 'writes', write, 200, undefined],
    ['writer', 'does not read', read, 403, 'FORBIDDEN'],
    ['writer', 'does not introspect', introspect, 403, 'FORBIDDEN'],
    ['both', 'reads', read, 200, undefined],
    ['both', 'writes', write, 200, undefined],
  ])('the key %s %s, as its scopes say', async (name, _, query, status, code) => {
    const answer = await gateway.ask(query, {}, { 'x-api-key': key[name] });
    expect([answer.status, answer.errors?.[0]?.extensions['code']]).toEqual([status, code]);
    if (status === 403) {
      expect(answer.data).toBeUndefined();
      expect(await gateway.sandbox.requests()).toEqual([]);
    }
  });

  test('a key needs the scope of the operation that is run, not of another in the same document', async () => {
    const two = `query Read ${read} ${write.replace('mutation', 'mutation Write')}`;
    const run = (operationName: string) =>
      request(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-api-key': key.reader },
        body: JSON.stringify({ query: two, operationName }),
      });
    const answers = await Promise.all([run('Read'), run('Write')]);
    await Promise.all(answers.map(({ body }) => body.dump()));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 403]);
  });
});

describe('the SDL', () => {
  test.each([
    ['without the secret', readSdl, undefined, 403],
    ['with a wrong one', readSdl, 'guess', 403],
    ['in a fragment, under another name', readSdlInFragment, undefined, 403],
    ['with the secret', readSdl, key.sdl, 200],
    ['with the secret, in a fragment', readSdlInFragment, key.sdl, 200],
  ])('the SDL is for the router alone: %s', async (_, query, secret, status) => {
    const headers = { 'x-api-key': key.reader, ...(secret === undefined ? {} : { 'x-gateway-sdl-secret': secret }) };
    const answer = await gateway.ask(query, {}, headers);
    expect(answer.status).toBe(status);
    expect(answer.errors?.[0]?.extensions['code']).toBe(status === 403 ? 'FORBIDDEN' : undefined);
    expect(answer.text.includes('type Query')).toBe(status === 200);
  });

  test('the secret of the SDL opens nothing by itself, because a router is a caller too', async () => {
    expect((await gateway.ask(readSdl, {}, { 'x-gateway-sdl-secret': key.sdl })).status).toBe(401);
  });
});

test('the health endpoints need no key', async () => {
  const answers = await Promise.all(['live', 'ready'].map((name) => request(`${gateway.url}/health/${name}`)));
  await Promise.all(answers.map(({ body }) => body.dump()));
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
});

test('no key was ever logged', () => {
  expect(gateway.logLines.length).toBeGreaterThan(0);
  for (const secret of Object.values(key)) expect(gateway.logLines.join('')).not.toContain(secret);
});
