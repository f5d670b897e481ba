import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { PipelineFault } from '../../../src/domain/problems.ts';
import type { Call } from '../../../src/sources/source.ts';
import { toAnswer } from '../../../src/sources/upstream/answer.ts';
import type { UpstreamAnswer } from '../../../src/sources/upstream/answer.ts';
import type { ScheduledRequest } from '../../../src/sources/upstream/lanes.ts';
import { createMemoryWindowLog } from '../../../src/sources/upstream/rate-window.ts';
import type { RateWindow, WindowLog } from '../../../src/sources/upstream/rate-window.ts';
import { unexplained } from '../../../src/sources/upstream/rejection.ts';
import { createScheduler } from '../../../src/sources/upstream/scheduler.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

const deadlineMs = 10_000;
const answerWith = (status = 200): UpstreamAnswer => toAnswer(status, {}, '{}', () => unexplained);

/** A scheduler, and an upstream that answers when a test says so; what it gets is named `token/path`. */
function open(configured: RateWindow | null = null, log: WindowLog = createMemoryWindowLog()) {
  const sent: string[] = [];
  const open: ((answer: UpstreamAnswer) => void)[] = [];
  const scheduler = createScheduler({
    sourceName: 'crm',
    transport: {
      sourceName: 'crm',
      send: ({ path }, { credential }) => {
        sent.push(`${credential.hash}/${path.filter((segment) => typeof segment === 'string').join('/')}`);
        return new Promise((resolve) => void open.push(resolve));
      },
      close: async () => {},
    },
    log,
    configured,
    readReports: () => [],
    retryPolicy: { delaysMs: new Map(), lastingLimits: [] },
    fairTimeMs: deadlineMs / 2,
    circuitRetryMs: 10_000,
    probe: { method: 'GET', path: ['probe'] },
  });
  /** The code of what it came to. */
  const send = async (name: string, more: Partial<Call> = {}, request: Partial<ScheduledRequest> = {}) => {
    const [token = '', path = ''] = name.split('/');
    try {
      const answer = await scheduler.send({ method: 'GET', path: [path], ...request }, toCall(token, more), 0);
      return answer.status;
    } catch (error) {
      return error instanceof PipelineFault ? error.problems[0].code : error;
    }
  };
  const answer = async (count = open.length) => {
    for (const resolve of open.splice(0, count)) resolve(answerWith());
    await vi.advanceTimersByTimeAsync(0);
  };
  return { scheduler, sent, send, answer };
}

function toCall(token: string, more: Partial<Call>): Call {
  const endsAt = performance.now() + deadlineMs;
  const controller = new AbortController();
  setTimeout(() => controller.abort(), deadlineMs);
  return {
    credential: { token, hash: token },
    signal: controller.signal,
    timeLeftMs: () => endsAt - performance.now(),
    reading: 'stored',
    isBackground: false,
    noteWriteLeft: () => {},
    noteStale: () => {},
    noteKept: () => {},
    missed: [],
    observer: { begin: () => ({ headers: {}, end: () => {} }) },
    ...more,
  };
}

const write = { method: 'PATCH' } as const;
const audit = { kind: 'audit' } as const;
const names = (token: string, count: number) => Array.from({ length: count }, (_, n) => `${token}/${n}`);
const ours: RateWindow = { namedBy: 'configuration', policy: 'OURS', limit: 10, intervalMs: 1_000 };

describe('turns', () => {
  test('calls of one lane leave in the order in which they came, whatever their number', async () => {
    const { sent, send, answer } = open(ours);
    const calls = names('a', 60).map((name) => send(name));
    for (let round = 0; round < 70; round += 1) {
      await answer();
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(await Promise.all(calls)).toEqual(calls.map(() => 200));
    expect(sent).toEqual(names('a', 60));
  });

  test('credentials have slots by turns, not by how much they want or when they came', async () => {
    const { sent, send, answer } = open();
    const flooding = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];
    for (const token of flooding) for (const name of names(token, 200)) void send(name);
    expect(sent.length).toBeLessThan(256);
    const late = names('late', 40).map((name) => send(name));
    for (let round = 0; round < 8; round += 1) await answer();
    expect(await Promise.all(late)).toEqual(late.map(() => 200));
    const counts = flooding.map((token) => sent.filter((name) => name.startsWith(`${token}/`)).length);
    expect(Math.max(...counts)).toBeLessThan(200);
    expect(Math.max(...counts)).toBeLessThan(2 * Math.min(...counts));
  });

  test('a write goes before reads that wait, a read before histories, those before a refresh', async () => {
    const { scheduler, sent, send } = open();
    scheduler.hold(429, 1_000, toCall('a', {}));
    void send('a/refresh', { isBackground: true });
    void send('a/history', {}, audit);
    void send('a/read');
    void send('a/write', {}, write);
    expect(sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(sent).toEqual(['a/write', 'a/read', 'a/history', 'a/refresh']);
  });

  test('histories leave slots to reads, and reads to writes', async () => {
    const { sent, send } = open();
    for (const name of names('a', 50)) void send(name, {}, audit);
    expect(sent).toHaveLength(18);
    for (const name of names('a', 50)) void send(name);
    expect(sent).toHaveLength(32);
    for (const name of names('a', 50)) void send(name, {}, write);
    expect(sent).toHaveLength(36);
  });
});

describe('what ends while it waits', () => {
  test('is told at its deadline that it never had its turn, and uses nothing of the limit', async () => {
    const log = createMemoryWindowLog();
    const { sent, send } = open({ ...ours, limit: 1_000, intervalMs: 60_000 }, log);
    const calls = names('a', 50).map((name) => send(name));
    await vi.advanceTimersByTimeAsync(deadlineMs);
    expect(await Promise.all(calls.slice(32))).toEqual(Array(18).fill('UPSTREAM_RATE_LIMITED'));
    expect(sent).toHaveLength(32);
    expect(await log.count('crm:a', { ...ours, intervalMs: 60_000 })).toBe(32);
  });

  test('is told at once if the limit has no place in its time', async () => {
    const { sent, send } = open({ ...ours, intervalMs: deadlineMs * 2 });
    const calls = names('a', 12).map((name) => send(name));
    await vi.advanceTimersByTimeAsync(0);
    expect(await Promise.all(calls.slice(9))).toEqual(Array(3).fill('UPSTREAM_RATE_LIMITED'));
    expect(sent).toHaveLength(9);
  });

  test('leaves its place in a shared limit to the next one, or gives it back', async () => {
    const alone = createMemoryWindowLog();
    const later: (() => void)[] = [];
    const shared: WindowLog = {
      ...alone,
      take: (...wanted) => new Promise((resolve) => void later.push(() => resolve(alone.take(...wanted)))),
    };
    const { sent, send } = open(ours, shared);
    const leaving = new AbortController();
    const [first, second] = [send('a/first', { signal: leaving.signal }), send('a/second')];
    leaving.abort();
    later.shift()?.();
    await vi.advanceTimersByTimeAsync(0);
    expect(await first).toBe('UPSTREAM_RATE_LIMITED');
    expect(sent).toEqual(['a/second']);
    const last = new AbortController();
    const third = send('a/third', { signal: last.signal });
    last.abort();
    later.shift()?.();
    await vi.advanceTimersByTimeAsync(0);
    expect(await third).toBe('UPSTREAM_RATE_LIMITED');
    expect(await alone.count('crm:a', ours)).toBe(1);
    void second;
  });
});

describe('a write that had to wait for long', () => {
  /** A write behind 36 others. */
  async function startBlocked(beforeResend: NonNullable<Call['beforeResend']>, waitedMs = 1_000) {
    const world = open();
    for (const name of names('a', 36)) void world.send(name, {}, write);
    const blocked = world.send('a/blocked', { beforeResend }, write);
    await vi.advanceTimersByTimeAsync(waitedMs);
    return { ...world, blocked };
  }

  test('looks again before it leaves', async () => {
    const looked: number[] = [];
    const { sent, answer, blocked } = await startBlocked(async (sends) => void looked.push(sends));
    expect(looked).toEqual([]);
    await answer(1);
    expect(looked).toEqual([0]);
    await answer();
    expect(sent.at(-1)).toBe('a/blocked');
    expect(await blocked).toBe(200);
  });

  test('is given up if what it saw is no longer so', async () => {
    const { sent, answer, blocked } = await startBlocked(() => Promise.reject(new Error('gone')));
    await answer();
    expect(await blocked).toEqual(new Error('gone'));
    expect(sent).not.toContain('a/blocked');
  });

  test('lends its slot to what it looks with', async () => {
    const { sent, send, answer, blocked } = await startBlocked(async () => void (await send('a/look', {}, write)));
    await answer(1);
    expect(sent.at(-1)).toBe('a/look');
    await answer();
    await answer();
    expect(await blocked).toBe(200);
  });

  test('does not look again if it waited for a moment only', async () => {
    const beforeResend = vi.fn<NonNullable<Call['beforeResend']>>();
    const { answer, blocked } = await startBlocked(beforeResend, 900);
    await answer();
    await answer();
    expect(await blocked).toBe(200);
    expect(beforeResend).not.toHaveBeenCalled();
  });
});

test('what is kept of credentials is bounded', async () => {
  const { scheduler, send, answer } = open(ours);
  for (let n = 0; n < 12_000; n += 1) void send(`token-${n}/p`);
  for (let n = 0; n < 100; n += 1) await answer();
  expect([...scheduler.tenants.values()].length).toBeLessThanOrEqual(10_000);
  expect(scheduler.waiting()).toBe(0);
});
