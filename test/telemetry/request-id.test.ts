import { createServer } from 'node:http';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestGateway } from '../support/gateway.ts';
import type { TestGateway } from '../support/gateway.ts';
import { listen } from '../support/listen.ts';
import { hubSpotAt } from '../support/sources.ts';

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** The request ids that reached the upstream. */
const received: (string | string[] | undefined)[] = [];
const upstream = createServer(({ headers }, response) => {
  received.push(headers['x-request-id']);
  response.setHeader('content-type', 'application/json').end('{"results": []}');
});

let gateway: TestGateway;
beforeAll(async () => {
  const url = await listen(upstream);
  gateway = await startTestGateway({ sources: () => [hubSpotAt(url)] });
});
afterAll(async () => {
  await gateway.close();
  upstream.close();
});

const query = '{ pipelines(where: { objectTypes: ["deals"] }) { totalCount } }';

describe('request ids', () => {
  test.each(['a', 'Root=1-67891233-abcdef012345678912345678', 'x'.repeat(128)])(
    'a request id that the caller brings, such as %s, goes to the upstream and back',
    async (id) => {
      const { headers } = await gateway.ask(query, {}, { 'x-request-id': id });
      expect(headers['x-request-id']).toBe(id);
      expect(received.at(-1)).toBe(id);
    },
  );

  test.each([
    ['is absent', {}],
    ['is empty', { 'x-request-id': '' }],
    ['is too long', { 'x-request-id': 'x'.repeat(129) }],
    ['could be anything', { 'x-request-id': 'a b"{}' }],
    ['comes twice', { 'x-request-id': ['a', 'b'] as never }],
  ])('a request id is made if the caller’s %s', async (_, headers) => {
    const answer = await gateway.ask(query, {}, headers);
    expect(answer.headers['x-request-id']).toMatch(uuid);
    expect(received.at(-1)).toBe(answer.headers['x-request-id']);
  });

  test.each(['/health/live', '/metrics', '/nowhere', '/graphql'])(
    'a request id is in the answer of %s as well',
    async (path) => {
      const { headers, body } = await request(gateway.url + path, { headers: { 'x-request-id': 'mine' } });
      await body.dump();
      expect(headers['x-request-id']).toBe('mine');
    },
  );
});
