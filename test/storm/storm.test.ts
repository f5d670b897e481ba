import { describe, expect, test } from 'vitest';
import { killGateways } from '../support/gateway-process.ts';
import { provideRedisServer } from '../support/redis-server.ts';
import { createPipelineModel } from './pipeline-model.ts';
import type { Incarnation, Sighting } from './pipeline-model.ts';
import { runStorm } from './run.ts';
import { timing } from './timing.ts';

const redisPath = await provideRedisServer();

describe.skipIf(redisPath === null)('a storm', () => {
  test('a storm of eight seconds brings no wrong answer, no lost or doubled write and no leak', async () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    console.log(`npm run storm -- --seconds 8 --seed ${seed}`);
    try {
      const tally = await runStorm({ redisPath: redisPath ?? '', seconds: 8, seed });
      expect(tally.examples).toEqual([]);
      expect(tally.isClean()).toBe(true);
    } finally {
      killGateways();
    }
  }, 120_000);
});

describe('the model of a pipeline', () => {
  const writer: Incarnation = { name: 'one.1', startedAt: 0 };
  const reader: Incarnation = { name: 'two.1', startedAt: 0 };
  const base: Sighting = { state: 'old', startedAt: 0, by: reader, isThrough: false, isStale: false };
  const { propagationMs, deadlineMs, staleMs, staleOnErrorMs } = timing;
  const calm = () => true;
  const troubled = () => false;

  /** A pipeline whose state `old` was replaced by `new` at the time 1,000. */
  function openModel(by: Incarnation | null) {
    const model = createPipelineModel('p');
    model.settle(model.begin('old', by), 'applied', 0);
    model.settle(model.begin('denied', by), 'not applied', 500);
    model.settle(model.begin('new', by), 'applied', 1_000);
    return model;
  }

  test.each([
    ['the replica that wrote, at once', writer, { by: writer }, calm, 0],
    ['the replica that wrote, at once, even if it says so', writer, { by: writer, isStale: true }, troubled, 0],
    ['another replica, once it was told', writer, {}, calm, propagationMs],
    ['another replica that nobody could tell, when it is stale', writer, {}, troubled, deadlineMs + staleMs],
    [
      'another replica that nobody could tell, later if it says so',
      writer,
      { isStale: true },
      troubled,
      deadlineMs + staleOnErrorMs,
    ],
    ['a read of no-cache, after one deadline', null, { isThrough: true }, calm, deadlineMs],
    ['any replica, after a write without it, when it is stale', null, {}, calm, deadlineMs + staleMs],
  ])('the model takes the old state no longer from %s', (_, by, sighting, reached, boundMs) => {
    const model = openModel(by);
    const judgeAt = (startedAt: number) => model.judge({ ...base, ...sighting, startedAt }, reached);
    expect(judgeAt(1_000 + boundMs)).toBeNull();
    expect(judgeAt(1_000 + boundMs + 1)).toContain('showed old of p');
  });

  test('the model takes no old state from a replica that started after the write', () => {
    const by = { name: 'two.2', startedAt: 1_001 };
    expect(openModel(writer).judge({ ...base, by, startedAt: 1_002 }, troubled)).toContain('showed old of p');
  });

  test('the model takes no state that was never asked for, or did not come to be', () => {
    const model = openModel(writer);
    for (const state of ['other', 'denied']) {
      expect(model.judge({ ...base, state }, calm)).toBe(`${state} was never a state of p`);
    }
    expect(model.judge({ ...base, state: 'new', startedAt: 9_000 }, calm)).toBeNull();
    expect(model.judge({ ...base, state: null, startedAt: 9_000 }, calm)).toContain('showed null of p');
  });

  test('the model takes what is under way, and what was there before, until the outcome is known', () => {
    const model = openModel(writer);
    model.begin('next', writer);
    for (const state of ['new', 'next']) {
      expect(model.judge({ ...base, by: writer, state, startedAt: 9_000 }, calm)).toBeNull();
    }
  });
});
