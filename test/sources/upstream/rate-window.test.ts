import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Lane } from '../../../src/sources/upstream/lanes.ts';
import { createMemoryWindowLog } from '../../../src/sources/upstream/rate-window.ts';
import type { RateWindow, WindowLog } from '../../../src/sources/upstream/rate-window.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

const ours: RateWindow = { namedBy: 'configuration', policy: 'OURS', limit: 10, intervalMs: 60_000 };
const theirs: RateWindow = { namedBy: 'upstream', policy: 'THEIRS', limit: 4, intervalMs: 1_000 };

/** The ms to wait; 0 if a place was taken. */
async function take(log: WindowLog, lane: Lane = 'write', windows = [ours], key = 'key'): Promise<number> {
  return (await log.take(key, { windows, lane, isProbe: false })).waitMs;
}

async function takeAll(log: WindowLog, lane: Lane, windows = [ours]): Promise<number> {
  let count = 0;
  while ((await take(log, lane, windows)) === 0) count += 1;
  return count;
}

test('a window has room for writes when reads have none, for reads when refreshes have none, for those when audits have none', async () => {
  const log = createMemoryWindowLog();
  const lanes = ['audit', 'background', 'read', 'write'] as const;
  const taken: number[] = [];
  for (const lane of lanes) taken.push(await takeAll(log, lane));
  expect(taken).toEqual([5, 2, 2, 1]);
  expect(await log.count('key', ours)).toBe(10);
  expect(await take(log, 'read', [ours], 'other')).toBe(0);
});

test('a window gives a place back when it was taken for nothing', async () => {
  const log = createMemoryWindowLog();
  await takeAll(log, 'write');
  log.giveBack('key', [ours]);
  expect(await takeAll(log, 'write')).toBe(1);
});

test('a window knows what others used, and never more than there is', async () => {
  const log = createMemoryWindowLog();
  log.catchUp('key', ours, 4);
  log.catchUp('key', ours, 3);
  expect(await log.count('key', ours)).toBe(4);
  log.catchUp('key', ours, 4e9);
  expect(await log.count('key', ours)).toBe(10);
});

test('of two windows both are kept, and what one of them refuses is noted in neither', async () => {
  const log = createMemoryWindowLog();
  expect(await takeAll(log, 'write', [ours, theirs])).toBe(4);
  expect(await log.count('key', ours)).toBe(4);
  vi.advanceTimersByTime(1_001);
  expect(await takeAll(log, 'write', [ours, theirs])).toBe(4);
  vi.advanceTimersByTime(1_001);
  expect(await takeAll(log, 'write', [ours, theirs])).toBe(2);
  expect(await take(log, 'write', [ours, theirs])).toBeGreaterThan(57_000);
});

test('a window slides: whatever the times, no interval has more than its limit, and a wait that it names is enough', async () => {
  const log = createMemoryWindowLog();
  const times: number[] = [];
  for (let round = 0; round < 400; round += 1) {
    const waitMs = await take(log, 'write', [theirs]);
    if (waitMs === 0) times.push(performance.now());
    vi.advanceTimersByTime(waitMs > 0 ? waitMs : (round * 37) % 400);
    if (waitMs > 0) expect(await take(log, 'write', [theirs])).toBe(0);
    if (waitMs > 0) times.push(performance.now());
  }
  for (const start of times) {
    expect(times.filter((time) => time >= start && time < start + 1_000).length).toBeLessThanOrEqual(4);
  }
});

test('a window with a huge limit takes little memory, as requests close together share an entry', async () => {
  const huge = { ...theirs, limit: 100_000, intervalMs: 10_000 };
  const log = createMemoryWindowLog();
  const before = process.memoryUsage().heapUsed;
  for (let taken = 0; taken < 90_000; taken += 1) {
    if (taken % 100 === 0) vi.advanceTimersByTime(10);
    await take(log, 'write', [huge]);
  }
  expect(await log.count('key', huge)).toBe(90_000);
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(20e6);
});
