import { requireCollection } from '../context/collections.ts';
import type { Collection } from '../context/collections.ts';
import type { Pipeline } from '../domain/pipeline.ts';
import type { Problem } from '../domain/problems.ts';
import { toGivenOutcome } from '../domain/stage-meta-operations.ts';
import type { CreatePipelineInput } from '../generated/schema.ts';
import type { Call, NewPipeline } from '../sources/source.ts';
import { hasFields, hasStages } from './as-asked.ts';
import {
  checkDisplayOrder,
  checkLabel,
  checkNewId,
  checkNewMeta,
  checkPipelineFields,
  checkRequiredOutcome,
  checkStages,
} from './check-input.ts';
import { toStageDrafts, toStoredLabel } from './drafts.ts';
import { checkNoMerges } from './merge-stages.ts';
import { defineMutation } from './run-mutation.ts';
import { newIn } from './target.ts';

/** Creates a pipeline with its stages; the payload's pipeline is read back if it is selected. */
export const createPipeline = defineMutation({
  empty: {},
  locate: (input: CreatePipelineInput, { sources }) => newIn(requireCollection(sources, input)),
  check: (input, { collection }) => checkNewPipeline(input, collection),
  prepare: (input, _, { collection }) => ({ plan: toNewPipeline(input, collection), problems: [] }),
  write: (draft, _, { collection: { source, objectType }, call }) => source.createPipeline(objectType, draft, call),
  made: ({ pipelineId }, { collection }) => toKey(collection, pipelineId),
  isAsAsked: (after, asked) => isCreated(after, asked),
  recover: (draft, { collection, call }) => findCreated(draft, collection, call),
});

/** Whether a pipeline is as its draft was to make it. */
export function isCreated(
  after: Pipeline | null,
  { plan, collection: { objectType } }: { readonly plan: NewPipeline; readonly collection: Collection },
): boolean {
  return (
    after !== null && hasFields(after, { ...plan, displayOrder: null }, null) && hasStages(after, plan, objectType)
  );
}

/** What a create gave, if a list shows just such a pipeline; null if there is none, or no list. */
export async function findCreated(
  plan: NewPipeline,
  collection: Collection,
  call: Call,
): Promise<{ readonly pipelineId: string } | null> {
  const { source, objectType } = collection;
  if (!source.capabilities.includes('LIST_PIPELINES')) return null;
  const { pipelines } = await source.listPipelines(objectType, { includeArchived: false }, call);
  const created = pipelines.find(
    (pipeline) =>
      (plan.pipelineId === null || pipeline.pipelineId === plan.pipelineId) &&
      isCreated(pipeline, { plan, collection }),
  );
  return created === undefined ? null : { pipelineId: created.pipelineId };
}

/** The key of a pipeline that a collection has. */
export function toKey({ source, objectType }: Collection, pipelineId: string) {
  return { sourceName: source.name, objectType: objectType.name, pipelineId };
}

/** Checked input as the draft of a new pipeline. */
export function toNewPipeline(input: CreatePipelineInput, collection: Collection): NewPipeline {
  const { pipelineId = null, displayOrder = null, description = null, isDefault = null } = input;
  return {
    label: toStoredLabel(input.label, collection.source.inputRules),
    displayOrder,
    description,
    isDefault,
    pipelineId,
    comesBack: false,
    stages: toStageDrafts(input.stages, [], collection),
  };
}

/** A collection as it judges content that exists: the gateway's own bound, for an upstream that states none, does not count. */
export function judgingExisting({ source, objectType }: Collection): Collection {
  const maxLabelLength = objectType.maxLabelLength ?? Number.POSITIVE_INFINITY;
  return { source: { ...source, inputRules: { ...source.inputRules, maxLabelLength } }, objectType };
}

/** Every problem of a pipeline that is to be created, found without asking anybody. */
export function checkNewPipeline(input: CreatePipelineInput, { source, objectType }: Collection): readonly Problem[] {
  const rules = source.inputRules;
  const outcomes = input.stages.map(({ meta }) => toGivenOutcome(objectType.metaField, meta));
  return [
    ...checkLabel(input.label, ['label'], rules),
    ...checkDisplayOrder(input.displayOrder, ['displayOrder']),
    ...checkPipelineFields(input, rules),
    ...checkNewId(input.pipelineId, ['pipelineId'], rules, 'maxPipelineId'),
    ...checkStages(input.stages, objectType, rules),
    ...input.stages.flatMap((stage, index) => [
      ...checkNewId(stage.stageId, ['stages', String(index), 'stageId'], rules, 'maxStageId'),
      ...checkNewMeta(stage.meta, ['stages', String(index), 'meta'], objectType),
    ]),
    ...checkNoMerges(input.stages, 'A new pipeline has no stages to merge.'),
    ...checkRequiredOutcome(outcomes, objectType, ['stages']),
  ];
}
