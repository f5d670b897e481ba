import { auditServer } from 'graphql-http';
import { request } from 'undici';
import { describe, expect, test } from 'vitest';
import { useGateway } from '../support/use-gateway.ts';

const gateway = useGateway();

const get = (query: string, headers: Record<string, string> = {}) =>
  request(`${gateway.url}/graphql?query=${encodeURIComponent(query)}`, { headers });
test('the gateway passes all 61 audits of GraphQL over HTTP', async () => {
  const results = await auditServer({ url: `${gateway.url}/graphql` });
  expect(results.filter(({ status }) => status !== 'ok')).toEqual([]);
  expect(results).toHaveLength(61);
});

describe('requests that need no preflight', () => {
  test.each([
    ['same-origin', 200],
    ['none', 200],
    ['same-site', 400],
    ['cross-site', 400],
  ])(
    'a request that needs no preflight is answered by what the browser says of where it comes from: %s',
    async (site, status) => {
      const answer = await get('{ __typename }', { 'sec-fetch-site': site });
      expect(answer.statusCode).toBe(status);
      if (status === 400) expect(await answer.body.json()).toMatchObject({ errors: [{ message: /CSRF/ }] });
      else await answer.body.dump();
    },
  );
});
