import type { Answer } from '../../hubspot/answer.ts';
import { removePipeline } from '../../hubspot/write-pipeline.ts';
import type { Call } from '../call.ts';
import { refuseNotFound, requirePipeline } from '../find-pipeline.ts';

/** DELETE of a pipeline. Nothing is documented about records in it, so they do not stop it. */
export function deletePipeline(call: Call): Answer {
  const before = requirePipeline(call);
  const { v1DeleteEffect } = call.unknowns;
  if (!before.active && v1DeleteEffect === 'deactivate') refuseNotFound(call.pipelineId);
  removePipeline(call, before, v1DeleteEffect);
  return { status: 204 };
}
