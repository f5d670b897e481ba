import { requireCollection } from '../context/collections.ts';
import type { Collection } from '../context/collections.ts';
import type { Context } from '../context/context.ts';
import type { Pipeline } from '../domain/pipeline.ts';
import type { Problem } from '../domain/problems.ts';
import type { CreatePipelineInput } from '../generated/schema.ts';
import type { NewPipeline } from '../sources/source.ts';
import {
  checkClosedStage,
  checkDisplayOrder,
  checkLabel,
  checkNewId,
  checkNewMeta,
  checkPipelineFields,
  checkStages,
} from './check-input.ts';
import { toStageDrafts, toStoredLabel } from './drafts.ts';
import { throwProblems, runMutation } from './run-mutation.ts';
import { readBack, write, writeCallFor } from './target.ts';

interface Payload {
  readonly pipeline: Pipeline | null;
}

/** Creates a pipeline with its stages; the payload's pipeline is read back where it is selected. */
export function createPipeline(input: CreatePipelineInput, context: Context, selected: ReadonlySet<string>) {
  return runMutation<Payload>(context, { pipeline: null }, async (payload) => {
    const collection = requireCollection(context.sources, input);
    throwProblems(checkNewPipeline(input, collection));
    const call = writeCallFor(context, collection);
    const { source, objectType } = collection;
    const { pipelineId } = await write(context, null, () =>
      source.createPipeline(objectType, toNewPipeline(input, collection), call),
    );
    const key = { sourceName: source.name, objectType: objectType.name, pipelineId };
    if (selected.has('pipeline')) payload.pipeline = await readBack(collection, key, call);
  });
}

/** Checked input as the draft of a new pipeline. */
export function toNewPipeline(
  input: CreatePipelineInput,
  collection: Collection,
  { comesBack = false }: { readonly comesBack?: boolean } = {},
): NewPipeline {
  const { pipelineId = null, displayOrder = null, description = null, isDefault = null } = input;
  return {
    label: toStoredLabel(input.label, collection.source.inputRules),
    displayOrder,
    description,
    isDefault,
    pipelineId,
    comesBack,
    stages: toStageDrafts(input.stages, [], collection),
  };
}

/** Every problem of a pipeline that is to be created, found without asking anybody. */
export function checkNewPipeline(input: CreatePipelineInput, { source, objectType }: Collection): readonly Problem[] {
  const rules = source.inputRules;
  const states = input.stages.map((stage) => stage.meta?.ticketState);
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
    ...checkClosedStage(states, objectType, ['stages']),
  ];
}
