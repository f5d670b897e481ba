import { assumptions } from './assumptions.ts';
import type { WriteContext } from './call.ts';
import type { StoredPipeline, StoredStage } from './model.ts';

/** A pipeline in HubSpot's internal form, with the members that the audit example of its guide shows. */
export function toRawPipeline(context: WriteContext, pipeline: StoredPipeline): Record<string, unknown> {
  return {
    displayOrder: pipeline.displayOrder,
    pipelineId: pipeline.id,
    portalId: portalIdOf(context.collection.account),
    objectType: context.type.internalName,
    objectTypeId: context.type.typeId,
    version: pipeline.version,
    label: pipeline.label,
    active: pipeline.active,
    stages: pipeline.stages.map((stage) => toRawStage(context, pipeline.id, stage)),
    ...authorAndTimes(pipeline),
    limitExempt: false,
    autoCloseDateEnabled: true,
    clearCloseDateWhenMovingClosedToOpen: false,
    permission: null,
    createStageId: null,
    inactiveDefaultPipeline: false,
    default: pipeline.id === context.type.defaultPipelineId,
  };
}

/** A stage in HubSpot's internal form, as inside a pipeline. */
export function toRawStage(context: WriteContext, pipelineId: string, stage: StoredStage): Record<string, unknown> {
  return {
    displayOrder: stage.displayOrder,
    portalId: portalIdOf(context.collection.account),
    objectTypeId: context.type.typeId,
    pipelineId,
    stageId: stage.id,
    label: stage.label,
    metadata: stage.metadata,
    maxVisibleVersion: null,
    ...authorAndTimes(stage),
    writePermissions: 'CRM_PERMISSIONS_ENFORCEMENT',
    internalWriteOnly: false,
    active: true,
    isApprovalStage: null,
  };
}

/** The number of the HubSpot account, always the same for one token. */
export function portalIdOf(account: string): number {
  return 10_000_000 + Number.parseInt(account.slice(0, 6), 16);
}

function authorAndTimes({ createdAt, updatedAt }: { createdAt: number; updatedAt: number }): Record<string, unknown> {
  return { createdBy: assumptions.auditUserId, updatedBy: assumptions.auditUserId, createdAt, updatedAt };
}
