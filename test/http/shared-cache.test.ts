import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestGateway } from '../support/gateway.ts';
import type { TestGateway } from '../support/gateway.ts';
import { mutate } from '../support/mutate.ts';
import { forwardingHubSpotAt } from '../support/sources.ts';
import { provideVarnish, startVarnish } from '../support/varnish.ts';
import type { Varnish } from '../support/varnish.ts';

const varnishd = await provideVarnish();

/** Keeps everything for a minute, whatever the answer says and whoever asks: only `Vary` keeps callers apart. */
const keepEverything = `
  sub vcl_recv { if (req.method == "GET") { return (hash); } }
  sub vcl_backend_response { set beresp.ttl = 60s; return (deliver); }
  sub vcl_deliver { set resp.http.x-hits = obj.hits; }`;
const tenants = ['amber', 'cobalt'] as const;
const headersOf = (tenant: (typeof tenants)[number]) => ({
  'x-api-key': `key-of-${tenant}`,
  'x-hubspot-token': `token-of-${tenant}`,
});
const list = '{ pipelines { nodes { label } } }';

describe.skipIf(varnishd === null)('behind Varnish', { timeout: 60_000 }, () => {
  let gateway: TestGateway;
  let stock: Varnish;
  let greedy: Varnish;

  beforeAll(async () => {
    gateway = await startTestGateway({
      sources: (url) => [forwardingHubSpotAt(url)],
      env: {
        GATEWAY_API_KEYS: tenants.map((name) => `${name}:key-of-${name}:pipelines:read+pipelines:write`).join(','),
        GATEWAY_SDL_SECRET: 'router',
      },
    });
    for (const tenant of tenants) {
      const input = {
        sourceName: 'hubspot',
        objectType: 'deals',
        label: `${tenant} sales`,
        stages: [{ label: 'A', meta: { probability: 0.5 } }],
      };
      const { errors } = await mutate(gateway, 'createPipeline', input, '', headersOf(tenant));
      expect(errors).toEqual([]);
    }
    const path = varnishd ?? '';
    [stock, greedy] = await Promise.all([
      startVarnish(path, gateway.url),
      startVarnish(path, gateway.url, keepEverything),
    ]);
  }, 60_000);
  afterAll(async () => {
    await Promise.all([stock.close(), greedy.close()]);
    await gateway.close();
  });

  async function get({ url }: Varnish, query: string, headers: Record<string, string>) {
    const answer = await request(`${url}/graphql?query=${encodeURIComponent(query)}`, { headers });
    return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() };
  }

  test.each(['stock', 'greedy'] as const)(
    'nothing crosses from one tenant to another in a %s Varnish',
    async (kind) => {
      const varnish = kind === 'stock' ? stock : greedy;
      for (let round = 0; round < 3; round += 1) {
        for (const tenant of tenants) {
          const { status, text } = await get(varnish, list, headersOf(tenant));
          expect(status).toBe(200);
          expect(text).toContain(`${tenant} sales`);
          expect(text).not.toContain(tenants.find((other) => other !== tenant));
        }
      }
    },
  );

  test.each(['stock', 'greedy'] as const)('who is not let in gets nothing that a %s Varnish holds', async (kind) => {
    const varnish = kind === 'stock' ? stock : greedy;
    const { 'x-hubspot-token': token } = headersOf('amber');
    await get(varnish, list, headersOf('amber'));
    const strangers: readonly Record<string, string>[] = [
      { 'x-hubspot-token': token },
      { 'x-hubspot-token': token, 'x-api-key': 'wrong' },
      { 'x-hubspot-token': token, authorization: 'Bearer wrong' },
    ];
    for (const headers of strangers) {
      const { status, text } = await get(varnish, list, headers);
      expect([status, text.includes('sales')]).toEqual([401, false]);
    }
    // A refusal is not held against those who are let in, either.
    expect((await get(varnish, list, headersOf('amber'))).status).toBe(200);
  });

  test.each(['stock', 'greedy'] as const)('the SDL stays the router’s in a %s Varnish', async (kind) => {
    const varnish = kind === 'stock' ? stock : greedy;
    const asRouter = { ...headersOf('amber'), 'x-gateway-sdl-secret': 'router' };
    expect((await get(varnish, '{ _service { sdl } }', asRouter)).text).toContain('type Pipeline');
    const { text } = await get(varnish, '{ _service { sdl } }', headersOf('amber'));
    expect(text).toContain('FORBIDDEN');
  });

  test('a stock Varnish keeps no answer, not even for the same caller', async () => {
    const answers = [await get(stock, list, headersOf('amber')), await get(stock, list, headersOf('amber'))];
    // Varnish names two requests where it answers with what it kept for the first.
    for (const { headers } of answers) expect(headers['x-varnish']).toMatch(/^\d+$/);
  });

  test('the Varnish that keeps everything did keep, so that the tests above show what Vary does', async () => {
    await get(greedy, list, headersOf('cobalt'));
    expect(Number((await get(greedy, list, headersOf('cobalt'))).headers['x-hits'])).toBeGreaterThan(0);
  });
});
