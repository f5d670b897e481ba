import type { Rename } from './migrations.ts';

/** Pairs in an order in which each can be worked through before the next. */
interface OrderedRenames<Pair> {
  readonly renames: readonly Pair[];
  /**
   * One pair of each cycle, a pair of two equal names among them. Their stages must have other names first, and then nothing is
   * in the way of the rest.
   */
  readonly cyclic: readonly Pair[];
}

/**
 * The same pairs, each after the one that frees its new name. Nobody knows if the API works through them at once. If it does so
 * one after the other, a pair in front of that one would put the records of two stages together.
 */
export function inFreeOrder<Pair extends Rename>(pairs: readonly Pair[]): OrderedRenames<Pair> {
  const renames: Pair[] = [];
  const cyclic: Pair[] = [];
  let waiting = pairs;
  while (waiting.length > 0) {
    const taken = new Set(waiting.map(({ oldStage }) => oldStage));
    const free = waiting.filter(({ newStage }) => !taken.has(newStage));
    renames.push(...free);
    const next = free.length > 0 ? free : findCyclic(waiting).slice(0, 1);
    if (free.length === 0) cyclic.push(...next);
    waiting = waiting.filter((pair) => !next.includes(pair));
  }
  // The stages of a cycle leave their temporary names last, when each new one has become free.
  return { renames: [...renames, ...cyclic], cyclic };
}

/** A pair of a cycle, given that each pair waits for another one: whoever follows them long enough goes round in one. */
function findCyclic<Pair extends Rename>(waiting: readonly Pair[]): readonly Pair[] {
  let pair = waiting[0];
  for (let step = 0; step < waiting.length; step += 1) {
    pair = waiting.find(({ oldStage }) => oldStage === pair?.newStage);
  }
  return pair === undefined ? [] : [pair];
}
