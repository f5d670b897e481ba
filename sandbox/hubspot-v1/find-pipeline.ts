import { refuse } from '../hubspot/api-error.ts';
import type { StoredPipeline } from '../hubspot/model.ts';
import type { Call } from './call.ts';

/** The call's pipeline, active or not, or a 404. */
export function requirePipeline({ store, collection, pipelineId }: Call): StoredPipeline {
  return store.pipelines.find(collection, pipelineId) ?? refuseNotFound(pipelineId);
}

/** Refuses with the 404 of a missing pipeline. */
export function refuseNotFound(pipelineId: string): never {
  return refuse(404, { message: `No pipeline found with id ${pipelineId}` });
}
