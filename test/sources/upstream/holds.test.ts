import { describe, expect, test, vi } from 'vitest';
import { mutate } from '../../support/mutate.ts';
import { toPipelineId } from '../../support/seed.ts';
import { scrapeOne } from '../../telemetry/samples.ts';
import { startStubWorld } from '../stub-world.ts';
import type { StubAnswer } from '../stub-world.ts';

const wait = (status: number, seconds = '3600'): StubAnswer => ({ status, headers: { 'retry-after': seconds } });
const long = { resilience: { circuitRetryMs: 600_000 } };
const short = { resilience: { circuitRetryMs: 300 } };
const refused = { code: 'UPSTREAM_UNAVAILABLE' };

describe('a 503 with a long Retry-After', () => {
  test('is a hold of the source that status and metrics show, with the time that is left', async () => {
    const { gateway, open, requests } = await startStubWorld(() => wait(503), long);
    expect(await open('one').read('p')).toMatchObject({ ...refused, retryAfterSeconds: 3600 });
    const told = await open('other').read('p');
    expect(told).toMatchObject(refused);
    expect(told.retryAfterSeconds).toBeGreaterThan(3500);
    expect(requests).toHaveLength(1);
    expect(await open('other').circuit()).toBe('OPEN');
    expect(await scrapeOne(gateway.url, 'upstream_holds')).toEqual([
      { labels: { source: 'hubspot', scope: 'source' }, value: 1 },
      { labels: { source: 'hubspot', scope: 'credential' }, value: 0 },
    ]);
    const shown = (await scrapeOne(gateway.url, 'circuit_state')).find(({ value }) => value === 1);
    expect(shown?.labels).toMatchObject({ state: 'OPEN' });
  });

  test('is tried by one read now and then, so that it is over for all once that is answered', async () => {
    let isOut = true;
    const { open, requests } = await startStubWorld(() => (isOut ? wait(503) : {}), short);
    const caller = open('one');
    await caller.read('p');
    expect(await caller.read('p')).toMatchObject(refused);
    expect(requests).toHaveLength(1);
    await vi.waitFor(async () => {
      await caller.read('p');
      expect(requests).toHaveLength(2);
    });
    isOut = false;
    await vi.waitFor(async () => expect(await caller.read('p')).toEqual({ code: 'answer' }));
    expect(requests).toHaveLength(3);
    expect(await caller.circuit()).toBe('CLOSED');
  });

  test('is the matter of one account if another one is answered', async () => {
    const { gateway, open, requestsOf } = await startStubWorld(
      ({ token }) => (token === 'one' ? wait(503) : {}),
      short,
    );
    await open('one').read('p');
    await vi.waitFor(async () => expect(await open('other').read('p')).toEqual({ code: 'answer' }));
    expect(await open('one').circuit()).toBe('OPEN');
    expect(await open('other').circuit()).toBe('CLOSED');
    const before = requestsOf('one').length;
    // From now on its refusals hold nobody else.
    await vi.waitFor(async () => {
      await open('one').read('p');
      expect(requestsOf('one').length).toBeGreaterThan(before);
    });
    expect(await open('other').read('p')).toEqual({ code: 'answer' });
    const holds = await scrapeOne(gateway.url, 'upstream_holds');
    expect(holds.map(({ value }) => value)).toEqual([0, 1]);
  });

  test('is never tried by a write, but by a read before it', async () => {
    const { open, requests } = await startStubWorld(() => wait(503), { resilience: { circuitRetryMs: 1 } });
    const caller = open('one');
    await caller.read('p');
    for (let n = 0; n < 3; n += 1) {
      const { errors } = await mutate(caller, 'patchPipeline', { id: toPipelineId('p'), label: 'New' });
      expect(errors).toMatchObject([{ ...refused, mayHaveBeenApplied: false }]);
    }
    expect(requests.map(({ method }) => method)).toEqual(['GET', 'GET', 'GET', 'GET']);
  });
});

describe.each([429, 423, 477])('a %i with a long Retry-After', (status) => {
  test('holds its account, which a read tries now and then, and no other', async () => {
    let isOut = true;
    const { open, requestsOf } = await startStubWorld(
      ({ token }) => (isOut && token === 'one' ? wait(status) : {}),
      short,
    );
    await open('one').read('p');
    const code = status === 429 ? 'UPSTREAM_RATE_LIMITED' : 'UPSTREAM_UNAVAILABLE';
    const told = await open('one').read('p');
    expect(told).toMatchObject({ code });
    expect(told.retryAfterSeconds).toBeGreaterThan(3500);
    expect(requestsOf('one')).toHaveLength(1);
    expect(await open('one').circuit()).toBe('OPEN');
    expect(await open('other').read('p')).toEqual({ code: 'answer' });
    isOut = false;
    await vi.waitFor(async () => expect(await open('one').read('p')).toEqual({ code: 'answer' }));
    expect(await open('one').circuit()).toBe('CLOSED');
  });
});

describe('a hold that ends within the time of a call', () => {
  test('is waited for', async () => {
    let asked = 0;
    const { open, requests } = await startStubWorld(() => ((asked += 1) === 1 ? wait(429, '1') : {}), long);
    const caller = open('one');
    const outcomes = await Promise.all(['a', 'b', 'c'].map((id) => caller.read(id)));
    expect(outcomes).toEqual(outcomes.map(() => ({ code: 'answer' })));
    const [first, , ...rest] = requests.toSorted((one, other) => one.at - other.at);
    expect(rest.at(-1)!.at - first!.at).toBeGreaterThanOrEqual(990);
  });
});
