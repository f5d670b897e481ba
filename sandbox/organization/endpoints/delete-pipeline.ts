import type { DatabaseSync } from 'node:sqlite';
import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import { ApiError } from '../api-error.ts';
import { assumptions, apiErrors } from '../assumptions.ts';
import { bearerToken } from '../authentication.ts';
import { objectId, parseInput } from '../input.ts';
import type { Account, Pipeline, Stage } from '../model.ts';
import { openAccount } from '../store/accounts.ts';
import { pipelineById, removePipeline } from '../store/pipelines.ts';
import { placeRecords, recordsIn } from '../store/records.ts';
import { activeStagesOf, stagesOf } from '../store/stages.ts';
import { inTransaction } from '../store/tables.ts';

const path = z.object({ pipelineId: objectId });
const deleteBody = z.object({ targetPipelineId: objectId.optional() });

/** Serves DELETE /pipelines/{pipelineId}: records move to the target's first active stage, then the pipeline is gone. */
export function deletePipeline(routes: FastifyInstance, database: DatabaseSync): void {
  routes.delete('/pipelines/:pipelineId', (request) => {
    const { pipelineId } = parseInput(path, request.params);
    const { targetPipelineId } = parseInput(deleteBody, request.body);
    const account = openAccount(database, bearerToken(request));
    return inTransaction(database, () => {
      const pipeline = pipelineById(account, pipelineId);
      if (pipeline.isDefault) throw new ApiError(apiErrors.defaultNotDeletable);
      const target = targetPipelineId ? findTarget(account, pipeline, targetPipelineId) : undefined;
      const records = stagesOf(account, pipelineId).flatMap(({ id }) => recordsIn(account, id));
      if (records.length > 0 && !target) throw new ApiError(apiErrors.targetRequired);
      if (target) placeRecords(account, pipeline.type, target.stage.id, records);
      removePipeline(account, pipelineId);
      return {
        message: 'Pipeline deleted',
        pipelineId,
        recordsTransferred: records.length,
        movedToPipeline: target && { id: target.pipeline.id, name: target.pipeline.name },
        movedToStage: target && { id: target.stage.id, name: target.stage.name },
      };
    });
  });
}

function findTarget(account: Account, source: Pipeline, id: string): { pipeline: Pipeline; stage: Stage } {
  if (id === source.id) throw new ApiError(apiErrors.targetIsSource);
  const pipeline = pipelineById(account, id);
  if (!assumptions.mayReceiveRecords(source.type, pipeline.type)) throw new ApiError(apiErrors.targetOfOtherType);
  const [stage] = activeStagesOf(account, id);
  if (!stage) throw new ApiError(apiErrors.targetWithoutStage);
  return { pipeline, stage };
}
