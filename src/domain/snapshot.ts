import type { PipelineState, StageState } from './diff.ts';
import type { PipelineKey } from './ids.ts';

/** A pipeline as it was at some moment. */
export interface PipelineSnapshot extends PipelineKey, PipelineState {
  readonly __typename: 'PipelineSnapshot';
  readonly stages: readonly StageSnapshot[];
}

/** A stage as it was at some moment. */
export interface StageSnapshot extends StageState {
  readonly __typename: 'StageSnapshot';
  /** Absent if that is not known. */
  readonly archived?: boolean | undefined;
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
export function toStageSnapshot(stage: StageState & Pick<StageSnapshot, 'archived'>): StageSnapshot {
  const { stageId, label, displayOrder, archived, meta } = stage;
  return { __typename: 'StageSnapshot', stageId, label, displayOrder, archived, meta };
}
