import { expect, test } from 'vitest';
import { listEnteredFiles } from '../../scripts/structure/entered-files.ts';

test('a request’s walk lists the files that it works in, from the top of the house down', async () => {
  const { query, mutation, entities } = await listEnteredFiles();
  const own = (path: string) => [query, mutation, entities].map((files) => files.includes(path));
  expect(own('src/resolvers/query.ts')).toEqual([true, false, false]);
  expect(own('src/resolvers/mutation.ts')).toEqual([false, true, false]);
  expect(own('src/resolvers/reference.ts')).toEqual([false, false, true]);
  // All three read from a source whose cache is cold.
  expect(own('src/sources/upstream/transport.ts')).toEqual([true, true, true]);
  // The start is over by then, and so is what the first request of its kind sets up.
  expect(own('src/main.ts')).toEqual([false, false, false]);
  expect(own('src/config/config.ts')).toEqual([false, false, false]);
  const middle = [
    'src/http/graphql.ts',
    'src/context/context.ts',
    'src/sources/upstream/transport.ts',
    'src/domain/ids.ts',
  ];
  expect(query.filter((path) => middle.includes(path))).toEqual(middle);
});
