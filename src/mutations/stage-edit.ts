import type { Collection } from '../context/collections.ts';
import type { Stage } from '../domain/pipeline.ts';
import { invalidInput } from '../domain/problems.ts';
import type { Problem } from '../domain/problems.ts';
import { toGivenOutcome } from '../domain/stage-meta-operations.ts';
import type { PatchPipelineStageInput } from '../generated/schema.ts';
import { checkDisplayOrder, checkLabel, checkMeta, checkRequiredOutcome } from './check-input.ts';
import { toMetaDraft } from './drafts.ts';

/** The problems of an edit that show without asking anybody; null counts as absent. */
export function checkStageEdit(input: PatchPipelineStageInput, { source, objectType }: Collection): readonly Problem[] {
  const { label = null, displayOrder = null } = input;
  if (label === null && displayOrder === null && toMetaDraft(input.meta) === null) {
    return [invalidInput([], 'Nothing is to be changed: give a label, a displayOrder or metadata.')];
  }
  return [
    ...(label === null ? [] : checkLabel(label, ['label'], source.inputRules)),
    ...checkDisplayOrder(displayOrder, ['displayOrder']),
    ...checkMeta(input.meta, ['meta'], objectType),
  ];
}

/** The problem of an edit that would leave the pipeline without an outcome that it must have. */
export function checkOutcomesAfter(
  { pipeline, stageId }: Stage,
  { meta }: PatchPipelineStageInput,
  { objectType }: Collection,
): readonly Problem[] {
  const { metaField } = objectType;
  // A stage that cannot be read may have the outcome.
  if (pipeline.unreadStages.length > 0) return [];
  const given = toGivenOutcome(metaField, meta);
  const outcomes = pipeline.stages.map((stage) => (stage.stageId === stageId ? given : null) ?? stage.outcome);
  return checkRequiredOutcome(outcomes, objectType, ['meta', metaField]);
}
