import { execFile } from 'node:child_process';
import { copyFileSync, readdirSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Fastify from 'fastify';
import type { Browser } from 'playwright-core';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addGraphiql } from '../../src/http/graphiql.ts';
import { launchChromium, provideChromium } from '../support/chromium.ts';
import { useFolder } from '../support/folder.ts';
import { startTestGateway } from '../support/gateway.ts';
import { provideGraphiql } from '../support/graphiql-build.ts';
import { openGraphiql } from '../support/graphiql-page.ts';
import { useGateway } from '../support/use-gateway.ts';

const chromium = await provideChromium();

const folder = useFolder();
beforeAll(provideGraphiql, 120_000);
const gateway = useGateway({ graphiql: true });

/** The status and the content type of a path that is sent as it stands; a URL's would be made harmless first. */
function statusOf(path: string): Promise<number | undefined> {
  const { hostname, port } = new URL(gateway.url);
  return new Promise((resolve, reject) => {
    get({ hostname, port, path }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    }).on('error', reject);
  });
}

describe('what the gateway serves of GraphiQL', () => {
  test('GraphiQL is a page that may load, run and call nothing but the gateway', async () => {
    const { statusCode, headers, body } = await request(`${gateway.url}/graphiql`);
    await body.dump();
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    const policy = String(headers['content-security-policy']).split('; ');
    expect(policy).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self'",
        "connect-src 'self'",
        "frame-ancestors 'none'",
      ]),
    );
  });

  test('GraphiQL’s files have their types, and are kept for ever because their names change with their content', async () => {
    const names = readdirSync(new URL('../../dist-graphiql/assets/', import.meta.url));
    expect(names.length).toBeGreaterThan(10);
    for (const name of names) {
      const { statusCode, headers, body } = await request(`${gateway.url}/graphiql/assets/${name}`);
      await body.dump();
      expect(name).toMatch(/-[\w-]{8}\.(css|js|svg|ttf)$/);
      expect(statusCode).toBe(200);
      expect(headers['content-type']).toMatch(/^(text\/(css|javascript); charset=utf-8|image\/svg\+xml|font\/ttf)$/);
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    }
  });

  test.each([
    '/graphiql/index.html',
    '/graphiql/assets/',
    '/graphiql/assets/../../package.json',
    '/graphiql/assets/..%2f..%2fpackage.json',
    '/graphiql/assets/%2e%2e/%2e%2e/package.json',
    '/graphiql/assets/..%5c..%5cpackage.json',
    '/graphiql/assets//etc/passwd',
    '/graphiql/../package.json',
  ])('GraphiQL serves nothing at %s', async (path) => {
    expect(await statusOf(path)).toBe(404);
  });

  test('GraphiQL that was not built is a sentence that says how to build it', async () => {
    const app = Fastify();
    addGraphiql(app, new URL('nowhere/', import.meta.url));
    const { statusCode, headers, body } = await app.inject('/graphiql');
    await app.close();
    expect(statusCode).toBe(404);
    expect(headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(body).toBe('GraphiQL is not built. Run: npm run build:graphiql\n');
  });
});

describe('the root path', () => {
  const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

  test('the root leads a browser to GraphiQL', async () => {
    const { statusCode, headers } = await request(gateway.url, { headers: { accept: browser } });
    expect({ statusCode, location: headers.location }).toEqual({ statusCode: 302, location: '/graphiql' });
  });

  test.each(['*/*', 'application/json', undefined])(
    'the root tells a client that accepts %s what is where',
    async (accept) => {
      const { statusCode, body } = await request(gateway.url, { headers: accept === undefined ? {} : { accept } });
      expect(statusCode).toBe(200);
      expect(await body.json()).toMatchObject({ graphql: '/graphql', graphiql: '/graphiql' });
    },
  );

  test('the root tells everybody what is where while GraphiQL is off, and GraphiQL is nowhere', async () => {
    const off = await startTestGateway({ graphiql: false });
    try {
      const { statusCode, body } = await request(off.url, { headers: { accept: browser } });
      expect(statusCode).toBe(200);
      expect(await body.json()).not.toHaveProperty('graphiql');
      expect((await request(`${off.url}/graphiql`)).statusCode).toBe(404);
    } finally {
      await off.close();
    }
  });
});

describe.skipIf(chromium === null)('GraphiQL in Chromium', { timeout: 60_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium(chromium ?? '');
  });
  afterAll(() => browser.close());

  test('GraphiQL runs every example, one after the other, without a console error or a request to elsewhere', async () => {
    await gateway.sandbox.reset();
    const graphiql = await openGraphiql(browser, gateway.url);
    const renamed = { action: 'UPDATE', changes: [{ summary: expect.stringContaining('Yearly renewals') }] };
    const examples: readonly [name: string, shown: string, answer: object][] = [
      ['ListPipelines', 'DealStageMeta', { pipelines: { totalCount: 6, failures: [] } }],
      ['LookUpStage', 'Closed Won', { pipelineStageByKey: { outcome: 'WON', pipeline: { label: 'Sales Pipeline' } } }],
      ['CreatePipeline', 'Renewals', { createPipeline: { pipeline: { label: 'Renewals' }, errors: [] } }],
      ['RefusedInput', 'INVALID_INPUT', { createPipeline: { pipeline: null } }],
      ['AuditPipeline', 'Yearly renewals', { pipelineByKey: { audit: { totalCount: 2, nodes: [renamed, {}] } } }],
      ['PlanReplacement', 'REMOVED', { pipelineReplacePlan: { errors: [] } }],
    ];
    for (const [name, shown, data] of examples) {
      expect(await graphiql.run(name)).toMatchObject({ data });
      await graphiql.shows(shown);
      await graphiql.keepScreenshot(name);
    }
    expect(graphiql.problems).toEqual([]);
    await graphiql.close();
  });

  test.each([
    ['light', 'rgb(255, 255, 255)'],
    ['dark', 'rgb(33, 42, 59)'],
  ] as const)('GraphiQL is %s when the browser is', async (colorScheme, background) => {
    const graphiql = await openGraphiql(browser, gateway.url, { colorScheme });
    const { page } = graphiql;
    const backgroundColor = await page
      .locator('.graphiql-container')
      .evaluate((element) => element.ownerDocument.defaultView?.getComputedStyle(element).backgroundColor);
    expect(backgroundColor).toBe(background);
    await graphiql.run('ListPipelines');
    await graphiql.shows('DealStageMeta');
    await graphiql.keepScreenshot(colorScheme);
    expect(graphiql.problems).toEqual([]);
    await graphiql.close();
  });

  test('GraphiQL on a phone has the answer below the operation, and both as wide as there is room', async () => {
    const graphiql = await openGraphiql(browser, gateway.url, { viewport: { width: 400, height: 800 } });
    const { page } = graphiql;
    await graphiql.run('ListPipelines');
    await graphiql.shows('pipelines');
    const [operation, answer] = [
      await page.locator('.graphiql-editors').boundingBox(),
      await page.locator('.graphiql-response').boundingBox(),
    ];
    expect(operation?.width).toBeGreaterThan(280);
    expect(answer?.width).toBeGreaterThan(280);
    expect(answer?.y).toBeGreaterThanOrEqual((operation?.y ?? 0) + (operation?.height ?? 0));
    expect(await page.evaluate(() => globalThis.document.documentElement.scrollWidth)).toBe(400);
    await graphiql.keepScreenshot('phone');
    expect(graphiql.problems).toEqual([]);
    await graphiql.close();
  });

  test('GraphiQL shows the schema’s descriptions as documentation', async () => {
    const graphiql = await openGraphiql(browser, gateway.url);
    const { page } = graphiql;
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    await page.locator('.graphiql-doc-explorer').getByText('Query', { exact: true }).click();
    await page.locator('.graphiql-doc-explorer').getByText('pipelineByKey', { exact: true }).click();
    await page.getByText("The pipeline with an upstream's own id.").waitFor();
    await page.locator('.graphiql-doc-explorer').getByText('Pipeline', { exact: true }).click();
    await page.getByText('The stages that records of one object type move through.').waitFor();
    await graphiql.keepScreenshot('documentation');
    expect(graphiql.problems).toEqual([]);
    await graphiql.close();
  });

  test('GraphiQL opens with a key from its header editor, which it sends with every request and never stores', async () => {
    const key = 'very-secret';
    const closed = await startTestGateway({
      graphiql: true,
      env: { GATEWAY_API_KEYS: `me:${key}:pipelines:read` },
    });
    const graphiql = await openGraphiql(browser, closed.url);
    const { page } = graphiql;
    await graphiql.shows('UNAUTHENTICATED');
    await page.getByLabel('Headers').locator('.view-lines').filter({ visible: true }).click();
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText(`{ "x-api-key": "${key}" }`);
    // The editor has closed the bracket too.
    await page.keyboard.press('Delete');
    await page.getByRole('button', { name: 'Re-fetch GraphQL schema' }).click();
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    await page.getByText('Query', { exact: true }).waitFor();
    expect(await graphiql.run('ListPipelines')).toMatchObject({ data: { pipelines: { totalCount: 6 } } });
    await page.getByRole('tab', { name: 'LookUpStage' }).click();
    // Stored a little after the change of tabs, and with it all that was written in the first one.
    await page.waitForFunction(() => localStorage.getItem('graphiql:tabState')?.includes('"activeTabIndex":1'));
    const stored = await page.evaluate(() => [localStorage, sessionStorage].flatMap(Object.values).join());
    expect(stored).toContain('ListPipelines');
    expect(stored).not.toContain(key);
    await graphiql.close();
    await closed.close();
  });
});

test('the build of GraphiQL is left out, with one line, if vite is not installed', async () => {
  const script = join(folder.path, 'prepare.mjs');
  copyFileSync(new URL('../../scripts/prepare.js', import.meta.url), script);
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [script]);
  expect({ stdout, stderr }).toEqual({ stdout: 'GraphiQL is not built: vite is not installed.\n', stderr: '' });
});
