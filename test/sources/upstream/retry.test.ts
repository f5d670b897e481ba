import { describe, expect, test } from 'vitest';
import { toPipelineGlobalId } from '../../../src/domain/ids.ts';
import { openCaller } from '../../support/caller.ts';
import type { Caller } from '../../support/caller.ts';
import { mutate } from '../../support/mutate.ts';
import type { FaultRule } from '../../support/sandbox-control.ts';
import { forwardingHubSpotAt } from '../../support/sources.ts';
import { useGateway } from '../../support/use-gateway.ts';

const id = (sourceName: string) => toPipelineGlobalId({ sourceName, objectType: 'deals', pipelineId: 'default' });
const lookUp = 'query ($id: ID!) { pipeline(id: $id) { label } }';

/** So that the retries that one test uses up are no other's, each has a source of its own. */
const names = Array.from({ length: 40 }, (_, index) => `source-${index}`);
const free = [...names];
const gateway = useGateway({
  sources: (url) => names.map((name) => forwardingHubSpotAt(url, { name })),
  // Longer than any test takes: no read tries whether what asked to wait is back.
  resilience: { circuitRetryMs: 600_000 },
});

function open(caller: Caller = openCaller(gateway), sourceName = free.pop() ?? '') {
  const read = async (headers: Record<string, string> = {}) => {
    const { data, errors } = await caller.ask(lookUp, { id: id(sourceName) }, headers);
    return errors?.[0]?.extensions ?? data.pipeline;
  };
  const rename = async () => (await mutate(caller, 'patchPipeline', { id: id(sourceName), label: 'New' })).errors;
  return { caller, sourceName, read, rename };
}

const wait = (seconds: string) => ({ 'retry-after': seconds });
const daily = { status: 'error', errorType: 'RATE_LIMIT', policyName: 'DAILY' };

describe.concurrent('faults that go away', () => {
  const passing: readonly (readonly [string, FaultRule])[] = [
    ['500', { fault: 'status', status: 500 }],
    ['502 with HTML', { fault: 'html', status: 502, when: 'before' }],
    ['503', { fault: 'status', status: 503 }],
    ['503 with Retry-After', { fault: 'status', status: 503, headers: wait('0.1') }],
    ['423', { fault: 'status', status: 423 }],
    ['477', { fault: 'status', status: 477 }],
    ['429', { fault: 'status', status: 429 }],
    ['429 with Retry-After', { fault: 'status', status: 429, headers: wait('0.1') }],
    ['a cut connection', { fault: 'reset', when: 'before' }],
    ['a connection that is cut within the answer', { fault: 'reset', when: 'after', part: 'body' }],
  ];
  test.each(passing)('a fault that goes away is not seen by a read: %s', async (_, fault) => {
    const { caller, read } = open();
    await caller.fault({ ...fault, times: 2 });
    expect(await read()).toEqual({ label: 'Sales Pipeline' });
    expect(await caller.requests()).toHaveLength(3);
  });

  const certain = passing.filter(([name]) => /^(423|477|429)|with Retry-After/.test(name));
  test.each(certain)(
    'a fault that goes away is not seen by a write that certainly did not happen: %s',
    async (_, fault) => {
      const { caller, rename } = open();
      await caller.fault({ ...fault, match: { method: 'PATCH' }, times: 2 });
      expect(await rename()).toEqual([]);
      const lines = (await caller.requestLines()).map((line) => line.split(' ')[0]);
      // Read before the first sending, before each further one, and to see what came of it.
      expect(lines).toEqual(['GET', 'PATCH', 'GET', 'PATCH', 'GET', 'PATCH', 'GET']);
    },
  );

  const uncertain = passing.filter((each) => !certain.includes(each) && each[1].part !== 'body');
  test.each(uncertain)('a fault ends a write that may have happened, which is sent once: %s', async (_, fault) => {
    const { caller, rename } = open();
    await caller.fault({ ...fault, match: { method: 'PATCH' }, times: 1 });
    expect(await rename()).toMatchObject([{ code: 'UPSTREAM_OUTCOME_UNKNOWN', mayHaveBeenApplied: true }]);
    expect((await caller.requests()).filter(({ method }) => method === 'PATCH')).toHaveLength(1);
  });
});

describe('upstreams that ask to wait', () => {
  test.each([
    ['429', 'UPSTREAM_RATE_LIMITED'],
    ['503', 'UPSTREAM_UNAVAILABLE'],
    ['477', 'UPSTREAM_UNAVAILABLE'],
    ['423', 'UPSTREAM_UNAVAILABLE'],
  ])(
    'an upstream that asks with %s for longer than the time left is told on at once, and not asked again until then',
    async (status, code) => {
      const { caller, read, rename } = open();
      await caller.fault({ fault: 'status', status: Number(status), headers: wait('600'), times: 1 });
      const told = await read();
      expect(told).toMatchObject({ code, retryAfterSeconds: 600 });
      for (const again of [await read(), (await rename())[0]]) {
        expect(again).toMatchObject({ code });
        const seconds = Number(again.retryAfterSeconds ?? 600);
        expect(seconds > 500 && seconds <= 600).toBe(true);
      }
      expect(await caller.requests()).toHaveLength(1);
    },
  );

  test.each(['429', '477', '423'])(
    'an upstream that asks to wait with %s is left alone by that credential, and by no other',
    async (status) => {
      const { caller, read, sourceName } = open();
      await caller.fault({ fault: 'status', status: Number(status), headers: wait('600'), times: 1 });
      await read();
      expect(await open(openCaller(gateway), sourceName).read()).toEqual({ label: 'Sales Pipeline' });
    },
  );

  test('an upstream that asks to wait with 503 is left alone by everybody', async () => {
    const { caller, read, sourceName } = open();
    await caller.fault({ fault: 'status', status: 503, headers: wait('600'), times: 1 });
    await read();
    const other = open(openCaller(gateway), sourceName);
    expect(await other.read()).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(await other.caller.requests()).toEqual([]);
  });

  test('an upstream that asks to wait is asked again once the time is over', async () => {
    const { caller, read } = open();
    await caller.fault({ fault: 'status', status: 503, headers: wait('1'), times: 1 });
    expect(await read({ 'x-deadline-ms': '900' })).toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      retryAfterSeconds: 1,
    });
    expect(await read()).toEqual({ label: 'Sales Pipeline' });
    expect(await caller.requests()).toHaveLength(2);
  });

  test('an upstream that asks to wait until tomorrow is not asked a second time for the same thing', async () => {
    const { caller, read, rename } = open();
    await caller.fault({ fault: 'status', status: 429, body: daily });
    expect(await read()).toMatchObject({ code: 'UPSTREAM_RATE_LIMITED' });
    expect(await rename()).toMatchObject([
      { code: 'UPSTREAM_RATE_LIMITED', policy: 'DAILY', mayHaveBeenApplied: false },
    ]);
    expect(await caller.requests()).toHaveLength(2);
  });
});

describe('long outages', () => {
  test('a long outage is asked again for at most a tenth of the traffic, beside what was saved up', async () => {
    const { caller, sourceName } = open();
    // A move of the account opens no circuit, so every read reaches the upstream.
    await caller.fault({ fault: 'status', status: 477 });
    const reads = 200;
    const query = Array.from({ length: 20 }, (_, n) => n).map(async () => {
      for (let n = 0; n < reads / 20; n += 1) {
        const headers = { 'cache-control': 'no-cache' };
        await caller.ask(
          `{ pipelineByKey(sourceName: "${sourceName}", objectType: "tickets", pipelineId: "p${Math.random()}") { id } }`,
          {},
          headers,
        );
      }
    });
    await Promise.all(query);
    const sent = (await caller.requests()).length;
    expect(sent).toBeGreaterThan(reads);
    expect(sent).toBeLessThanOrEqual(reads * 1.1 + 10);
  });
});
