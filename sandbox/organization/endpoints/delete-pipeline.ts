import * as z from 'zod';
import { ApiError } from '../api-error.ts';
import { apiErrors, assumptions } from '../assumptions.ts';
import type { Answer, Call } from '../call.ts';
import { objectId, parseInput } from '../input.ts';
import type { Account, Pipeline, Stage } from '../model.ts';
import { pipelineById, removePipeline } from '../store/pipelines.ts';
import { addRecords, recordsIn } from '../store/records.ts';
import { activeStagesOf, stagesOf } from '../store/stages.ts';

const deleteParams = z.object({ pipelineId: objectId });
const deleteBody = z.object({ targetPipelineId: objectId.optional() });

/** DELETE /pipelines/{pipelineId}: records move to the target's first active stage, then the pipeline is gone. */
export function deletePipeline({ account, params, body }: Call): Answer {
  const { pipelineId } = parseInput(deleteParams, params);
  const { targetPipelineId } = parseInput(deleteBody, body);
  const pipeline = pipelineById(account, pipelineId);
  if (pipeline.isDefault) throw new ApiError(apiErrors.defaultNotDeletable);
  const target = targetPipelineId ? findTarget(account, pipeline, targetPipelineId) : undefined;
  const records = stagesOf(account, pipelineId).flatMap(({ id }) => recordsIn(account, id));
  if (records.length > 0 && !target) throw new ApiError(apiErrors.targetRequired);
  if (target) addRecords(account, pipeline.type, target.stage.id, records);
  removePipeline(account, pipelineId);
  return {
    body: {
      message: 'Pipeline deleted',
      pipelineId,
      recordsTransferred: records.length,
      movedToPipeline: target && { id: target.pipeline.id, name: target.pipeline.name },
      movedToStage: target && { id: target.stage.id, name: target.stage.name },
    },
  };
}

function findTarget(account: Account, source: Pipeline, id: string): { pipeline: Pipeline; stage: Stage } {
  if (id === source.id) throw new ApiError(apiErrors.targetIsSource);
  const pipeline = pipelineById(account, id);
  if (!assumptions.mayReceiveRecords(source.type, pipeline.type)) throw new ApiError(apiErrors.targetOfOtherType);
  const [stage] = activeStagesOf(account, id);
  if (!stage) throw new ApiError(apiErrors.targetWithoutStage);
  return { pipeline, stage };
}
