import type { Collection } from '../context/collections.ts';
import type { PipelineChange, StageState } from '../domain/diff.ts';
import { invalidInput } from '../domain/problems.ts';
import type { Problem } from '../domain/problems.ts';
import type { StageDraft } from '../sources/source.ts';

interface MergingStage {
  readonly mergeStageIds?: readonly string[] | null | undefined;
}

/** The problems of merges at a source that has none, found without asking anybody. */
export function checkCanMerge(stages: readonly MergingStage[], { source }: Collection): readonly Problem[] {
  if (source.inputRules.mergesStages) return [];
  return checkNoMerges(stages, `Source "${source.name}" cannot merge stages.`);
}

/** The problems of merges in a list of stages that can have none, in the words of `message`. */
export function checkNoMerges(stages: readonly MergingStage[], message: string): readonly Problem[] {
  return stages.flatMap(({ mergeStageIds }, index) =>
    (mergeStageIds ?? []).length === 0 ? [] : [invalidInput(['stages', String(index), 'mergeStageIds'], message)],
  );
}

/** The problems of merges in the light of the existing stages: each is of one that goes, and that its label tells apart. */
export function checkMerges(
  stages: readonly MergingStage[],
  existing: readonly StageState[],
  kept: readonly (StageState | null)[],
): readonly Problem[] {
  const merged = new Set<string>();
  return stages.flatMap(({ mergeStageIds }, index) =>
    (mergeStageIds ?? []).flatMap((stageId, place) => {
      const fault = toFault(stageId, existing, kept, merged);
      merged.add(stageId);
      return fault === null ? [] : [invalidInput(['stages', String(index), 'mergeStageIds', String(place)], fault)];
    }),
  );
}

function toFault(
  stageId: string,
  existing: readonly StageState[],
  kept: readonly (StageState | null)[],
  merged: ReadonlySet<string>,
): string | null {
  const stage = existing.find((candidate) => candidate.stageId === stageId);
  if (stage === undefined) return 'The pipeline has no stage with this id that could be merged.';
  if (kept.includes(stage)) return `The stage "${stage.label}" is in the list, so it stays.`;
  if (merged.has(stageId)) return `The stage "${stage.label}" is merged already.`;
  // The upstream finds it by its label.
  const isAlone = existing.every((other) => other === stage || other.label !== stage.label);
  return isAlone ? null : `Another stage has the label "${stage.label}" too.`;
}

/** The changes, in which a stage that another one takes the records of is said to be merged into it. */
export function withMerges(
  changes: readonly PipelineChange[],
  drafts: readonly Pick<StageDraft, 'label' | 'mergeStageIds'>[],
): readonly PipelineChange[] {
  const targets = new Map(
    drafts.flatMap(({ label, mergeStageIds = [] }) => mergeStageIds.map((stageId) => [stageId, label] as const)),
  );
  return changes.map((change) => {
    const mergedInto = change.kind === 'REMOVED' && change.stageId !== null ? targets.get(change.stageId) : undefined;
    if (mergedInto === undefined) return change;
    const summary = change.summary.replace(/ removed$/, () => ` merged into "${mergedInto}"`);
    return { ...change, after: { mergedInto }, summary };
  });
}
