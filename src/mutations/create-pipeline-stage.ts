import type { Collection } from '../context/collections.ts';
import { toComparableLabel } from '../domain/pipeline.ts';
import type { Pipeline, Stage } from '../domain/pipeline.ts';
import type { Problem } from '../domain/problems.ts';
import type { CreatePipelineStageInput } from '../generated/schema.ts';
import type { StageDraft } from '../sources/source.ts';
import { hasContent } from './as-asked.ts';
import {
  checkDisplayOrder,
  checkLabel,
  checkMeta,
  checkNewId,
  checkNewMeta,
  checkProbabilityStep,
  checkStageCount,
} from './check-input.ts';
import { toMetaDraft, toStoredLabel } from './drafts.ts';
import type { Asked } from './mutation.ts';
import { defineMutation } from './run-mutation.ts';
import { noEditedStage } from './stage-payload.ts';
import { locatePipeline } from './target.ts';

/** Adds a stage to a pipeline, after the last one if no displayOrder is given. */
export const createPipelineStage = defineMutation({
  empty: noEditedStage,
  locate: (input: CreatePipelineStageInput, context) => locatePipeline(context, input.pipeline, input, 'pipeline'),
  check: (input, { collection }) => checkNewStage(input, collection),
  prepare: (input, { stages, unreadStages }, { collection }) => ({
    plan: toNewStage(input, collection),
    problems: checkStageCount(stages.length + unreadStages.length + 1, collection.objectType, ['pipeline']),
  }),
  async write(draft, current, { collection: { source, objectType }, call }) {
    const { stageId } = await source.createStage(objectType, current, draft, call);
    return { stageId, label: draft.label };
  },
  isAsAsked: (after, asked) => isCreated(after, asked),
  recover: ({ stageId, label }) => ({ stageId, label }),
  show(payload, created, { current, after }) {
    payload.stage = after === null ? null : findCreated(after, current, created);
  },
});

/** If the upstream does not tell the new stage's id, it is found by its label, which is unique, among those that are new. */
function findCreated(
  after: Pipeline,
  current: Pipeline,
  { stageId, label }: { readonly stageId: string | null; readonly label: string },
): Stage | null {
  const old = new Set(current.stages.filter((stage) => !stage.archived).map((stage) => stage.stageId));
  const isCreatedStage = (stage: Stage): boolean =>
    stageId === null ? toComparableLabel(stage.label) === toComparableLabel(label) : stage.stageId === stageId;
  return after.stages.find((stage) => !old.has(stage.stageId) && isCreatedStage(stage)) ?? null;
}

function isCreated(
  after: Pipeline | null,
  { plan, current, written, collection }: Asked<StageDraft, { readonly stageId: string | null }, Pipeline>,
): boolean {
  if (after === null) return false;
  const stage = findCreated(after, current, { label: plan.label, stageId: written?.stageId ?? plan.stageId });
  return stage !== null && hasContent(stage, plan, collection.objectType);
}

function toNewStage(input: CreatePipelineStageInput, { source, objectType }: Collection): StageDraft {
  return {
    stageId: input.stageId ?? null,
    label: toStoredLabel(input.label, source.inputRules),
    displayOrder: input.displayOrder ?? null,
    meta: { ...objectType.newStageMeta, ...toMetaDraft(input.meta) },
  };
}

function checkNewStage(input: CreatePipelineStageInput, { source, objectType }: Collection): readonly Problem[] {
  const rules = source.inputRules;
  return [
    ...checkLabel(input.label, ['label'], rules),
    ...checkDisplayOrder(input.displayOrder, ['displayOrder']),
    ...checkNewId(input.stageId, ['stageId'], rules, 'maxStageId'),
    ...checkMeta(input.meta, ['meta'], objectType),
    ...checkProbabilityStep(input.meta, null, ['meta'], rules),
    ...checkNewMeta(input.meta, ['meta'], objectType),
  ];
}
