import { buildStages } from './build-stages.ts';
import type { Unknowns } from '../unknowns.ts';
import type { WriteContext } from './call.ts';
import type { PipelineInput } from './input.ts';
import type { StoredPipeline } from './model.ts';
import { settleTies } from './stage-order.ts';
import * as validation from './validation.ts';

/** What a pipeline becomes that is replaced as a whole, or a refusal; the same for every version, v1 among them. */
export function toReplacement(
  context: WriteContext,
  before: StoredPipeline,
  input: Omit<PipelineInput, 'pipelineId'>,
  unknownIds: Unknowns['unknownStageIds'],
): Pick<StoredPipeline, 'label' | 'displayOrder' | 'stages' | 'updatedAt'> {
  const { label, displayOrder } = input;
  const stageIds = input.stages.map((stage) => stage.stageId);
  validation.checkIdLengths(undefined, stageIds);
  validation.checkStageIds(context, stageIds, before.id);
  validation.checkLabel(context, label, before.label);
  validation.checkPipelineLabel(context, label, before.id);
  validation.checkOrder(displayOrder);
  const stages = settleTies(buildStages(context, input.stages, before.stages, unknownIds), context.unknowns.ties);
  validation.checkStages(context, before.id, stages);
  return { label, displayOrder, stages, updatedAt: context.now };
}
