import { refuse } from './api-error.ts';
import { assumptions } from './assumptions.ts';
import type { Call } from './call.ts';
import type { StageInput } from './input.ts';
import type { StoredPipeline, StoredStage } from './model.ts';
import * as validation from './validation.ts';
import { writePipeline } from './write-pipeline.ts';

/** Refuses a label or an order that a stage beside these others may not have; `current` is the stage as it was. */
export function checkStage(
  call: Call,
  { label, displayOrder }: Pick<StageInput, 'label' | 'displayOrder'>,
  others: readonly StoredStage[],
  current?: StoredStage,
): void {
  validation.checkLabel(call, label, current?.label);
  validation.checkOrder(displayOrder);
  if (!others.some((other) => validation.isSameLabel(other.label, label))) return;
  refuse(400, {
    message: `Stage with label ${label} already exists`,
    subCategory: 'PipelineError.STAGE_LABEL_EXISTS',
  });
}

/** Stores what a write of one stage makes of its pipeline's stages; those that it renumbers have its time too. */
export function writeStages(call: Call, before: StoredPipeline, stages: readonly StoredStage[]): StoredPipeline {
  validation.checkStages(call, before.id, stages);
  const orders = new Map(before.stages.map((stage) => [stage.id, stage.displayOrder]));
  const dated = stages.map((stage) =>
    orders.get(stage.id) === stage.displayOrder ? stage : { ...stage, updatedAt: call.now },
  );
  const updatedAt = assumptions.stageWriteMovesPipeline ? call.now : before.updatedAt;
  return writePipeline(call, 'stage', before, { ...before, stages: dated, updatedAt });
}

/** The stage as it stands in the stored pipeline. */
export function storedStage(pipeline: StoredPipeline, stage: StoredStage): StoredStage {
  return pipeline.stages.find((each) => each.id === stage.id) ?? stage;
}
