import { assumptions } from './assumptions.ts';
import type { Account, Pipeline } from './model.ts';
import { stagesOf } from './store/stages.ts';

/** Gives the whole pipeline object of the reference, which shows no timestamps. */
export function toPipeline(account: Account, pipeline: Pipeline): Record<string, unknown> {
  const stages = stagesOf(account, pipeline.id).filter(assumptions.isShown);
  return {
    _id: pipeline.id,
    name: pipeline.name,
    // Left out where there is none, as MongoDB has no field then.
    description: pipeline.description ?? undefined,
    organizationId: account.organizationId,
    type: pipeline.type,
    isDefault: pipeline.isDefault === 1,
    isActive: true,
    stages: stages.map(({ name, color }) => ({ name, color })),
    pipelineStageIds: stages.map(({ id }) => id),
    pipelineStages: stages.map(({ id, name, color, position }) => ({ _id: id, name, color, position })),
    createdBy: pipeline.createdBy,
    updatedBy: pipeline.updatedBy,
  };
}

/** Gives the four fields that the reference's sample answer to an edit has, and no stages. */
export function toShortPipeline({ id, name, type, isDefault }: Pipeline): Record<string, unknown> {
  return { _id: id, name, type, isDefault: isDefault === 1 };
}
