import { afterEach, describe, expect, test } from 'vitest';
import { request } from 'undici';
import { toPipelineGlobalId } from '../../src/domain/ids.ts';
import { keptForAMinute, startTestGateway } from '../support/gateway.ts';
import type { TestGateway, TestGatewayOptions } from '../support/gateway.ts';
import { hubSpotAt } from '../support/sources.ts';

const list = '{ pipelines(where: { objectTypes: ["deals"] }) { nodes { id label stages { label } } } }';
const id = toPipelineGlobalId({ sourceName: 'hubspot', objectType: 'deals', pipelineId: 'default' });
const one = `{ pipeline(id: "${id}") { label } }`;
const noCache = { 'cache-control': 'no-cache' };
const alwaysThrough = { ...keptForAMinute, throughMs: 0 };

let gateway: TestGateway;
afterEach(async () => gateway.close());

async function open(options: TestGatewayOptions = {}): Promise<TestGateway> {
  gateway = await startTestGateway({
    sources: (url) => [hubSpotAt(url)],
    resilience: { cache: alwaysThrough },
    ...options,
  });
  return gateway;
}

/** How many requests were answered in each way so far. */
async function readCounts(): Promise<Record<string, number>> {
  const { body } = await request(`${gateway.url}/metrics`);
  const lines = (await body.text()).matchAll(/^pipeline_gateway_kept_answers_total\{result="(\w+)"\} (\d+)$/gm);
  return Object.fromEntries([...lines].map(([, result, count]) => [result, Number(count)]));
}

const rename = (label: string) =>
  gateway.sandbox.call('PATCH', '/crm/pipelines/2026-09/deals/default', 'sandbox-hubspot', { label });

describe('an equal request', () => {
  test.each([
    ['a list', list, {}],
    ['a look-up', one, {}],
    ['two look-ups', `{ a: pipeline(id: "${id}") { label } b: pipeline(id: "${id}") { stages { id } } }`, {}],
    ['what depends on the configuration alone', '{ pipelineSources { name capabilities } }', {}],
    [
      'entities',
      'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Pipeline { label } } }',
      { of: [{ __typename: 'Pipeline', id }] },
    ],
  ])('gets the bytes that are kept: %s', async (_, query, variables) => {
    await open();
    const first = await gateway.ask(query, variables);
    // A look-up is first answered by itself, and kept by what was read then.
    const answers = [await gateway.ask(query, variables), await gateway.ask(query, variables)];
    for (const { text } of answers) expect(text).toBe(first.text);
    expect(first.errors).toBeUndefined();
    expect(await readCounts()).toEqual({ hit: 2, confirmed: 0, assembled: 0, miss: 1 });
  });

  test('is counted and logged like every other operation', async () => {
    await open();
    const query = 'query Again { pipelines(where: { objectTypes: ["deals"] }) { totalCount } }';
    for (let n = 0; n < 3; n += 1) await gateway.ask(query);
    expect(await readCounts()).toMatchObject({ hit: 2 });
    const { body } = await request(`${gateway.url}/metrics`);
    expect(await body.text()).toContain('operations_total{operation="Again",type="query",outcome="OK"} 3');
    const lines = gateway.logLines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'operation');
    expect(lines).toMatchObject([1, 0, 0].map((upstreamRequests) => ({ operation: 'Again', upstreamRequests })));
  });

  test.each([
    ['other variables', { variables: { first: 1 } }, {}],
    ['another operation', { operationName: 'B' }, {}],
    ['another form of answers', {}, { accept: 'application/graphql-response+json' }],
  ])('is none with %s', async (_, differs, headers) => {
    await open();
    const query =
      'query A($first: Int) { pipelines(first: $first) { nodes { id } } } query B { pipelines { totalCount } }';
    const send = async (body: object, more: Record<string, string>) => {
      const sent = { method: 'POST', headers: { 'content-type': 'application/json', ...more } } as const;
      const answer = await request(`${gateway.url}/graphql`, { ...sent, body: JSON.stringify(body) });
      return { text: await answer.body.text(), type: answer.headers['content-type'] };
    };
    const plain = { query, operationName: 'A', variables: {} };
    const before = await send(plain, {});
    expect(await send({ ...plain, ...differs }, headers)).not.toEqual(before);
    expect(await send(plain, {})).toEqual(before);
    expect(await readCounts()).toEqual({ hit: 1, confirmed: 0, assembled: 0, miss: 2 });
  });
});

describe('a kept answer ends', () => {
  test('with a write', async () => {
    await open();
    for (let n = 0; n < 2; n += 1) await gateway.ask(list);
    const mutation = `mutation { patchPipeline(input: { id: "${id}", label: "Written" }) { pipeline { label } errors { message } } }`;
    expect((await gateway.ask(mutation)).data.patchPipeline.errors).toEqual([]);
    expect((await gateway.ask(list)).text).toContain('Written');
  });

  test('with a read that brought other bytes, though another operation made it', async () => {
    await open();
    for (let n = 0; n < 2; n += 1) await gateway.ask(list);
    await rename('Elsewhere');
    await gateway.ask('{ pipelines(where: { objectTypes: ["deals"] }) { totalCount } }', {}, noCache);
    expect((await gateway.ask(list)).text).toContain('Elsewhere');
  });

  test('with a newer list, for one that was looked up by itself', async () => {
    await open();
    for (let n = 0; n < 2; n += 1) await gateway.ask(one);
    await rename('Elsewhere');
    await gateway.ask(list);
    expect((await gateway.ask(one)).data.pipeline.label).toBe('Elsewhere');
  });

  test('with its time', async () => {
    await open({ resilience: { cache: { ...alwaysThrough, freshMs: 1, staleMs: 1, waitMs: 10_000 } } });
    for (let n = 0; n < 2; n += 1) await gateway.ask(list);
    await rename('Elsewhere');
    expect((await gateway.ask(list)).text).toContain('Elsewhere');
    expect(await readCounts()).toMatchObject({ hit: 0 });
  });
});

describe('what a kept answer was made from is read again', () => {
  test('for those who want nothing kept, and serves if it is the same', async () => {
    await open();
    const first = await gateway.ask(list);
    await gateway.sandbox.emptyLog();
    expect((await gateway.ask(list, {}, noCache)).text).toBe(first.text);
    expect(await gateway.sandbox.requests()).toHaveLength(1);
    await rename('Elsewhere');
    await gateway.sandbox.emptyLog();
    expect((await gateway.ask(list, {}, noCache)).text).toContain('Elsewhere');
    // What was read to see whether it is the same is what the new answer is made from.
    expect(await gateway.sandbox.requests()).toHaveLength(1);
    expect(await readCounts()).toEqual({ hit: 0, confirmed: 1, assembled: 0, miss: 2 });
  });

  test('and is not served where that fails', async () => {
    await open();
    await gateway.ask(list);
    await gateway.sandbox.fault({ fault: 'status', status: 401 });
    const { data } = await gateway.ask(list, {}, noCache);
    expect(data.pipelines).toMatchObject({ nodes: [] });
    expect(await readCounts()).toEqual({ hit: 0, confirmed: 0, assembled: 0, miss: 2 });
  });

  test('unless the answer tells when that was', async () => {
    await open();
    const query = `{ pipeline(id: "${id}") { readAt } }`;
    const { data } = await gateway.ask(query);
    expect((await gateway.ask(query)).data).toEqual(data);
    const later = await gateway.ask(query, {}, noCache);
    expect(later.data.pipeline.readAt > data.pipeline.readAt).toBe(true);
    expect((await gateway.ask(query)).data).toEqual(later.data);
    expect(await readCounts()).toMatchObject({ confirmed: 0 });
  });
});

describe('no answer is kept', () => {
  const missing = toPipelineGlobalId({ sourceName: 'hubspot', objectType: 'deals', pipelineId: 'none' });
  test.each([
    ['of a history', `{ pipeline(id: "${id}") { audit(first: 1) { nodes { id } } } }`],
    ['that shows how a source does', '{ pipelineSources { status { circuit } } }'],
    ['that shows who asks', '{ viewer { canRead } }'],
    ['with an error', '{ pipeline(id: "none") { id } }'],
    ['of something that is not there', `{ pipeline(id: "${missing}") { id } }`],
    [
      'that is the plan of a write',
      `{ restorePipelinePlan(input: { id: "${id}", at: "2020-01-01T00:00:00Z" }) { __typename } }`,
    ],
    ['to an introspection', '{ __schema { queryType { name } } }'],
    ['with the SDL', '{ _service { sdl } }'],
  ])('%s', async (_, query) => {
    await open();
    for (let n = 0; n < 3; n += 1) await gateway.ask(query);
    expect(await readCounts()).toEqual({ hit: 0, confirmed: 0, assembled: 0, miss: 3 });
  });

  test('of a mutation', async () => {
    await open();
    const mutation = `mutation { patchPipeline(input: { id: "${id}", label: "Same" }) { errors { message } } }`;
    for (let n = 0; n < 3; n += 1) await gateway.ask(mutation);
    expect(await readCounts()).toMatchObject({ hit: 0, confirmed: 0 });
  });

  test('of a list that could not be read, or is old', async () => {
    await open({ resilience: { cache: { ...alwaysThrough, freshMs: 1, staleMs: 1 } } });
    await gateway.ask(list);
    await gateway.sandbox.fault({ fault: 'status', status: 500 });
    for (let n = 0; n < 3; n += 1) {
      const { extensions } = await gateway.ask(list);
      expect(extensions).toHaveProperty('stale');
    }
    expect(await readCounts()).toMatchObject({ hit: 0, confirmed: 0 });
  });

  test('if none is to be', async () => {
    await open({ env: { GATEWAY_ANSWERS_MEGABYTES: '0' } });
    for (let n = 0; n < 3; n += 1) await gateway.ask(list);
    expect(await readCounts()).toMatchObject({ hit: 0, confirmed: 0 });
  });
});
