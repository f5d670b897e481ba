import { request } from 'undici';
import { describe, expect, test } from 'vitest';
import { configProblems } from '../support/config-problems.ts';
import type { TestGateway } from '../support/gateway.ts';
import { forwardingHubSpotAt } from '../support/sources.ts';
import { useGateway } from '../support/use-gateway.ts';

const origin = 'https://app.example.com';
const preview = 'https://board-git-main.vercel.app';
const open = useGateway({
  env: {
    GATEWAY_CORS_ORIGINS: `${origin}, http://localhost:5173, https://*.vercel.app, https://pr-*.example.com:8443`,
    GATEWAY_CORS_HEADERS: 'X-Trace-Me, baggage',
    GATEWAY_MAX_REQUESTS_PER_MINUTE: '1000',
  },
  sources: (url) => [forwardingHubSpotAt(url)],
});
const withCookies = useGateway({ env: { GATEWAY_CORS_ORIGINS: origin, GATEWAY_CORS_CREDENTIALS: 'true' } });
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
  test.each([origin, 'http://localhost:5173', preview, 'https://pr-17.example.com:8443'])(
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
          'x-hubspot-token',
          'x-deadline-ms',
          'cache-control',
          'apollo-require-preflight',
          'x-apollo-operation-name',
          'apollographql-client-name',
          'apollographql-client-version',
          'traceparent',
          'x-request-id',
          'x-trace-me',
          'baggage',
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
    ['a pattern’s host without a label of its own', 'https://vercel.app'],
    ['a pattern’s host with nothing for the star', 'https://.vercel.app'],
    ['a pattern’s host with a label too many', 'https://a.b.vercel.app'],
    ['a pattern’s host by another scheme', 'http://board.vercel.app'],
    ['a pattern’s host at another port', 'https://board.vercel.app:444'],
    ['a host in which a pattern’s dot is a letter', 'https://boardxvercel.app'],
    ['a host that ends with a pattern', 'https://evil.com/.vercel.app'],
    ['a host that begins with a pattern', 'https://board.vercel.app.evil.com'],
    ['a label of which only a part fits', 'https://xpr-17.example.com:8443'],
  ])('%s may not send what the gateway reads, with origins configured', async (_, from) => {
    expect((await preflight(open, from)).headers['access-control-allow-origin']).toBeUndefined();
    const { headers } = await open.ask('{ __typename }', {}, { origin: from });
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  test('a page of a configured origin can read answers, refusals, when to come back and what it may still ask', async () => {
    for (const query of ['{ __typename }', `{${'a '.repeat(20_000)}}`]) {
      const { headers } = await open.ask(query, {}, { origin });
      expect(headers['access-control-allow-origin']).toBe(origin);
      const exposed = split(headers['access-control-expose-headers']);
      const limits = ['x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset'];
      expect(exposed).toEqual(new Set(['retry-after', 'x-request-id', ...limits]));
      for (const name of limits) expect(headers[name]).toMatch(/^\d+$/);
      expect(split(headers['vary'])).toContain('Origin');
    }
  });

  test('a page may have its cookies sent along if a setting says so', async () => {
    for (const { headers } of [
      await preflight(withCookies, origin),
      await withCookies.ask('{ __typename }', {}, { origin }),
    ]) {
      expect(headers['access-control-allow-credentials']).toBe('true');
      expect(headers['access-control-allow-origin']).toBe(origin);
    }
  });
});

test('with no origin configured no page of another origin may ask', async () => {
  const { statusCode, headers } = await preflight(closed, origin);
  expect(statusCode).toBe(405);
  expect(headers['access-control-allow-origin']).toBeUndefined();
});

describe('settings of other origins', () => {
  test.each([
    'https://*',
    'https://*.com',
    'https://app.*.example.com',
    'https://*.*.example.com',
    'https://*.example.com/',
    'https://*.example.*',
    'https://app.example.com:*',
    '*://app.example.com',
    '*',
    'ftp://*.example.com',
  ])('a start with the pattern %s, which can match no origin or too many, is refused', (pattern) => {
    expect(configProblems({ GATEWAY_CORS_ORIGINS: `${origin},${pattern}` })).toEqual([
      expect.stringMatching(
        /^GATEWAY_CORS_ORIGINS: entry 2 of 2 matches no origin: one \* may stand in the first label/,
      ),
    ]);
  });

  test('every entry that is wrong is named, of origins and of headers', () => {
    expect(
      configProblems({
        GATEWAY_CORS_ORIGINS: 'app.example.com,https://app.example.com/,https://ok.example.com,https://*.com',
        GATEWAY_CORS_HEADERS: 'x-ok,no header,*',
        GATEWAY_CORS_CREDENTIALS: 'maybe',
      }),
    ).toEqual([
      'GATEWAY_CORS_ORIGINS: entry 1 of 4 must be an origin such as https://app.example.com',
      'GATEWAY_CORS_ORIGINS: entry 2 of 4 must be an origin such as https://app.example.com',
      expect.stringMatching(/^GATEWAY_CORS_ORIGINS: entry 4 of 4 /),
      'GATEWAY_CORS_HEADERS: entry 2 of 3 must be the name of a header',
      'GATEWAY_CORS_HEADERS: entry 3 of 3 must be the name of a header',
      'GATEWAY_CORS_CREDENTIALS: must be true or false',
    ]);
  });
});
