import { createServer } from 'node:http';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium, provideChromium } from '../support/chromium.ts';
import { startTestGateway } from '../support/gateway.ts';
import type { TestGateway } from '../support/gateway.ts';
import { listen } from '../support/listen.ts';

const chromium = await provideChromium();

/** A site of an origin of its own, with one empty page. */
async function startSite() {
  const server = createServer((_, answer) => answer.setHeader('content-type', 'text/html').end('<!doctype html>'));
  return { origin: await listen(server), close: () => server.close() };
}

/** What a page's own script gets of an answer; null where the browser keeps the answer from it. */
function askFrom(page: Page, url: string, init: { readonly headers: Record<string, string>; readonly body: string }) {
  return page.evaluate(
    async ([url, init]) => {
      try {
        const answer = await fetch(`${url}/graphql`, { method: 'POST', ...init });
        return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.json() };
      } catch {
        return null;
      }
    },
    [url, init] as const,
  );
}

const list = JSON.stringify({ query: '{ pipelines { totalCount } }' });
const json = { 'content-type': 'application/json' };
const everyHeader = {
  ...json,
  authorization: 'Bearer nobody-asks-for-it',
  'x-api-key': 'nor-for-this',
  'x-deadline-ms': '5000',
  'cache-control': 'no-cache',
  'apollo-require-preflight': 'true',
  'x-request-id': 'from-another-origin',
  'x-apollo-operation-name': 'List',
  'apollographql-client-name': 'board',
  'apollographql-client-version': '1',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
};

describe.skipIf(chromium === null)('CORS in Chromium', { timeout: 60_000 }, () => {
  let friend: Awaited<ReturnType<typeof startSite>>;
  let stranger: Awaited<ReturnType<typeof startSite>>;
  let gateway: TestGateway;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    [friend, stranger] = await Promise.all([startSite(), startSite()]);
    gateway = await startTestGateway({ env: { GATEWAY_CORS_ORIGINS: friend.origin } });
    browser = await launchChromium(chromium ?? '');
    page = await browser.newPage();
  });
  afterAll(async () => {
    await browser.close();
    await gateway.close();
    friend.close();
    stranger.close();
  });
  afterEach(() => gateway.sandbox.reset());

  test('in Chromium, a page of an allowed origin asks with every header that the gateway reads', async () => {
    await page.goto(friend.origin);
    const answer = await askFrom(page, gateway.url, { headers: everyHeader, body: list });
    expect(answer).toMatchObject({
      status: 200,
      headers: { 'x-request-id': 'from-another-origin' },
      body: { data: { pipelines: { totalCount: 6 } } },
    });
  });

  test('in Chromium, a GET that needs no preflight is answered to an allowed origin and causes no call of any other', async () => {
    const getFrom = async (origin: string) => {
      await page.goto(origin);
      const url = `${gateway.url}/graphql?${new URLSearchParams(JSON.parse(list)).toString()}`;
      return page.evaluate(
        (url) =>
          fetch(url).then(
            (answer) => answer.json(),
            () => null,
          ),
        url,
      );
    };
    expect(await getFrom(stranger.origin)).toBeNull();
    expect(await gateway.sandbox.requests()).toEqual([]);
    expect(await getFrom(friend.origin)).toEqual({ data: { pipelines: { totalCount: 6 } } });
  });

  test('in Chromium, a page of an allowed origin reads when to come back', async () => {
    const busy = await startTestGateway({
      env: { GATEWAY_CORS_ORIGINS: friend.origin, GATEWAY_MAX_REQUESTS_PER_MINUTE: '1' },
    });
    await page.goto(friend.origin);
    await askFrom(page, busy.url, { headers: json, body: list });
    expect(await askFrom(page, busy.url, { headers: json, body: list })).toMatchObject({
      status: 429,
      headers: { 'retry-after': expect.stringMatching(/^\d+$/), 'x-ratelimit-remaining': '0' },
      body: { errors: [{ extensions: { code: 'RATE_LIMITED' } }] },
    });
    await busy.close();
  });

  test.each([
    ['as a client does', json],
    ['as a form does, without a preflight', { 'content-type': 'text/plain' }],
    ['with the proof of a preflight that it cannot have', { ...json, 'apollo-require-preflight': 'true' }],
  ])(
    'in Chromium, a page of any other origin gets no answer and causes no call when it asks %s',
    async (_, headers) => {
      await page.goto(stranger.origin);
      expect(await askFrom(page, gateway.url, { headers, body: list })).toBeNull();
      expect(await gateway.sandbox.requests()).toEqual([]);
    },
  );
});
