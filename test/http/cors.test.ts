import { request } from 'undici';
import { describe, expect, test } from 'vitest';
import type { TestGateway } from '../support/gateway.ts';
import { useGateway } from '../support/use-gateway.ts';

const origin = 'https://app.example.com';
const open = useGateway({ env: { GATEWAY_CORS_ORIGINS: `${origin}, http://localhost:5173` } });
const closed = useGateway();

async function preflight(gateway: TestGateway, from: string) {
  const answer = await request(`${gateway.url}/graphql`, {
    method: 'OPTIONS',
    headers: {
      origin: from,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type,authorization',
    },
  });
  await answer.body.dump();
  return answer;
}

const split = (header: unknown) => new Set(String(header).split(/\s*,\s*/));

describe('with origins configured', () => {
  test.each([origin, 'http://localhost:5173'])(
    'a page of the configured origin %s may send what the gateway reads',
    async (from) => {
      const { statusCode, headers } = await preflight(open, from);
      expect(statusCode).toBe(204);
      expect(headers['access-control-allow-origin']).toBe(from);
      expect(split(headers['access-control-allow-methods'])).toEqual(new Set(['GET', 'POST']));
      expect(split(headers['access-control-allow-headers'])).toEqual(
        new Set([
          'content-type',
          'authorization',
          'x-api-key',
          'x-deadline-ms',
          'cache-control',
          'apollo-require-preflight',
          'x-request-id',
        ]),
      );
      expect(headers['access-control-allow-credentials']).toBeUndefined();
    },
  );

  test.each([
    ['another host', 'https://evil.example.com'],
    ['the same host by another scheme', 'http://app.example.com'],
    ['a host that begins alike', `${origin}.evil.com`],
    ['a page without an origin', 'null'],
  ])('%s may not send what the gateway reads, with origins configured', async (_, from) => {
    expect((await preflight(open, from)).headers['access-control-allow-origin']).toBeUndefined();
    const { headers } = await open.ask('{ __typename }', {}, { origin: from });
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  test('a page of a configured origin can read answers, refusals and when to come back', async () => {
    for (const query of ['{ __typename }', `{${'a '.repeat(20_000)}}`]) {
      const { headers } = await open.ask(query, {}, { origin });
      expect(headers['access-control-allow-origin']).toBe(origin);
      expect(split(headers['access-control-expose-headers'])).toEqual(new Set(['retry-after', 'x-request-id']));
      expect(split(headers['vary'])).toContain('Origin');
    }
  });
});

test('with no origin configured no page of another origin may ask', async () => {
  const { statusCode, headers } = await preflight(closed, origin);
  expect(statusCode).toBe(405);
  expect(headers['access-control-allow-origin']).toBeUndefined();
});
