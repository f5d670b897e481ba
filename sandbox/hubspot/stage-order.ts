import type { Unknowns } from '../unknowns.ts';

type Ties = Unknowns['ties'];

interface Ordered {
  readonly label: string;
  readonly displayOrder: number;
}

/**
 * The stages of one request with no number twice, in the request's sequence (HubSpot, observed 2026-10). Without a tie
 * they stay as sent, gaps too. With one, the later of two in the request comes first and all are renumbered 0 to n-1.
 */
export function settleTies<T extends Ordered>(stages: readonly T[], ties: Ties): readonly T[] {
  if (ties === 'kept') return stages;
  if (new Set(stages.map((stage) => stage.displayOrder)).size === stages.length) return stages;
  const indexes = stages.map((_, index) => index);
  const ranked = indexes.toSorted((a, b) => {
    const byLabel = ties === 'by label' ? compareLabels(stages[a], stages[b]) : 0;
    return orderAt(stages, a) - orderAt(stages, b) || byLabel || b - a;
  });
  return stages.map((stage, index) => ({ ...stage, displayOrder: ranked.indexOf(index) }));
}

/**
 * The stages with one more (HubSpot, observed 2026-10). On a free number it stays there and nothing else moves. On a
 * taken one it goes right after the stage that holds it, and all are renumbered 0 to n-1. Documented is that labels decide.
 */
export function insertByOrder<T extends Ordered>(others: readonly T[], stage: T, ties: Ties): readonly T[] {
  const sorted = others.toSorted((a, b) => a.displayOrder - b.displayOrder);
  const holder = sorted.findIndex((other) => other.displayOrder === stage.displayOrder);
  if (holder === -1 || ties === 'kept') return [...sorted, stage];
  const isBehind = ties === 'renumbered' || compareLabels(sorted[holder], stage) < 0;
  return sorted
    .toSpliced(holder + (isBehind ? 1 : 0), 0, stage)
    .map((each, displayOrder) => ({ ...each, displayOrder }));
}

function compareLabels(a: Ordered | undefined, b: Ordered | undefined): number {
  return (a?.label ?? '').localeCompare(b?.label ?? '', 'en');
}

function orderAt(stages: readonly Ordered[], index: number): number {
  return stages[index]?.displayOrder ?? 0;
}
