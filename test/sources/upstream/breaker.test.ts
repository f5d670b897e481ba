import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createBreaker } from '../../../src/sources/upstream/breaker.ts';
import type { Breaker } from '../../../src/sources/upstream/breaker.ts';
import type { Trial } from '../../../src/sources/upstream/hold.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

const retryMs = 1_000;

function fail(breaker: Breaker, count: number, toPath = (n: number) => `p${n}`): void {
  for (let n = 0; n < count; n += 1) breaker.note(toPath(n), true);
}

/** The trial that is due; fails if none is. */
function dueTrial(breaker: Breaker, path = 'any'): Trial {
  const verdict = breaker.judge(path);
  if (typeof verdict === 'string') throw new Error(`No trial is due: ${verdict}`);
  return verdict;
}

describe('a breaker', () => {
  test('stays closed until there is enough to judge by', () => {
    const breaker = createBreaker(retryMs);
    fail(breaker, 9);
    expect(breaker.judge('any')).toBe('closed');
    fail(breaker, 1);
    expect(breaker.judge('any')).toBe('open');
    expect(breaker.state()).toBe('OPEN');
  });

  test('stays closed while fewer than half of the last calls fail', () => {
    const breaker = createBreaker(retryMs);
    for (let n = 0; n < 200; n += 1) breaker.note(`p${n}`, n % 3 === 0);
    expect(breaker.judge('any')).toBe('closed');
    for (let n = 0; n < 20; n += 1) breaker.note(`p${n}`, n % 2 === 0);
    expect(breaker.judge('any')).toBe('open');
  });

  test('lets one call try after a while, and opens again if that fails', () => {
    const breaker = createBreaker(retryMs);
    fail(breaker, 10);
    vi.advanceTimersByTime(retryMs - 1);
    expect(breaker.judge('any')).toBe('open');
    vi.advanceTimersByTime(1);
    const trial = dueTrial(breaker);
    trial.beginTrial();
    expect(breaker.judge('any')).toBe('open');
    expect(breaker.state()).toBe('HALF_OPEN');
    trial.endTrial(false);
    vi.advanceTimersByTime(retryMs - 1);
    expect(breaker.judge('any')).toBe('open');
    vi.advanceTimersByTime(1);
    dueTrial(breaker).beginTrial();
  });

  test('closes if the call that tries is answered, and forgets what was', () => {
    const breaker = createBreaker(retryMs);
    fail(breaker, 10);
    vi.advanceTimersByTime(retryMs);
    const trial = dueTrial(breaker);
    trial.beginTrial();
    trial.endTrial(true);
    expect(breaker.state()).toBe('CLOSED');
    fail(breaker, 9);
    expect(breaker.judge('any')).toBe('closed');
  });

  test('lets the next call try at once if the one that tried found out nothing', () => {
    const breaker = createBreaker(retryMs);
    fail(breaker, 10);
    vi.advanceTimersByTime(retryMs);
    const trial = dueTrial(breaker);
    trial.beginTrial();
    trial.endTrial(null);
    expect(breaker.judge('any')).toBe(trial);
  });

  test('leaves one object alone for itself, however often it fails, and the next one too', () => {
    const breaker = createBreaker(retryMs);
    fail(breaker, 30, () => 'broken');
    expect([breaker.judge('broken'), breaker.judge('other'), breaker.judgeAll()]).toEqual(['open', 'closed', 'closed']);
    fail(breaker, 30, () => 'second');
    expect([breaker.judge('second'), breaker.judge('other')]).toEqual(['open', 'closed']);
    vi.advanceTimersByTime(retryMs);
    const trial = dueTrial(breaker, 'broken');
    trial.beginTrial();
    trial.endTrial(true);
    expect(breaker.judge('broken')).toBe('closed');
    expect(breaker.judge('second')).not.toBe('closed');
  });

  test('opens for all if one object after the other turns out to be broken', () => {
    const breaker = createBreaker(retryMs);
    for (let n = 0; n < 30; n += 1) fail(breaker, 10, () => `p${n}`);
    expect(breaker.judgeAll()).toBe('open');
  });
});
