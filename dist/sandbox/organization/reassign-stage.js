import * as z from 'zod';
import { bearerToken } from './access.js';
import { openAccount } from './accounts.js';
import { refusals } from './assumptions.js';
import { objectId, parseInput } from './input.js';
import { pipelineById } from './pipelines.js';
import { placeRecords, recordsIn } from './records.js';
import { Refusal } from './refusal.js';
import { deactivateStage, stageById } from './stages.js';
import { inTransaction } from './tables.js';
const reassignBody = z.object({ sourceStageId: objectId, targetStageId: objectId });
/** Serves POST /pipelines/stages/reassign: moves a stage's records to another one, and deactivates the emptied stage. */
export function reassignStage(routes, database) {
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
function requireFit(source, target) {
  if (target.id === source.id) throw new Refusal(refusals.targetIsSource);
  if (target.pipelineId !== source.pipelineId) throw new Refusal(refusals.targetOfOtherPipeline);
  if (!target.isActive) throw new Refusal(refusals.targetInactive);
}
