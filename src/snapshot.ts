import { createHash } from 'node:crypto';
import { toMetaFields } from './change.ts';
import type { PipelineState, StageState } from './change.ts';
import type { PipelineKey } from './ids.ts';

/** A pipeline as it was at some moment. */
export interface PipelineSnapshot extends PipelineKey, PipelineState {
  readonly __typename: 'PipelineSnapshot';
  readonly stages: readonly StageSnapshot[];
}

/** A stage as it was at some moment. */
export interface StageSnapshot extends StageState {
  readonly __typename: 'StageSnapshot';
}

/** A pipeline as it is now, kept for later. */
export function toPipelineSnapshot(pipeline: PipelineKey & PipelineState): PipelineSnapshot {
  const { sourceName, objectType, pipelineId, label, displayOrder, description, isDefault } = pipeline;
  return {
    __typename: 'PipelineSnapshot',
    sourceName,
    objectType,
    pipelineId,
    label,
    displayOrder,
    description,
    isDefault,
    stages: pipeline.stages.map(toStageSnapshot),
  };
}

/** A stage as it is now, kept for later. */
export function toStageSnapshot({ stageId, label, displayOrder, meta }: StageState): StageSnapshot {
  return { __typename: 'StageSnapshot', stageId, label, displayOrder, meta };
}

/** The JSON document that a client can keep: all that creates the pipeline anew, with a digest that shows tampering. */
export function toSnapshotDocument(snapshot: PipelineSnapshot) {
  const { sourceName, objectType, pipelineId, label, displayOrder, description, isDefault } = snapshot;
  const content = {
    version: 1,
    sourceName,
    objectType,
    pipelineId,
    label,
    displayOrder,
    description,
    isDefault,
    stages: snapshot.stages.map((stage) => ({
      stageId: stage.stageId,
      label: stage.label,
      displayOrder: stage.displayOrder,
      meta: toMetaFields(stage.meta),
    })),
  };
  return { ...content, digest: toDigest(content) };
}

/** The digest of a document's content, in the order in which the gateway writes its fields. */
function toDigest(content: Readonly<Record<string, unknown>>): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('base64url');
}
