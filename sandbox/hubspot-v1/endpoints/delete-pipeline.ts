import type { Answer } from '../../hubspot/answer.ts';
import { removePipeline } from '../../hubspot/write-pipeline.ts';
import { assumptions } from '../assumptions.ts';
import type { Call } from '../call.ts';
import { refuseNotFound, requirePipeline } from '../find-pipeline.ts';

/** DELETE of a pipeline. Nothing is documented about records in it, so they do not stop it. */
export function deletePipeline(call: Call): Answer {
  const before = requirePipeline(call);
  if (!before.active) refuseNotFound(call.pipelineId);
  removePipeline(call, before, assumptions.deleteEffect);
  return { status: 204 };
}
