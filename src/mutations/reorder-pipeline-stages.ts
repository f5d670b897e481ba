import type { Collection } from '../context/collections.ts';
import type { Context } from '../context/context.ts';
import type { Pipeline } from '../domain/pipeline.ts';
import { invalidInput } from '../domain/problems.ts';
import type { Problem } from '../domain/problems.ts';
import type { ReorderPipelineStagesInput } from '../generated/schema.ts';
import { nothingMoved } from '../sources/write-results.ts';
import { toWritableStages } from './archived-stages.ts';
import { defineMutation } from './run-mutation.ts';
import { showMigrations } from './stage-payload.ts';
import { locatePipeline, readStageIdOf } from './target.ts';

/** Puts a pipeline's stages in the order given, with the fewest writes that the source needs for it. */
export const reorderPipelineStages = defineMutation({
  empty: nothingMoved,
  locate,
  check: (_, { order }) => checkOrder(order),
  needsWhole: true,
  prepare: (_, current, { collection, target: { order } }) => ({
    plan: order.filter((stageId) => stageId !== null),
    problems: checkCompleteness(order, current, collection),
  }),
  hasSteps: true,
  write: (order, current, { collection: { source, objectType }, call }) =>
    source.reorderStages(objectType, current, order, call),
  isAsAsked: (after, { plan: order, collection }) => after !== null && isInOrder(after, order, collection),
  recover: () => nothingMoved,
  show: (payload, written) => showMigrations(payload, written),
});

function locate(input: ReorderPipelineStagesInput, context: Context) {
  const target = locatePipeline(context, input.pipeline, input, 'pipeline');
  return { ...target, order: input.stages.map((id) => readStageIdOf(target.key, id)) };
}

/** Stages that no write can name are wherever they are. */
function isInOrder(pipeline: Pipeline, order: readonly string[], collection: Collection): boolean {
  const shown = toWritableStages(pipeline, collection).map((stage) => stage.stageId);
  const asked = order.filter((stageId) => shown.includes(stageId));
  return shown.every((stageId, index) => stageId === asked[index]);
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
