import type { Context } from '../context/context.ts';
import { readStageGlobalId } from '../domain/ids.ts';
import type { PipelineKey } from '../domain/ids.ts';
import type { Pipeline } from '../domain/pipeline.ts';
import { invalidInput } from '../domain/problems.ts';
import type { Problem } from '../domain/problems.ts';
import type { ReorderPipelineStagesInput } from '../generated/schema.ts';
import { throwProblems, runMutation } from './run-mutation.ts';
import { openTarget, readBack, readBackAfterFailure, requirePipelineKey, write, writeCallFor } from './target.ts';

interface Payload {
  readonly pipeline: Pipeline | null;
}

/** Puts a pipeline's stages in the order given, with the fewest writes that the source needs for it. */
export function reorderPipelineStages(
  input: ReorderPipelineStagesInput,
  context: Context,
  selected: ReadonlySet<string>,
) {
  return runMutation<Payload>(context, { pipeline: null }, async (payload) => {
    const { collection, key } = requirePipelineKey(context, input.pipeline, 'pipeline');
    const stageIds = input.stages.map((id) => readStageIdOf(key, id));
    throwProblems(checkOrder(stageIds));
    const call = writeCallFor(context, collection);
    const current = await openTarget(collection, key, call, input.pipeline).read();
    throwProblems(checkCompleteness(stageIds, current));
    const order = stageIds.filter((stageId) => stageId !== null);
    await write(context, current, () => collection.source.reorderStages(current, order, call)).catch(
      readBackAfterFailure(collection, key, call, (pipeline) => {
        payload.pipeline = pipeline;
      }),
    );
    if (selected.has('pipeline')) payload.pipeline = await readBack(collection, key, call);
  });
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

function checkCompleteness(stageIds: readonly (string | null)[], { stages }: Pipeline): readonly Problem[] {
  const existing = new Set(stages.map((stage) => stage.stageId));
  const unknown = stageIds.flatMap((stageId, index) =>
    stageId === null || existing.has(stageId)
      ? []
      : [invalidInput(['stages', String(index)], 'The pipeline has no such stage.')],
  );
  const missing = stages
    .filter((stage) => !stageIds.includes(stage.stageId))
    .map((stage) => invalidInput(['stages'], `The stage "${stage.label}" is missing.`));
  return [...unknown, ...missing];
}
