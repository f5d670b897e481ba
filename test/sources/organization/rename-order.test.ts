import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inFreeOrder } from '../../../src/sources/organization/rename-order.ts';

const names = ['a', 'b', 'c', 'd', 'e', 'f'];
/** Any pairs whose old names differ, chains, cycles and merges among them. */
const pairs = fc
  .tuple(fc.shuffledSubarray(names), fc.array(fc.constantFrom(...names, 'g', 'h'), { minLength: 6, maxLength: 6 }))
  .map(([old, targets]) => old.map((oldStage, index) => ({ oldStage, newStage: targets[index] ?? '' })));

test('a chain of renames is worked through from its end', () => {
  const chain = [
    { oldStage: 'a', newStage: 'b' },
    { oldStage: 'b', newStage: 'c' },
  ];
  expect(inFreeOrder(chain)).toEqual({ renames: chain.toReversed(), cyclic: [] });
});

test('no rename meets a name that a later one frees, once those that close a cycle have other names', () => {
  fc.assert(
    fc.property(pairs, (all) => {
      const { renames, cyclic } = inFreeOrder(all);
      expect(new Set(renames)).toEqual(new Set(all));
      expect(renames).toHaveLength(all.length);
      const taken = new Set(all.filter((pair) => !cyclic.includes(pair)).map(({ oldStage }) => oldStage));
      for (const { oldStage, newStage } of renames) {
        expect(taken).not.toContain(newStage);
        taken.delete(oldStage);
      }
    }),
  );
});

test('only pairs of a cycle need another name, one of each', () => {
  fc.assert(
    fc.property(pairs, (all) => {
      const { cyclic } = inFreeOrder(all);
      const cycles = cyclic.map(({ oldStage }) => {
        const round = [oldStage];
        const next = () => all.find((pair) => pair.oldStage === round.at(-1))?.newStage;
        for (let name = next(); name !== oldStage && round.length <= all.length; name = next()) round.push(name ?? '');
        expect(round.length).toBeLessThanOrEqual(all.length);
        return round.sort().join();
      });
      expect(new Set(cycles).size).toBe(cyclic.length);
    }),
  );
});
