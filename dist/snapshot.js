/** A pipeline as it is now, kept for later. */
export function toPipelineSnapshot(pipeline) {
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
export function toStageSnapshot({ stageId, label, displayOrder, meta }) {
  return { __typename: 'StageSnapshot', stageId, label, displayOrder, meta };
}
