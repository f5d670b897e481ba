import type { Collection } from '../context/collections.ts';
import type { Context } from '../context/context.ts';
import type { Stage } from '../domain/pipeline.ts';
import type { Problem } from '../domain/problems.ts';
import type { CreatePipelineStageInput } from '../generated/schema.ts';
import { checkDisplayOrder, checkLabel, checkMeta, checkNewId, checkNewMeta, checkStageCount } from './check-input.ts';
import { toMetaDraft, toStoredLabel } from './drafts.ts';
import { throwProblems, runMutation } from './run-mutation.ts';
import { openTarget, readStageBack, requirePipelineKey, write, writeCallFor } from './target.ts';

interface Payload {
  readonly stage: Stage | null;
}

/** Adds a stage to a pipeline, after the last one where no displayOrder is given. */
export function createPipelineStage(input: CreatePipelineStageInput, context: Context, selected: ReadonlySet<string>) {
  return runMutation<Payload>(context, { stage: null }, async (payload) => {
    const { collection, key } = requirePipelineKey(context, input.pipeline, 'pipeline');
    throwProblems(checkNewStage(input, collection));
    const call = writeCallFor(context, collection);
    const current = await openTarget(collection, key, call, input.pipeline).read();
    throwProblems(checkStageCount(current.stages.length + 1, collection.objectType, ['pipeline']));
    const { stageId: chosenId = null, displayOrder = null } = input;
    const draft = {
      stageId: chosenId,
      label: toStoredLabel(input.label, collection.source.inputRules),
      displayOrder,
      meta: { ...collection.objectType.newStageMeta, ...toMetaDraft(input.meta) },
    };
    const { stageId } = await write(context, current, () => collection.source.createStage(current, draft, call));
    if (selected.has('stage'))
      payload.stage = await readStageBack(collection, key, { stageId, label: draft.label }, call);
  });
}

function checkNewStage(input: CreatePipelineStageInput, { source, objectType }: Collection): readonly Problem[] {
  const rules = source.inputRules;
  return [
    ...checkLabel(input.label, ['label'], rules),
    ...checkDisplayOrder(input.displayOrder, ['displayOrder']),
    ...checkNewId(input.stageId, ['stageId'], rules, 'maxStageId'),
    ...checkMeta(input.meta, ['meta'], objectType),
    ...checkNewMeta(input.meta, ['meta'], objectType),
  ];
}
