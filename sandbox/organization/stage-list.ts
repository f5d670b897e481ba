import { ApiError } from './api-error.ts';
import { assumptions, apiErrors } from './assumptions.ts';
import type { StageItem } from './input.ts';
import type { Account } from './model.ts';
import { newObjectId } from './object-id.ts';
import { deactivateStage, insertStage, stagesOf, updateStage } from './store/stages.ts';

/**
 * Makes the list the pipeline's active stages, by the reference's rule for `pipelineStages`: an `_id` marks an update.
 * An item without one is a new stage even if its name is known, and stages left out are deactivated, not deleted.
 */
export function applyStageList(account: Account, pipelineId: string, items: readonly StageItem[]): void {
  const known = new Map(stagesOf(account, pipelineId).map((stage) => [stage.id, stage]));
  for (const [index, { _id, name, color, position = index }] of items.entries()) {
    if (_id === undefined) {
      const id = newObjectId();
      insertStage(account, pipelineId, { id, name, color: color ?? assumptions.stageColor, position });
      continue;
    }
    const stage = known.get(_id);
    if (!stage) throw new ApiError(apiErrors.stageNotFound);
    updateStage(account, { id: _id, name, color: color ?? stage.color, position });
    known.delete(_id);
  }
  for (const id of known.keys()) deactivateStage(account, id);
}
