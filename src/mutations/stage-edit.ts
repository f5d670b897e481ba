import type { Collection } from '../context/collections.ts';
import type { Pipeline, Stage } from '../domain/pipeline.ts';
import { invalidInput } from '../domain/problems.ts';
import type { Problem } from '../domain/problems.ts';
import { toGivenOutcome } from '../domain/stage-meta-operations.ts';
import type { PatchPipelineStageInput } from '../generated/schema.ts';
import type { InputRules } from '../sources/input-rules.ts';
import type { ObjectType, StagePatch } from '../sources/source.ts';
import { checkWritable } from './archived-stages.ts';
import { hasContent, isInPlace } from './as-asked.ts';
import {
  checkDisplayOrder,
  checkLabel,
  checkMeta,
  checkProbabilityStep,
  checkRequiredOutcome,
  toRulesForExisting,
} from './check-input.ts';
import { toMetaDraft, toStoredLabel } from './drafts.ts';
import type { Asked } from './mutation.ts';
import { findShown } from './stage-payload.ts';

/** The fields of an edit. */
export type StageEdit = Pick<PatchPipelineStageInput, 'label' | 'displayOrder' | 'meta'>;

/** What an edit asks a source for. */
export function toStagePatch({ label, displayOrder, meta }: StageEdit, rules: InputRules): StagePatch {
  return {
    label: typeof label === 'string' ? toStoredLabel(label, rules) : null,
    displayOrder: displayOrder ?? null,
    meta: toMetaDraft(meta),
  };
}

/** Every problem of an edit that shows without asking anybody; none if the present state may clear all of them. */
export function checkNewStageEdit(input: StageEdit, { source, objectType }: Collection): readonly Problem[] {
  const problems = checkFields(input, null, objectType, source.inputRules);
  const certain = checkFields(input, null, objectType, toRulesForExisting(source.inputRules));
  return certain.length === 0 ? [] : problems;
}

/** All problems of an edit of a stage in its present state, of which what stays is taken as it is. */
export function checkStageEdit(input: StageEdit, current: Stage, collection: Collection): readonly Problem[] {
  const { source, objectType } = collection;
  return [
    ...checkWritable(current, collection),
    ...checkFields(input, current, objectType, source.inputRules),
    ...checkOutcomesAfter(current, input, collection),
  ];
}

/** The problems of an edit's own fields; null counts as absent. What stays of `current` is taken as it is. */
export function checkFields(
  input: StageEdit,
  current: Stage | null,
  objectType: ObjectType,
  rules: InputRules,
): readonly Problem[] {
  const { label = null, displayOrder = null } = input;
  if (label === null && displayOrder === null && toMetaDraft(input.meta) === null) {
    return [invalidInput([], 'Nothing is to be changed: give a label, a displayOrder or metadata.')];
  }
  const labelRules = label === current?.label ? toRulesForExisting(rules) : rules;
  return [
    ...(label === null ? [] : checkLabel(label, ['label'], labelRules)),
    ...checkDisplayOrder(displayOrder, ['displayOrder']),
    ...checkMeta(input.meta, ['meta'], objectType),
    ...checkProbabilityStep(input.meta, current, ['meta'], rules),
  ];
}

/** The problem of an edit that would leave the pipeline without an outcome that it must have. */
function checkOutcomesAfter(
  { pipeline, stageId }: Stage,
  { meta }: StageEdit,
  { objectType }: Collection,
): readonly Problem[] {
  const { metaField } = objectType;
  // A stage that cannot be read may have the outcome.
  if (pipeline.unreadStages.length > 0) return [];
  const given = toGivenOutcome(metaField, meta);
  const outcomes = pipeline.stages.map((stage) => (stage.stageId === stageId ? given : null) ?? stage.outcome);
  return checkRequiredOutcome(outcomes, objectType, ['meta', metaField]);
}

/** Whether the stage is as an edit was to make it, at the place that its displayOrder meant. */
export function isEdited(
  after: Pipeline | null,
  { plan, current, collection }: Asked<StagePatch, unknown, Stage>,
): boolean {
  const stage = findShown(after, current.stageId);
  if (after === null || stage === null || !hasContent(stage, plan, collection.objectType)) return false;
  if (plan.displayOrder === stage.displayOrder) return true;
  return isInPlace(after, current.stageId, plan.displayOrder, current.pipeline);
}
