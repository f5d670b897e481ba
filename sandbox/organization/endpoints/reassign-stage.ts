import type { DatabaseSync } from 'node:sqlite';
import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import { ApiError } from '../api-error.ts';
import { apiErrors } from '../assumptions.ts';
import { bearerToken } from '../authentication.ts';
import { objectId, parseInput } from '../input.ts';
import type { Stage } from '../model.ts';
import { openAccount } from '../store/accounts.ts';
import { pipelineById } from '../store/pipelines.ts';
import { placeRecords, recordsIn } from '../store/records.ts';
import { deactivateStage, stageById } from '../store/stages.ts';
import { inTransaction } from '../store/tables.ts';

const reassignBody = z.object({ sourceStageId: objectId, targetStageId: objectId });

/** Serves POST /pipelines/stages/reassign: moves a stage's records to another one, and deactivates the emptied stage. */
export function reassignStage(routes: FastifyInstance, database: DatabaseSync): void {
  routes.post('/pipelines/stages/reassign', (request) => {
    const { sourceStageId, targetStageId } = parseInput(reassignBody, request.body);
    const account = openAccount(database, bearerToken(request));
    return inTransaction(database, () => {
      const source = stageById(account, sourceStageId);
      const target = stageById(account, targetStageId);
      requireFit(source, target);
      const records = recordsIn(account, source.id);
      placeRecords(account, pipelineById(account, source.pipelineId).type, target.id, records);
      deactivateStage(account, source.id);
      return {
        success: true,
        recordsTransferred: records.length,
        sourceStage: { id: source.id, name: source.name },
        targetStage: { id: target.id, name: target.name },
      };
    });
  });
}

/** An inactive source is let through: this call is the one way for records out of a deactivated stage. */
function requireFit(source: Stage, target: Stage): void {
  if (target.id === source.id) throw new ApiError(apiErrors.targetIsSource);
  if (target.pipelineId !== source.pipelineId) throw new ApiError(apiErrors.targetOfOtherPipeline);
  if (!target.isActive) throw new ApiError(apiErrors.targetInactive);
}
