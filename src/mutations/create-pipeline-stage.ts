import type { Context } from '../context/context.ts';
import type { CreatePipelineStageInput } from '../generated/schema.ts';
import type { Place } from '../context/collections.ts';
import type { Stage } from '../domain/pipeline.ts';
import type { Problem } from '../domain/problems.ts';
import { checkDisplayOrder, checkLabel, checkMeta, checkNewId, checkNewMeta, checkStageCount } from './check-input.ts';
import { toMetaDraft, toStoredLabel } from './drafts.ts';
import { refuse, settle } from './run-mutation.ts';
import { openWriteTarget, readStageBack, requirePipelineKey, write, writeCallFor } from './target.ts';

interface Payload {
  readonly stage: Stage | null;
}

/** Adds a stage to a pipeline, after the last one where no displayOrder is given. */
export function createStage(input: CreatePipelineStageInput, context: Context, selected: ReadonlySet<string>) {
  return settle<Payload>(context, { stage: null }, async (payload) => {
    const { place, key } = requirePipelineKey(context, input.pipeline, 'pipeline');
    refuse(checkNewStage(input, place));
    const call = writeCallFor(context, place);
    const current = await openWriteTarget(place, key, call, input.pipeline).read();
    refuse(checkStageCount(current.stages.length + 1, place.objectType, ['pipeline']));
    const { stageId: chosenId = null, displayOrder = null } = input;
    const draft = {
      stageId: chosenId,
      label: toStoredLabel(input.label, place.source.inputRules),
      displayOrder,
      meta: { ...place.objectType.newStageMeta, ...toMetaDraft(input.meta) },
    };
    const { stageId } = await write(context, current, () => place.source.createStage(current, draft, call));
    if (selected.has('stage')) payload.stage = await readStageBack(place, key, { stageId, label: draft.label }, call);
  });
}

function checkNewStage(input: CreatePipelineStageInput, { source, objectType }: Place): readonly Problem[] {
  const rules = source.inputRules;
  return [
    ...checkLabel(input.label, ['label'], rules),
    ...checkDisplayOrder(input.displayOrder, ['displayOrder']),
    ...checkNewId(input.stageId, ['stageId'], rules, 'maxStageId'),
    ...checkMeta(input.meta, ['meta'], objectType),
    ...checkNewMeta(input.meta, ['meta'], objectType),
  ];
}
