import type { Collection } from '../context/collections.ts';
import type { Problem } from '../domain/problems.ts';
import type { CreatePipelineStageInput } from '../generated/schema.ts';
import type { StageDraft } from '../sources/source.ts';
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
import { readStageBack } from './read-back.ts';
import { defineMutation } from './run-mutation.ts';
import { noStage } from './stage-payload.ts';
import { locatePipeline } from './target.ts';

/** Adds a stage to a pipeline, after the last one if no displayOrder is given. */
export const createPipelineStage = defineMutation({
  empty: noStage,
  locate: ({ pipeline }: CreatePipelineStageInput, context) => locatePipeline(context, pipeline, {}, 'pipeline'),
  check: (input, { collection }) => checkNewStage(input, collection),
  prepare: (input, { stages, unreadStages }, { collection }) => ({
    plan: toNewStage(input, collection),
    problems: checkStageCount(stages.length + unreadStages.length + 1, collection.objectType, ['pipeline']),
  }),
  async write(draft, current, { collection: { source, objectType }, call }) {
    const { stageId } = await source.createStage(objectType, current, draft, call);
    return { stageId, label: draft.label };
  },
  async show(payload, created, _, { collection, target: { key }, call, selected }) {
    if (selected.has('stage')) payload.stage = await readStageBack(collection, key, created, call);
  },
});

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
