import * as z from 'zod';
import { ApiError } from '../api-error.ts';
import { apiErrors } from '../assumptions.ts';
import type { Answer, Call } from '../call.ts';
import { objectId, parseInput } from '../input.ts';
import type { Stage } from '../model.ts';
import { pipelineById } from '../store/pipelines.ts';
import { addRecords, recordsIn } from '../store/records.ts';
import { deactivateStage, stageById } from '../store/stages.ts';

const reassignBody = z.object({ sourceStageId: objectId, targetStageId: objectId });

/** POST /pipelines/stages/reassign: moves a stage's records to another one, and deactivates the emptied stage. */
export function reassignStage({ account, body }: Call): Answer {
  const { sourceStageId, targetStageId } = parseInput(reassignBody, body);
  const source = stageById(account, sourceStageId);
  const target = stageById(account, targetStageId);
  checkTarget(source, target);
  const records = recordsIn(account, source.id);
  addRecords(account, pipelineById(account, source.pipelineId).type, target.id, records);
  deactivateStage(account, source.id);
  return {
    body: {
      success: true,
      recordsTransferred: records.length,
      sourceStage: { id: source.id, name: source.name },
      targetStage: { id: target.id, name: target.name },
    },
  };
}

// An inactive source is let through: this call is the one way for records out of a deactivated stage.
function checkTarget(source: Stage, target: Stage): void {
  if (target.id === source.id) throw new ApiError(apiErrors.targetIsSource);
  if (target.pipelineId !== source.pipelineId) throw new ApiError(apiErrors.targetOfOtherPipeline);
  if (!target.isActive) throw new ApiError(apiErrors.targetInactive);
}
