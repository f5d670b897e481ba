import { request } from 'undici';
import { describe, expect, test } from 'vitest';
import { forwardingHubSpotAt } from '../support/sources.ts';
import { useGateway } from '../support/use-gateway.ts';

const allowed = 'https://app.example.com';
const stranger = 'https://evil.example.com';
const gateway = useGateway({
  env: { GATEWAY_CORS_ORIGINS: `${allowed},https://*.vercel.app` },
  sources: (url) => [forwardingHubSpotAt(url)],
});

async function get(parameters: Record<string, string>, headers: Record<string, string>) {
  const answer = await request(`${gateway.url}/graphql?${new URLSearchParams(parameters).toString()}`, { headers });
  return { status: answer.statusCode, headers: answer.headers, body: (await answer.body.json()) as object };
}
const typename = { query: '{ __typename }' };
/** What a browser says of a fetch from a page of another site. */
const crossSite = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' };
const accept = 'application/graphql-response+json, application/graphql+json, application/json, text/event-stream';

describe('a GET of a page of another site', () => {
  test.each([allowed, 'https://board.vercel.app'])(
    'urql’s GET, as it sends it by default from the allowed origin %s, is answered',
    async (origin) => {
      const query = 'query Names { pipelineSources { name } }';
      const answer = await get({ operationName: 'Names', query, variables: '{}' }, { ...crossSite, accept, origin });
      expect([answer.status, answer.body]).toEqual([200, { data: { pipelineSources: [{ name: 'hubspot' }] } }]);
      expect(answer.headers['access-control-allow-origin']).toBe(origin);
    },
  );

  test.each<[string, Record<string, string>]>([
    ['of an origin that is not allowed', { ...crossSite, origin: stranger }],
    ['without an origin, as a form or an image sends it', { 'sec-fetch-site': 'cross-site' }],
    ['of the same site, but another origin', { 'sec-fetch-site': 'same-site', origin: stranger }],
    ['of a sandboxed frame', { ...crossSite, origin: 'null' }],
    ['with the user’s password for the gateway', { 'sec-fetch-site': 'cross-site', authorization: 'Basic eDp5' }],
    [
      'with a header that proves nothing, as proxies add it',
      { ...crossSite, traceparent: '00-0-0-00', 'x-request-id': 'a' },
    ],
    ['with a reload’s header', { 'sec-fetch-site': 'cross-site', 'cache-control': 'no-cache' }],
    ['with an empty proof', { 'sec-fetch-site': 'cross-site', 'x-api-key': '' }],
    [
      'as an image, to which a proxy added a key',
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'x-api-key': 'key' },
    ],
    [
      'as a navigation, to which a proxy added a token',
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', authorization: 'Bearer token' },
    ],
    [
      'of an origin that is not allowed, to which a proxy added a key',
      { ...crossSite, origin: stranger, 'x-api-key': 'k' },
    ],
  ])('a GET %s is refused as forged, and reaches no upstream', async (_, headers) => {
    await gateway.sandbox.emptyLog();
    const { status, body } = await get({ query: '{ pipelines { totalCount } }' }, headers);
    expect([status, body]).toEqual([
      400,
      { errors: [{ message: expect.stringContaining('CSRF'), extensions: { code: 'BAD_REQUEST' } }] },
    ]);
    expect(await gateway.sandbox.requests()).toEqual([]);
  });

  test.each([
    ['x-api-key', 'key'],
    ['authorization', 'Bearer token'],
    ['x-hubspot-token', 'token'],
    ['x-deadline-ms', '5000'],
    ['apollographql-client-name', 'board'],
    ['apollographql-client-version', '1'],
    ['apollo-require-preflight', 'true'],
    ['x-apollo-operation-name', 'Names'],
    ['content-type', 'application/json'],
  ])('a GET with the header %s, which no page sends without a preflight, is answered', async (name, value) => {
    expect((await get(typename, { origin: stranger, [name]: value })).status).toBe(200);
    expect((await get(typename, { 'sec-fetch-site': 'cross-site', [name]: value })).status).toBe(200);
  });
});

test('a GET from an allowed origin writes nothing', async () => {
  const query = 'mutation { archivePipeline(input: { id: "x" }) { errors { code } } }';
  expect((await get({ query }, { ...crossSite, origin: allowed })).status).toBe(405);
});
