import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { toPipelineGlobalId, toStageGlobalId } from '../../../src/domain/ids.ts';
import type { ResilienceSettings } from '../../../src/sources/resilience.ts';
import { usualTimes } from '../../support/cache-times.ts';
import { openCaller } from '../../support/caller.ts';
import { startTestGateway } from '../../support/gateway.ts';
import type { TestGateway } from '../../support/gateway.ts';
import { mutate } from '../../support/mutate.ts';
import { forwardingHubSpotAt } from '../../support/sources.ts';

const base = '/crm/pipelines/2026-09/deals';
const noCache = { 'cache-control': 'no-cache' };
const bytes = 16 * 1024 * 1024;
const long = 3_600_000;
/** Bounds a hang. */
const timeoutMs = 15_000;

/** Each gateway's cache is always in one of the stages that a kept answer goes through. */
const times = {
  fresh: { ...usualTimes, freshMs: long, staleMs: long, staleOnErrorMs: long, maxBytes: bytes },
  refreshing: { ...usualTimes, freshMs: 0.001, staleMs: long, staleOnErrorMs: long, maxBytes: bytes },
  failing: { ...usualTimes, freshMs: 0.001, staleMs: 0.001, staleOnErrorMs: long, maxBytes: bytes },
  gone: { ...usualTimes, freshMs: 0.001, staleMs: 0.001, staleOnErrorMs: 0.001, maxBytes: bytes },
  off: { ...usualTimes, freshMs: 0, staleMs: long, staleOnErrorMs: long, maxBytes: bytes },
  small: { ...usualTimes, freshMs: long, staleMs: long, staleOnErrorMs: long, maxBytes: 60_000 },
} satisfies Record<string, ResilienceSettings['cache']>;
type Stage = keyof typeof times;
const gateways = new Map<Stage, TestGateway>();

/** A write drops what is kept of its place for every credential, so each test has a source of its own. */
const names = Array.from({ length: 40 }, (_, index) => `source-${index}`);
const free = [...names];

beforeAll(async () => {
  for (const [stage, cache] of Object.entries(times)) {
    const sources = (url: string) => names.map((name) => forwardingHubSpotAt(url, { name }));
    gateways.set(stage as Stage, await startTestGateway({ sources, resilience: { cache, circuitRetryMs: 100 } }));
  }
});
afterAll(async () => {
  await Promise.all([...gateways.values()].map((gateway) => gateway.close()));
});

function open(stage: Stage, sourceName = free.pop() ?? '') {
  const gateway = gateways.get(stage);
  if (gateway === undefined) throw new Error('The gateway is not there.');
  const caller = openCaller(gateway);
  const key = { sourceName, objectType: 'deals', pipelineId: 'default' };
  const id = toPipelineGlobalId(key);
  const list = async () => {
    const where = `where: { sourceNames: ["${sourceName}"], objectTypes: ["deals"] }`;
    return (await caller.ask(`{ pipelines(${where}) { nodes { label } failures { code } } }`)).data.pipelines;
  };
  const read = async (headers: Record<string, string> = {}) => {
    const { data, errors, extensions } = await caller.ask(`{ pipeline(id: "${id}") { label } }`, {}, headers);
    const answer = errors?.[0]?.extensions['code'] ?? data.pipeline?.label ?? null;
    return extensions?.['stale'] === undefined ? answer : { answer, stale: extensions['stale'] };
  };
  const sent = async () => (await caller.requests()).length;
  const rename = (label: string) => mutate(caller, 'patchPipeline', { id, label });
  /** Past the gateway, as anybody else may do; the log has it too. */
  const renameElsewhere = (label: string) => gateway.sandbox.call('PATCH', `${base}/default`, caller.token, { label });
  const archiveStage = () => {
    const input = { id: toStageGlobalId({ ...key, stageId: 'contractsent' }), validateReferences: false };
    return mutate(caller, 'archivePipelineStage', input, 'snapshot { label }');
  };
  return { sourceName, caller, list, read, sent, rename, renameElsewhere, archiveStage };
}

const kept = 'Sales Pipeline';
const saysStale = {
  answer: kept,
  stale: [{ sourceName: expect.stringMatching(/^source-/), objectType: 'deals', ageSeconds: expect.any(Number) }],
};

describe.concurrent('answers that are fresh', () => {
  test('what is fresh is served without asking, to its own credential only', async () => {
    const one = open('fresh');
    const other = open('fresh', one.sourceName);
    expect([await one.read(), await one.read(), await one.read()]).toEqual([kept, kept, kept]);
    expect(await one.sent()).toBe(1);
    await other.renameElsewhere('Other');
    expect(await other.read()).toBe('Other');
    expect(await one.read()).toBe(kept);
  });

  test('what is fresh is served while the upstream fails, and nothing says that it is stale', async () => {
    const { caller, read } = open('fresh');
    await read();
    await caller.fault({ fault: 'status', status: 500 });
    expect(await read()).toBe(kept);
  });

  test('a list that is fresh answers look-ups', async () => {
    const { list, read, sent } = open('fresh');
    await list();
    expect(await read()).toBe(kept);
    expect(await sent()).toBe(1);
  });

  test('what is fresh is read past by no-cache, which renews it', async () => {
    const { read, renameElsewhere, sent } = open('fresh');
    await read();
    await renameElsewhere('Renewed');
    expect([await read(), await read(noCache), await read()]).toEqual([kept, 'Renewed', 'Renewed']);
    expect(await sent()).toBe(3);
  });

  test('a list that is fresh is renewed by a look-up with no-cache', async () => {
    const { list, read, renameElsewhere } = open('fresh');
    await list();
    await renameElsewhere('Renewed');
    expect(await read(noCache)).toBe('Renewed');
    expect((await list()).nodes).toEqual([{ label: 'Renewed' }]);
  });

  test('what is kept is never answered to no-cache, not even if the upstream fails', async () => {
    const { caller, read } = open('fresh');
    await read();
    await caller.fault({ fault: 'status', status: 500 });
    expect(await read(noCache)).toBe('UPSTREAM_UNAVAILABLE');
    expect(await read()).toBe(kept);
  });

  test('what is kept is not what a write works from', async () => {
    const { caller, read, renameElsewhere, archiveStage } = open('fresh');
    await read();
    await renameElsewhere('Theirs');
    const { snapshot } = await archiveStage();
    expect(snapshot).toEqual({ label: 'Contract Sent' });
    expect(await read()).toBe('Theirs');
    expect((await caller.requests()).filter(({ method }) => method === 'GET').length).toBeGreaterThanOrEqual(3);
  });

  test('what is kept is dropped by a write, whatever becomes of it', async () => {
    const { caller, read, rename } = open('fresh');
    await read();
    await rename('Mine');
    expect(await read()).toBe('Mine');
    await caller.fault({ fault: 'reset', when: 'after', match: { method: 'PATCH' }, times: 1 });
    expect((await rename('Unknown')).errors).toMatchObject([{ code: 'UPSTREAM_OUTCOME_UNKNOWN' }]);
    expect(await read()).toBe('Unknown');
  });

  test('the cache is not filled with the old state by a read that was in flight during a write', async () => {
    const { caller, read, rename } = open('fresh');
    await caller.fault({ fault: 'latency', when: 'after', ms: 1_500, match: { method: 'GET' }, times: 1 });
    const before = read();
    await vi.waitFor(async () => expect(await caller.requests()).toHaveLength(1), timeoutMs);
    await rename('Mine');
    expect(await before).toBe(kept);
    expect([await read(), await read()]).toEqual(['Mine', 'Mine']);
  });

  test('the cache is bounded in memory: the oldest answer goes first', async () => {
    const callers = Array.from({ length: 12 }, () => open('small', names[0]));
    for (const { read } of callers) expect(await read()).toBe(kept);
    for (const { read } of callers.toReversed()) expect(await read()).toBe(kept);
    const sent = await Promise.all(callers.map((each) => each.sent()));
    expect(sent.at(-1)).toBe(1);
    expect(sent[0]).toBe(2);
  });
});

describe.concurrent('answers that are no longer fresh', () => {
  test('what is no longer fresh is served at once, while one refresh runs', async () => {
    const { caller, read, renameElsewhere, sent } = open('refreshing');
    await read();
    await renameElsewhere('Newer');
    const before = await sent();
    await caller.fault({ fault: 'latency', ms: 1_500, when: 'after', match: { method: 'GET' }, times: 1 });
    for (let n = 0; n < 5; n += 1) expect(await read()).toBe(kept);
    expect((await sent()) - before).toBeLessThanOrEqual(1);
    await vi.waitFor(async () => expect(await read()).toBe('Newer'), timeoutMs);
  });

  test('what is no longer fresh says that it is stale once a refresh has failed, and no longer when one has not', async () => {
    const { caller, read } = open('refreshing');
    await read();
    await caller.fault({ fault: 'status', status: 500, times: 3 });
    await vi.waitFor(async () => expect(await read()).toEqual(saysStale), timeoutMs);
    await vi.waitFor(async () => expect(await read()).toBe(kept), timeoutMs);
  });

  test.each([
    [401, 'UPSTREAM_UNAUTHENTICATED'],
    [403, 'UPSTREAM_FORBIDDEN'],
    [400, 'UPSTREAM_REJECTED'],
  ])('what is no longer fresh is not served once a refresh was answered with %i', async (status, code) => {
    const { caller, read } = open('refreshing');
    await read();
    await caller.fault({ fault: 'status', status });
    await vi.waitFor(async () => expect(await read()).toBe(code), timeoutMs);
  });

  test('what a write dropped is not brought back by a refresh that was under way during it', async () => {
    const { caller, read, rename } = open('refreshing');
    await read();
    await caller.fault({ fault: 'latency', when: 'after', ms: 1_000, match: { method: 'GET' }, times: 1 });
    await read();
    await vi.waitFor(async () => expect(await caller.requests()).toHaveLength(2), timeoutMs);
    await rename('Mine');
    for (let n = 0; n < 15; n += 1) {
      expect(await read()).toBe('Mine');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  });
});

describe.concurrent('answers that are too old to be served', () => {
  test.each([
    ['500', { fault: 'status', status: 500 }],
    ['429', { fault: 'status', status: 429 }],
    ['a cut connection', { fault: 'reset' }],
    ['other JSON', { fault: 'wrong-shape' }],
  ])('what is too old is served all the same if the upstream fails, and says so: %s', async (_, fault) => {
    const { caller, list, read } = open('failing');
    await read();
    await caller.fault(fault);
    expect(await read()).toEqual(saysStale);
    expect((await list()).failures).toMatchObject([{ code: expect.any(String) }]);
  });

  test.each([
    [401, 'UPSTREAM_UNAUTHENTICATED'],
    [403, 'UPSTREAM_FORBIDDEN'],
    [404, null],
  ])('what is too old is not served if the upstream answers %i', async (status, answer) => {
    const { caller, read } = open('failing');
    await read();
    await caller.fault({ fault: 'status', status });
    expect(await read()).toBe(answer);
  });

  test('what is too old is not served after a write, for it is older than that', async () => {
    const { caller, read, rename } = open('failing');
    await read();
    await rename('Mine');
    await caller.fault({ fault: 'status', status: 500 });
    // Kept since the write was read back.
    expect(await read()).toMatchObject({ answer: 'Mine' });
  });

  test('what is too old is not served after a write that failed either', async () => {
    const { caller, read, rename } = open('failing');
    await read();
    await caller.fault({ fault: 'status', status: 500, match: { method: 'PATCH' } });
    await rename('Mine');
    await caller.fault({ fault: 'status', status: 500 });
    expect(await read()).toBe('UPSTREAM_UNAVAILABLE');
  });

  test.each(['gone', 'off'] as const)(
    'what was kept is not served at all in the end, nor with the cache off: %s',
    async (stage) => {
      const { caller, read, sent } = open(stage);
      expect([await read(), await read()]).toEqual([kept, kept]);
      expect(await sent()).toBe(2);
      await caller.fault({ fault: 'status', status: 500 });
      expect(await read()).toBe('UPSTREAM_UNAVAILABLE');
    },
  );
});
