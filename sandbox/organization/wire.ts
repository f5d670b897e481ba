import type { Unknowns } from '../unknowns.ts';
import type { Account, Pipeline } from './model.ts';
import { activeStagesOf, stagesOf } from './store/stages.ts';

/** A pipeline as the API answers it: the whole object of the reference, which shows no timestamps. */
export function toWirePipeline(
  account: Account,
  pipeline: Pipeline,
  inactiveStages: Unknowns['inactiveStages'],
): Record<string, unknown> {
  const showsInactive = inactiveStages === 'shown';
  const stages = showsInactive ? stagesOf(account, pipeline.id) : activeStagesOf(account, pipeline.id);
  return {
    _id: pipeline.id,
    name: pipeline.name,
    // Left out if there is none, as MongoDB has no field then.
    description: pipeline.description ?? undefined,
    organizationId: account.organizationId,
    type: pipeline.type,
    isDefault: pipeline.isDefault === 1,
    isActive: true,
    stages: stages.map(({ name, color }) => ({ name, color })),
    pipelineStageIds: stages.map(({ id }) => id),
    pipelineStages: stages.map(({ id, name, color, position, isActive }) => ({
      _id: id,
      name,
      color,
      position,
      ...(showsInactive ? { isActive: isActive === 1 } : {}),
    })),
    createdBy: pipeline.createdBy,
    updatedBy: pipeline.updatedBy,
  };
}

/** A pipeline as an edit answers it: the four fields of the reference's sample, and no stages. */
export function toWireSummary({ id, name, type, isDefault }: Pipeline): Record<string, unknown> {
  return { _id: id, name, type, isDefault: isDefault === 1 };
}
