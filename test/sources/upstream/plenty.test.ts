import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { usualTimes } from '../../support/cache-times.ts';
import { startTestGateway } from '../../support/gateway.ts';
import { mutate } from '../../support/mutate.ts';
import { toPipelineId } from '../../support/seed.ts';
import { startUpstream } from '../../support/test-upstream.ts';
import { scrapeOne } from '../../telemetry/samples.ts';
import { toSettings } from '../kinds.ts';
import { startStubWorld } from '../stub-world.ts';

const closings: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0)) await close();
});

/** An organization API that has every pipeline, takes a while for each, and has no list call. */
async function startOrganization(settings: object = {}) {
  const upstream = await startUpstream(({ url = '' }, response) => {
    const id = new URL(url, 'http://upstream').searchParams.get('pipelineId') ?? 'f'.repeat(24);
    const type = new URL(url, 'http://upstream').searchParams.get('type');
    const pipelineStages = [{ _id: 'a'.repeat(24), name: 'A', color: '#112233', position: 0 }];
    setTimeout(() => response.end(JSON.stringify({ _id: id, name: id, type, pipelineStages })), 20);
  });
  const source = { ...toSettings({ kind: 'organization' }, upstream.url), ...settings };
  const gateway = await startTestGateway({ sources: () => [source] });
  closings.push(
    () => gateway.close(),
    () => upstream.close(),
  );
  const ask: typeof gateway.ask = (...asked) => gateway.ask(...asked);
  return { ask, upstream };
}

const hexIds = (count: number): string[] => Array.from({ length: count }, (_, n) => n.toString(16).padStart(24, '0'));

const listing = `query ($ids: [String!]) {
  pipelines(where: { objectTypes: ["Contact"], pipelineIds: $ids }, first: 500) {
    nodes { pipelineId } failures { code retryAfterSeconds } } }`;
const entities = 'query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename } }';

function toRepresentations(ids: readonly string[]): readonly object[] {
  return ids.map((pipelineId) => ({ __typename: 'Pipeline', sourceName: 'crm', objectType: 'Contact', pipelineId }));
}

describe('an API without a list call', () => {
  test.each([273, 500])('is asked for all of %i pipelineIds, in turn', async (count) => {
    const { ask, upstream } = await startOrganization();
    const { data } = await ask(listing, { ids: hexIds(count) });
    expect(data.pipelines.failures).toEqual([]);
    expect(data.pipelines.nodes).toHaveLength(count);
    expect(upstream.mostInFlight()).toBeLessThanOrEqual(32);
  });

  test('is asked for all of 1,000 representations, in turn', async () => {
    const { ask, upstream } = await startOrganization();
    const { data, errors } = await ask(entities, { representations: toRepresentations(hexIds(1_000)) });
    expect(errors).toBeUndefined();
    expect(data._entities.every((entity: object | null) => entity !== null)).toBe(true);
    expect(upstream.received()).toBe(1_000);
  });

  test('is asked for what its rate limit allows, and the rest is told to be too much', async () => {
    // Time for two windows, and not for a third.
    const limit = { policy: 'OURS', limit: 100, intervalSeconds: 2 };
    const { ask, upstream } = await startOrganization({ rateLimits: [limit] });
    const representations = toRepresentations(hexIds(1_000));
    const { data, errors = [] } = await ask(entities, { representations }, { 'x-deadline-ms': '4000' });
    const codes = new Set(errors.map(({ extensions }) => extensions['code']));
    expect(codes).toEqual(new Set(['UPSTREAM_RATE_LIMITED']));
    for (const { extensions } of errors) expect(extensions['retryAfterSeconds']).toBeGreaterThan(0);
    const found = data._entities.filter((entity: object | null) => entity !== null);
    expect(found.length).toBe(180);
    expect(found).toHaveLength(upstream.received());
    expect(found.length + errors.length).toBe(1_000);
  });
});

describe('a limit of requests', () => {
  const tenSecondly = { policy: 'OURS', limit: 100, intervalSeconds: 10 };
  const limited = { settings: { rateLimits: [tenSecondly] } };

  test('is not spent by histories: look-ups and writes beside them find a place', async () => {
    const stages = Array.from({ length: 200 }, (_, n) => ({
      id: `s${n}`,
      label: `S${n}`,
      displayOrder: n,
      metadata: {},
    }));
    const many = { id: 'many', label: 'Many', displayOrder: 0, stages };
    const { open, requests } = await startStubWorld(
      ({ path }) => (path.endsWith('/many') ? { body: many } : {}),
      limited,
    );
    const caller = open('one');
    const histories = caller.ask(
      '{ pipelineByKey(sourceName: "hubspot", objectType: "deals", pipelineId: "many") { stages { audit(first: 1) { totalCount } } } }',
      {},
      { 'x-deadline-ms': '3000' },
    );
    const audits = () => requests.filter(({ path }) => path.endsWith('/audit')).length;
    // Half of the limit, less the read of the pipeline.
    await vi.waitFor(() => expect(audits()).toBe(49), 10_000);
    const reads = await Promise.all(Array.from({ length: 5 }, (_, n) => caller.read(`p${n}`)));
    expect(new Set(reads.map(({ code }) => code))).toEqual(new Set(['answer']));
    expect((await mutate(caller, 'patchPipeline', { id: toPipelineId('p'), label: 'p' })).errors).toEqual([]);
    await histories;
    expect(audits()).toBe(49);
  });

  test('is not spent by reads: a write finds a place for itself and for the reads round it', async () => {
    const { open, requests } = await startStubWorld(
      ({ method }) => ({ status: method === 'GET' ? 200 : 400 }),
      limited,
    );
    const caller = open('one');
    const reads = Array.from({ length: 200 }, (_, n) => caller.read(`p${n}`, { 'x-deadline-ms': '3000' }));
    const codes = (await Promise.all(reads)).map(({ code }) => code);
    expect(new Set(codes)).toEqual(new Set(['answer', 'UPSTREAM_RATE_LIMITED']));
    const spent = requests.length;
    expect(spent).toBe(90);
    const input = { id: toPipelineId('p'), label: 'New' };
    const { errors } = await mutate(caller, 'patchPipeline', input, '', { 'x-deadline-ms': '3000' });
    expect(errors).toMatchObject([{ code: 'UPSTREAM_REJECTED' }]);
    expect(requests.slice(spent).map(({ method }) => method)).toEqual(['GET', 'PATCH']);
  });

  test('lets nobody who asks anew wait behind a refresh that has no place', async () => {
    const cache = { ...usualTimes, freshMs: 1, staleMs: 3_600_000, staleOnErrorMs: 3_600_000, maxBytes: 1_000_000 };
    const { gateway, open, requests } = await startStubWorld(() => ({}), {
      settings: { rateLimits: [{ ...tenSecondly, limit: 10, intervalSeconds: 5 }] },
      resilience: { cache },
    });
    const caller = open('one');
    const stored = () =>
      caller.ask('{ pipelineByKey(sourceName: "hubspot", objectType: "deals", pipelineId: "p") { id } }');
    await stored();
    for (let n = 0; n < 6; n += 1) await caller.read(`other${n}`);
    await stored();
    await vi.waitFor(async () => expect((await scrapeOne(gateway.url, 'upstream_waiting'))[0]?.value).toBe(1));
    expect(await caller.read('p', { 'x-deadline-ms': '2000' })).toEqual({ code: 'answer' });
    expect(requests.filter(({ path }) => path.endsWith('/p'))).toHaveLength(2);
  });

  test('is not used up by calls that end while they wait', async () => {
    const { open, requests } = await startStubWorld(
      ({ path }) => (path.includes('slow') ? new Promise((resolve) => setTimeout(resolve, 4_000, {})) : {}),
      limited,
    );
    const caller = open('one');
    const slow = Array.from({ length: 32 }, (_, n) => caller.read(`slow${n}`));
    await sleep(100);
    const dead = Array.from({ length: 200 }, (_, n) => caller.read(`dead${n}`, { 'x-deadline-ms': '2000' }));
    const codes = new Set((await Promise.all(dead)).map(({ code }) => code));
    expect(codes).toEqual(new Set(['UPSTREAM_RATE_LIMITED']));
    await Promise.all(slow);
    expect(requests).toHaveLength(32);
    const { data } = await caller.ask('{ pipelineSources { status { rateLimits { remaining } } } }');
    expect(data.pipelineSources[0].status.rateLimits).toEqual([{ remaining: 68 }]);
  });

  test('is the smaller of what the upstream reports and what the configuration names', async () => {
    const headers = {
      'x-hubspot-ratelimit-max': '100',
      'x-hubspot-ratelimit-remaining': '99',
      'x-hubspot-ratelimit-interval-milliseconds': '10000',
    };
    const small = { settings: { rateLimits: [{ ...tenSecondly, limit: 10 }] } };
    const { open, requests } = await startStubWorld(() => ({ headers }), small);
    const caller = open('one');
    for (let n = 0; n < 20; n += 1) await caller.read(`p${n}`, { 'x-deadline-ms': '900' });
    expect(requests).toHaveLength(9);
  });

  test.each(['999999999', '99999999999999999999', '-1', '0', 'NaN', '1e400', ''])(
    'is believed as far as it can be, if the upstream reports %j',
    async (number) => {
      const headers = Object.fromEntries(
        ['max', 'remaining', 'interval-milliseconds', 'daily', 'daily-remaining'].flatMap((name, index) => [
          [`x-hubspot-ratelimit-${name}`, index === 0 ? number : '1'],
        ]),
      );
      const { open } = await startStubWorld(() => ({ headers }));
      for (let n = 0; n < 3; n += 1) expect(await open('one').read(`p${n}`)).toEqual({ code: 'answer' });
    },
  );
});
