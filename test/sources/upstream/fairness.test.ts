import { describe, expect, test, vi } from 'vitest';
import { mutate } from '../../support/mutate.ts';
import { toPipelineId } from '../../support/seed.ts';
import { startStubWorld } from '../stub-world.ts';
import type { StubRequest } from '../stub-world.ts';

const ids = (count: number, prefix = 'p'): string[] => Array.from({ length: count }, (_, n) => `${prefix}${n}`);
const codesOf = (outcomes: readonly { readonly code: string }[]) => new Set(outcomes.map(({ code }) => code));

describe('callers with tokens of their own', () => {
  test('an account that never answers holds a fixed part of the source, and another one is answered meanwhile', async () => {
    const { open, requestsOf, inFlight } = await startStubWorld(({ token }) => (token === 'slow' ? null : {}));
    const [slow, quick] = [open('slow'), open('quick')];
    let hasEnded = false;
    const flood = Promise.all(ids(300).map((id) => slow.read(id))).finally(() => (hasEnded = true));
    // Its answers are looked at below, unless something fails before.
    flood.catch(() => {});
    await vi.waitFor(() => expect(requestsOf('slow')).toHaveLength(32), 10_000);
    expect(codesOf(await Promise.all(ids(100).map((id) => quick.read(id))))).toEqual(new Set(['answer']));
    expect(hasEnded).toBe(false);
    expect(inFlight()).toBe(32);
    expect(await quick.circuit()).toBe('CLOSED');
    // Only what was sent had no answer; the others never had their turn.
    const timedOut = (await flood).filter(({ code }) => code === 'UPSTREAM_TIMEOUT');
    expect(timedOut.length).toBeLessThanOrEqual(64);
  }, 30_000);

  test('many accounts that never answer leave room for the next one', async () => {
    const { open, inFlight } = await startStubWorld(({ token }) => (token.startsWith('slow') ? null : {}));
    const slow = ids(40, 'slow').map(open);
    const deadline = { 'x-deadline-ms': '4000' };
    const flood = Promise.all(slow.flatMap((caller) => ids(10).map((id) => caller.read(id, deadline))));
    flood.catch(() => {});
    await vi.waitFor(() => expect(inFlight()).toBeGreaterThan(150), 5_000);
    const before = inFlight();
    expect(await open('quick').read('p')).toEqual({ code: 'answer' });
    expect(before).toBeLessThan(256);
    await flood;
  }, 30_000);

  test('an account that fails opens no circuit of another, and spends none of its retries', async () => {
    const { open, requestsOf } = await startStubWorld(({ token }) => ({ status: token === 'broken' ? 500 : 200 }));
    const [broken, fine] = [open('broken'), open('fine')];
    for (let n = 0; n < 5; n += 1) await Promise.all(ids(10).map((id) => broken.read(`${n}${id}`)));
    expect(await broken.circuit()).toBe('OPEN');
    expect(await fine.circuit()).toBe('CLOSED');
    expect(codesOf(await Promise.all(ids(50).map((id) => fine.read(id))))).toEqual(new Set(['answer']));
    expect(requestsOf('fine')).toHaveLength(50);
  });

  test('if ten accounts fail and none is answered, the source is left alone for all', async () => {
    const { open, requests } = await startStubWorld(() => ({ status: 500 }), {
      resilience: { circuitRetryMs: 600_000 },
    });
    for (const token of ids(10, 'caller')) await open(token).read('p', { 'x-deadline-ms': '900' });
    const before = requests.length;
    expect(await open('next').read('p')).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(await open('next').circuit()).toBe('OPEN');
    expect(requests).toHaveLength(before);
  });
});

describe('what is broken and what is not', () => {
  test('a history that fails refuses itself only: no other history, no look-up, no list and no write', async () => {
    const broken = /\/p1\/audit/;
    const { open, requests } = await startStubWorld(({ path }) => ({ status: broken.test(path) ? 500 : 200 }));
    const caller = open('one');
    for (let n = 0; n < 4; n += 1) await Promise.all(ids(10).map(() => caller.readAudit('p1')));
    const before = requests.filter(({ path }) => broken.test(path)).length;
    expect(await caller.readAudit('p1')).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(requests.filter(({ path }) => broken.test(path))).toHaveLength(before);
    const others = ids(35).map((n) => `o${n}`);
    const reads = [
      ...others.map((id) => caller.readAudit(id)),
      ...others.map((id) => caller.read(id)),
      caller.readList(),
    ];
    expect(codesOf(await Promise.all(reads))).toEqual(new Set(['answer']));
    expect((await mutate(caller, 'patchPipeline', { id: toPipelineId('p'), label: 'New' })).errors).toEqual([]);
  });

  test('all histories failing refuses no look-up', async () => {
    const { open } = await startStubWorld(({ path }) => ({ status: path.endsWith('/audit') ? 500 : 200 }));
    const caller = open('one');
    for (let n = 0; n < 4; n += 1) await Promise.all(ids(10).map((id) => caller.readAudit(id)));
    expect(await caller.circuit()).toBe('OPEN');
    expect(codesOf(await Promise.all(ids(35).map((id) => caller.read(id))))).toEqual(new Set(['answer']));
  });

  const slowly = ({ path }: StubRequest) =>
    new Promise<object>((resolve) => setTimeout(resolve, path.includes('early') ? 2_500 : 0, {}));

  test('callers with a short deadline open no circuit of an upstream that is slow', async () => {
    const caller = (await startStubWorld(slowly)).open('one');
    const early = ids(30, 'early').map((id) => caller.read(id, { 'x-deadline-ms': '1500' }));
    expect(codesOf(await Promise.all(early))).toEqual(new Set(['UPSTREAM_TIMEOUT']));
    expect(await caller.circuit()).toBe('CLOSED');
    expect(await caller.read('p')).toEqual({ code: 'answer' });
  });

  test('callers who hang up open no circuit of an upstream that is slow', async () => {
    const { gateway, open, requests, inFlight } = await startStubWorld(slowly);
    const callers = new AbortController();
    const early = ids(30, 'early').map((id) =>
      fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        signal: callers.signal,
        headers: { 'content-type': 'application/json', 'x-hubspot-token': 'one' },
        body: JSON.stringify({ query: `{ pipeline(id: "${toPipelineId(id)}") { id } }` }),
      }),
    );
    await vi.waitFor(() => expect(requests).toHaveLength(30), 10_000);
    callers.abort();
    await Promise.allSettled(early);
    await vi.waitFor(() => expect(inFlight()).toBe(0), 10_000);
    expect(await open('one').circuit()).toBe('CLOSED');
    expect(await open('one').read('p')).toEqual({ code: 'answer' });
  });
});
