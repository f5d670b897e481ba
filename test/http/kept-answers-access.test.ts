import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { request } from 'undici';
import { keptForAMinute, startTestGateway } from '../support/gateway.ts';
import type { TestGateway, TestGatewayOptions } from '../support/gateway.ts';
import { forwardingHubSpotAt } from '../support/sources.ts';

const query = '{ pipelines(where: { objectTypes: ["deals"] }) { nodes { label } } }';
const secret = 'a-key-of-sixteen-characters';
const ann = { 'x-hubspot-token': 'ann' };

let gateway: TestGateway;
const closings: (() => Promise<void>)[] = [];
afterEach(async () => {
  await gateway.close();
  for (const close of closings.splice(0)) await close();
});

async function open(options: TestGatewayOptions = {}): Promise<void> {
  const sources = (url: string) => [forwardingHubSpotAt(url)];
  gateway = await startTestGateway({ sources, resilience: { cache: keptForAMinute }, ...options });
}

/** Whether answers to Ann were kept, as far as the metric tells. */
async function countHits(): Promise<number> {
  const { body } = await request(`${gateway.url}/metrics`);
  return Number(/kept_answers_total\{result="hit"\} (\d+)/.exec(await body.text())?.[1]);
}

const codeOf = ({ errors }: Pick<Awaited<ReturnType<TestGateway['ask']>>, 'errors'>) => errors?.[0]?.extensions['code'];

test('a kept answer is found by its own caller alone', async () => {
  await open();
  const path = '/crm/pipelines/2026-09/deals/default';
  for (const name of ['ann', 'bob']) await gateway.sandbox.call('PATCH', path, name, { label: `Of ${name}` });
  for (let round = 0; round < 3; round += 1) {
    for (const name of ['ann', 'bob']) {
      const { text } = await gateway.ask(query, {}, { 'x-hubspot-token': name });
      expect(text).toContain(`Of ${name}`);
      expect(text.match(/Of /g)).toHaveLength(1);
    }
  }
  expect(await countHits()).toBe(4);
  expect((await gateway.ask(query)).data.pipelines.nodes).toEqual([]);
  expect((await gateway.ask(query, {}, { 'x-hubspot-token': '' })).data.pipelines.nodes).toEqual([]);
});

test('a kept answer is for those alone who may read', async () => {
  const env = { GATEWAY_API_KEYS: `web:${secret}:pipelines:read,job:${secret}-2:pipelines:write` };
  await open({ env });
  const ask = (key: object) => gateway.ask(query, {}, { ...ann, ...key });
  for (let n = 0; n < 2; n += 1) expect(codeOf(await ask({ 'x-api-key': secret }))).toBeUndefined();
  expect(codeOf(await ask({ 'x-api-key': `${secret}-2` }))).toBe('FORBIDDEN');
  expect(codeOf(await ask({ 'x-api-key': 'another' }))).toBe('UNAUTHENTICATED');
  expect(codeOf(await ask({}))).toBe('UNAUTHENTICATED');
});

test('a kept answer is not for a page of another site, nor for a deadline that is none, nor above the rate', async () => {
  await open({ env: { GATEWAY_MAX_REQUESTS_PER_MINUTE: '8' } });
  const get = async (headers: Record<string, string>) => {
    const url = `${gateway.url}/graphql?query=${encodeURIComponent(query)}`;
    const answer = await request(url, { headers: { ...ann, ...headers } });
    await answer.body.dump();
    return answer.statusCode;
  };
  const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' };
  expect([await get({}), await get({}), await get({ 'x-deadline-ms': '9000' })]).toEqual([200, 200, 200]);
  expect([await get(foreign), await get({ 'x-deadline-ms': 'soon' })]).toEqual([400, 400]);
  expect([await get({}), await get({}), await get({}), await get({})]).toEqual([200, 200, 200, 429]);
});

test('a kept answer ends with the trust in its document', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'documents-'));
  closings.push(() => rm(folder, { recursive: true }));
  const file = join(folder, 'documents.json');
  await writeFile(file, JSON.stringify({ first: query }));
  await open({ env: { GATEWAY_OPERATIONS: 'only', GATEWAY_OPERATIONS_FILE: file } });
  for (let n = 0; n < 2; n += 1) expect(codeOf(await gateway.ask(query, {}, ann))).toBeUndefined();
  expect(await countHits()).toBe(1);
  await writeFile(file, JSON.stringify({ other: '{ viewer { name } }' }));
  await vi.waitFor(async () => expect(codeOf(await gateway.ask(query, {}, ann))).toBe('PERSISTED_QUERY_NOT_IN_LIST'), {
    timeout: 20_000,
    interval: 200,
  });
});

test('kept answers take no more memory than they may', async () => {
  await open({ env: { GATEWAY_ANSWERS_MEGABYTES: '1' } });
  const large = `{ pipelines(where: { objectTypes: ["deals"] }) { nodes { ${Array.from({ length: 100 }, (_, n) => `a${n}: label `).join('')} } } }`;
  for (let n = 0; n < 150; n += 1) await gateway.ask(`query Q${n} ${large}`, {}, ann);
  const { body } = await request(`${gateway.url}/metrics`);
  const bytesOf = new Map(
    [...(await body.text()).matchAll(/kept_answers_bytes\{state="(\w+)"\} (\d+)/g)].map(([, state, n]) => [
      state,
      Number(n),
    ]),
  );
  expect(bytesOf.get('allowed')).toBe(1024 * 1024);
  expect(bytesOf.get('used')).toBeLessThanOrEqual(1024 * 1024);
  expect(bytesOf.get('used')).toBeGreaterThan(256 * 1024);
});
