import { buildSchema, execute, parse } from 'graphql';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { countAnswers } from '../../../src/graphql/limits/count-answers.ts';
import type { OperationLimits } from '../../../src/graphql/limits/limits.ts';
import { isTurnOver } from '../../../src/sources/turn.ts';

const abandoned: unknown[] = [];
const note = (reason: unknown): void => void abandoned.push(reason);
let others: readonly NodeJS.UnhandledRejectionListener[] = [];

beforeEach(() => {
  abandoned.length = 0;
  others = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection').on('unhandledRejection', note);
});
afterEach(() => {
  process.removeAllListeners('unhandledRejection');
  for (const listener of others) process.on('unhandledRejection', listener);
});

/** Answers a list of items that fail one after the other, with the event loop held for long before. */
async function answerFailing(objects: number, count: number) {
  const schema = buildSchema('type Item { id: ID } type Query { items: [Item] }');
  const items = schema.getQueryType()?.getFields()['items'];
  if (items === undefined) throw new Error('There is no such field.');
  items.resolve = () => {
    // The turn begins when somebody first asks for its length.
    isTurnOver();
    const endsAt = performance.now() + 60;
    while (performance.now() < endsAt);
    return Array.from({ length: count }, (_, n) => Promise.reject(new Error(`Item ${n} failed.`)));
  };
  const limits = { objects, answerBytes: 1_000_000 } as OperationLimits;
  const contextValue = { abandon: () => {} };
  await countAnswers(schema, limits).requestDidStart?.({ contextValue } as never);
  const result = await execute({ schema, document: parse('{ items { id } }'), contextValue });
  await new Promise((resolve) => setTimeout(resolve, 20));
  return result.errors ?? [];
}

test('items of a list that fail while it waits for its turn end no process, and each is told', async () => {
  expect(await answerFailing(1_000, 5)).toHaveLength(5);
  expect(abandoned).toEqual([]);
});

test('items of a list that is refused, and fail, end no process', async () => {
  expect(await answerFailing(3, 5)).toHaveLength(1);
  expect(abandoned).toEqual([]);
});
