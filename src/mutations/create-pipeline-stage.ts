import type { Collection } from '../context/collections.ts';
import type { Pipeline } from '../domain/pipeline.ts';
import type { Problem } from '../domain/problems.ts';
import type { CreatePipelineStageInput } from '../generated/schema.ts';
import type { StageDraft } from '../sources/source.ts';
import { nothingMoved } from '../sources/write-results.ts';
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
import { noEditedStage, showMigrations } from './stage-payload.ts';
import { checkOnePlace, findCreated, isPlaceOf, putInPlace, toActive, toNewPlace } from './stage-place.ts';
import { locatePipeline } from './target.ts';

interface Plan {
  readonly draft: StageDraft;
  /** The number of active stages that are to be before it; null if it only has to come last. */
  readonly place: number | null;
}

/** Adds a stage to a pipeline at the place that the input says, or after the last one. */
export const createPipelineStage = defineMutation({
  empty: noEditedStage,
  locate: (input: CreatePipelineStageInput, context) => locatePipeline(context, input.pipeline, input, 'pipeline'),
  check: (input, { collection }) => [...checkNewStage(input, collection), ...checkOnePlace(input)],
  prepare(input, current, { collection }) {
    const count = current.stages.length + current.unreadStages.length + 1;
    const { place, displayOrder, problems } = toNewPlace(input, current);
    return {
      plan: { draft: { ...toNewStage(input, collection), displayOrder }, place },
      problems: [...problems, ...checkStageCount(count, collection.objectType, ['pipeline'])],
    };
  },
  hasSteps: true,
  async write({ draft, place }, current, { collection, call }) {
    const { source, objectType } = collection;
    const { stageId, migrations } = await source.createStage(objectType, current, draft, call);
    const created = { stageId, label: draft.label };
    if (place === null || isPlaceOf(draft.displayOrder, place, current)) return { ...created, migrations };
    const placed = await putInPlace(created, place, current, collection, call);
    return { ...created, migrations: [...migrations, ...placed.migrations] };
  },
  isAsAsked: (after, asked) => isCreated(after, asked),
  recover: ({ draft: { stageId, label } }) => ({ stageId, label, ...nothingMoved }),
  show(payload, created, { current, after }) {
    showMigrations(payload, created);
    payload.stage = after === null ? null : findCreated(after, current, created);
  },
});

function isCreated(
  after: Pipeline | null,
  { plan: { draft, place }, current, written, collection }: Asked<Plan, { readonly stageId: string | null }, Pipeline>,
): boolean {
  if (after === null) return false;
  const stage = findCreated(after, current, { label: draft.label, stageId: written?.stageId ?? draft.stageId });
  if (stage === null || !hasContent(stage, draft, collection.objectType)) return false;
  return place === null || toActive(after).indexOf(stage) === place;
}

function toNewStage(
  input: CreatePipelineStageInput,
  { source, objectType }: Collection,
): Omit<StageDraft, 'displayOrder'> {
  return {
    stageId: input.stageId ?? null,
    label: toStoredLabel(input.label, source.inputRules),
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
