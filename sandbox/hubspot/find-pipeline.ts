import { refuseNotFound } from './api-error.ts';
import type { NotFoundBody } from './api-error.ts';
import type { Call } from './call.ts';
import type { StoredPipeline, StoredStage } from './model.ts';

/** The call's pipeline; undefined if it is missing or inactive, which is the same to all versions but v1. */
export function findPipeline({ store, collection, pipelineId }: Call): StoredPipeline | undefined {
  const pipeline = store.pipelines.find(collection, pipelineId);
  return pipeline?.active === true ? pipeline : undefined;
}

/** The call's pipeline, or a 404 with the body that is usual for the operation. */
export function requirePipeline(call: Call, body: NotFoundBody): StoredPipeline {
  return findPipeline(call) ?? refuseNotFound(body);
}

/** The call's pipeline and its stage, or a 404 with the body that is usual for the operation. */
export function requireStage(call: Call, body: NotFoundBody): { pipeline: StoredPipeline; stage: StoredStage } {
  const pipeline = requirePipeline(call, body);
  const stage = pipeline.stages.find((each) => each.id === call.stageId) ?? refuseNotFound(body);
  return { pipeline, stage };
}
