import { buildStages } from './build-stages.ts';
import type { WriteContext } from './call.ts';
import type { PipelineInput } from './input.ts';
import type { StoredPipeline } from './model.ts';
import { settleTies } from './stage-order.ts';
import * as validation from './validation.ts';
import { writePipeline } from './write-pipeline.ts';

/** Stores a new pipeline as the input says, or refuses it; the same for every version, v1 among them. */
export function makePipeline(context: WriteContext, input: PipelineInput, active: boolean): StoredPipeline {
  const { store, collection, now } = context;
  const { label, displayOrder } = input;
  const chosenId = input.pipelineId === '' ? undefined : input.pipelineId;
  const stageIds = input.stages.map((stage) => stage.stageId);
  validation.checkIdLengths(chosenId, stageIds);
  validation.checkPipelineId(context, chosenId);
  validation.checkStageIds(context, stageIds);
  validation.checkLabel(context, label);
  validation.checkPipelineLabel(context, label);
  validation.checkOrder(displayOrder);
  validation.checkPipelineLimit(context);
  const id = chosenId ?? store.nextId(collection.account);
  const stages = settleTies(buildStages(context, input.stages, [], 'kept'), context.unknowns.ties);
  validation.checkStages(context, id, stages);
  const content = { id, label, displayOrder, active, stages, createdAt: now, updatedAt: now };
  return writePipeline(context, 'pipeline', undefined, content);
}
