interface Ordered {
  readonly displayOrder: number;
}

/**
 * The stages of one request with no number twice: without a tie they stay as sent, gaps too; with one the later of two in
 * the request comes first and all are renumbered 0 to n-1 (HubSpot, observed 2026-10). Keeps the request's sequence.
 */
export function settleTies<T extends Ordered>(stages: readonly T[]): readonly T[] {
  if (new Set(stages.map((stage) => stage.displayOrder)).size === stages.length) return stages;
  const places = stages.map((_, place) => place);
  const ranked = places.toSorted((a, b) => orderAt(stages, a) - orderAt(stages, b) || b - a);
  return stages.map((stage, place) => ({ ...stage, displayOrder: ranked.indexOf(place) }));
}

/**
 * The stages with one more: on a free number it stays there and nothing else moves; on a taken one it goes right after
 * the stage that holds it and all are renumbered 0 to n-1 (HubSpot, observed 2026-10).
 */
export function placeStage<T extends Ordered>(others: readonly T[], stage: T): readonly T[] {
  const sorted = others.toSorted((a, b) => a.displayOrder - b.displayOrder);
  const holder = sorted.findIndex((other) => other.displayOrder === stage.displayOrder);
  if (holder === -1) return [...sorted, stage];
  return sorted.toSpliced(holder + 1, 0, stage).map((each, displayOrder) => ({ ...each, displayOrder }));
}

function orderAt(stages: readonly Ordered[], place: number): number {
  return stages[place]?.displayOrder ?? 0;
}
