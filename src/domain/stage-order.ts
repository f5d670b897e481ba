/** What the place of a stage follows from. */
interface Numbered {
  readonly stageId: string | null;
  readonly displayOrder: number;
}

/**
 * The place that a displayOrder means among the stages of a pipeline, which stand in display order: the number of the other
 * stages before it. A stage takes the place of the one that has the number. A new one, or one that moves up, goes before
 * that. One that moves down goes after it, as in a list that closes behind it.
 */
export function toPlace(stages: readonly Numbered[], stageId: string | null, displayOrder: number): number {
  const others = stages.filter((stage) => stageId === null || stage.stageId !== stageId);
  const lower = others.filter((stage) => stage.displayOrder < displayOrder).length;
  const from = stageId === null ? -1 : stages.findIndex((stage) => stage.stageId === stageId);
  const isTaken = others[lower]?.displayOrder === displayOrder;
  return isTaken && from !== -1 && from <= lower && stages[from]?.displayOrder !== displayOrder ? lower + 1 : lower;
}
