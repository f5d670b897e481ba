import { refuseMissing } from './api-error.ts';
import type { MissingForm } from './assumptions.ts';
import type { Call } from './call.ts';
import type { StoredPipeline, StoredStage } from './model.ts';

/** The call's pipeline, or undefined where it is missing or inactive, which is the same to all versions but v1. */
export function findPipeline({ store, shelf, pipelineId }: Call): StoredPipeline | undefined {
  const pipeline = store.find(shelf, pipelineId);
  return pipeline?.active === true ? pipeline : undefined;
}

/** The call's pipeline, or a 404 of the form that is usual for the operation. */
export function requirePipeline(call: Call, form: MissingForm): StoredPipeline {
  return findPipeline(call) ?? refuseMissing(form);
}

/** The call's pipeline and its stage, or a 404. */
export function requireStage(call: Call, form: MissingForm): { pipeline: StoredPipeline; stage: StoredStage } {
  const pipeline = requirePipeline(call, form);
  const stage = pipeline.stages.find((each) => each.id === call.stageId) ?? refuseMissing(form);
  return { pipeline, stage };
}
