import { toEnvelope } from '../hubspot/api-error.ts';
import type { ApiErrorBody } from '../hubspot/api-error.ts';
import type { StoredPipeline, StoredStage } from '../hubspot/model.ts';
import type { ObjectType } from '../hubspot/object-types.ts';
import { shuffled } from '../hubspot/wire.ts';
import { assumptions } from './assumptions.ts';

const sharedCategories = new Set<unknown>(['INVALID_AUTHENTICATION', 'EXPIRED_AUTHENTICATION', 'MISSING_SCOPES']);

/** A pipeline as v1 answers it: its own names, epoch milliseconds, stages in no useful order (recorded in 2020). */
export function toWirePipeline(type: ObjectType, pipeline: StoredPipeline): Record<string, unknown> {
  return {
    label: pipeline.label,
    displayOrder: pipeline.displayOrder,
    active: pipeline.active,
    stages: shuffled(pipeline.stages).map(toWireStage),
    objectType: type.internalName,
    objectTypeId: type.typeId,
    pipelineId: pipeline.id,
    createdAt: pipeline.createdAt,
    updatedAt: pipeline.updatedAt === 0 ? assumptions.neverEdited : pipeline.updatedAt,
    default: pipeline.id === type.defaultPipelineId,
  };
}

// Metadata values are strings in recorded answers, although the documentation shows a number.
function toWireStage(stage: StoredStage): Record<string, unknown> {
  return {
    label: stage.label,
    displayOrder: stage.displayOrder,
    metadata: stage.metadata,
    stageId: stage.id,
    createdAt: stage.createdAt,
    updatedAt: stage.updatedAt === 0 ? assumptions.neverEdited : stage.updatedAt,
    active: true,
  };
}

/** v1's error body, which has no category (hubspot-php#295), except in those that all of HubSpot's APIs share. */
export function toV1Envelope(body: ApiErrorBody, correlationId: string): Record<string, unknown> {
  if (sharedCategories.has(body.category)) return toEnvelope(body, correlationId);
  return { status: 'error', message: body.message, correlationId, requestId: correlationId };
}
