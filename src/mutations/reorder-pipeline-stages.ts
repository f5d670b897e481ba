import type { Collection } from '../context/collections.ts';
import type { Context } from '../context/context.ts';
import { readStageGlobalId } from '../domain/ids.ts';
import type { PipelineKey } from '../domain/ids.ts';
import type { Pipeline } from '../domain/pipeline.ts';
import { invalidInput } from '../domain/problems.ts';
import type { Problem } from '../domain/problems.ts';
import type { ReorderPipelineStagesInput } from '../generated/schema.ts';
import { toWritableStages } from './archived-stages.ts';
import { noPipeline, showPipeline } from './pipeline-payload.ts';
import { defineMutation } from './run-mutation.ts';
import { locatePipeline } from './target.ts';

/** Puts a pipeline's stages in the order given, with the fewest writes that the source needs for it. */
export const reorderPipelineStages = defineMutation({
  empty: noPipeline,
  locate,
  check: (_, { order }) => checkOrder(order),
  needsWhole: true,
  prepare: (_, current, { collection, target: { order } }) => ({
    plan: order.filter((stageId) => stageId !== null),
    problems: checkCompleteness(order, current, collection),
  }),
  write: (order, current, { collection: { source, objectType }, call }) =>
    source.reorderStages(objectType, current, order, call),
  show: (payload, _, __, step) => showPipeline(payload, step.target.key, step),
  showAfterFailure(payload, after) {
    payload.pipeline = after;
  },
});

function locate({ pipeline, stages }: ReorderPipelineStagesInput, context: Context) {
  const target = locatePipeline(context, pipeline, {}, 'pipeline');
  return { ...target, order: stages.map((id) => readStageIdOf(target.key, id)) };
}

/** The upstream id of a stage of this pipeline; null for any other id. */
function readStageIdOf(pipeline: PipelineKey, id: string): string | null {
  const key = readStageGlobalId(id);
  const isOfPipeline =
    key?.sourceName === pipeline.sourceName &&
    key.objectType === pipeline.objectType &&
    key.pipelineId === pipeline.pipelineId;
  return isOfPipeline ? key.stageId : null;
}

function checkOrder(stageIds: readonly (string | null)[]): readonly Problem[] {
  return stageIds.flatMap((stageId, index) => {
    const path = ['stages', String(index)];
    if (stageId === null) return [invalidInput(path, 'This is not the id of a stage of the pipeline.')];
    return stageIds.indexOf(stageId) < index ? [invalidInput(path, 'This stage is in the list already.')] : [];
  });
}

function checkCompleteness(
  stageIds: readonly (string | null)[],
  pipeline: Pipeline,
  collection: Collection,
): readonly Problem[] {
  const existing = new Set(pipeline.stages.map((stage) => stage.stageId));
  const unknown = stageIds.flatMap((stageId, index) =>
    stageId === null || existing.has(stageId)
      ? []
      : [invalidInput(['stages', String(index)], 'The pipeline has no such stage.')],
  );
  const missing = toWritableStages(pipeline, collection)
    .filter((stage) => !stageIds.includes(stage.stageId))
    .map((stage) => invalidInput(['stages'], `The stage "${stage.label}" is missing.`));
  return [...unknown, ...missing];
}
