import type { Answer } from '../answer.ts';
import { refuse } from '../api-error.ts';
import { assumptions } from '../assumptions.ts';
import type { Call } from '../call.ts';
import { findPipeline } from '../find-pipeline.ts';
import type { StoredPipeline } from '../model.ts';
import { checkReferences } from '../reference-check.ts';
import { removePipeline } from '../write-pipeline.ts';

/** DELETE of a pipeline: a missing one is a JSON 404 here (HubSpot, observed 2026-10). */
export function deletePipeline(call: Call): Answer {
  const message = `No pipeline found with id ${call.pipelineId}`;
  const pipeline = findPipeline(call) ?? refuse(404, { message, category: 'OBJECT_NOT_FOUND' });
  checkNotLastDefault(call, pipeline);
  checkReferences(call, 'pipeline', pipeline.stages);
  removePipeline(call, pipeline, call.unknowns.deleteEffect);
  return { status: 204 };
}

// "Each account has at least one" pipeline (documented).
function checkNotLastDefault({ store, collection, type }: Call, pipeline: StoredPipeline): void {
  if (pipeline.id !== type.defaultPipelineId) return;
  if (store.pipelines.list(collection).filter((each) => each.active).length > 1) return;
  refuse(400, { message: assumptions.lastDefaultPipelineMessage });
}
