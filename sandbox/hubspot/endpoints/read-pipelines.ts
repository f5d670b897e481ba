import type { Answer } from '../answer.ts';
import type { Call } from '../call.ts';
import { requirePipeline } from '../find-pipeline.ts';
import { shuffled, toWirePipeline } from '../wire.ts';

/** GET of a collection: every active pipeline, unsorted; `limit` and `archived` are ignored (HubSpot, observed 2026-10). */
export function listPipelines({ store, collection, version }: Call): Answer {
  const active = store.pipelines.list(collection).filter((pipeline) => pipeline.active);
  return { status: 200, body: { results: shuffled(active).map((pipeline) => toWirePipeline(version, pipeline)) } };
}

/** GET of one pipeline; a missing one is a 404 without a JSON body (HubSpot, observed 2026-10). */
export function readPipeline(call: Call): Answer {
  return { status: 200, body: toWirePipeline(call.version, requirePipeline(call, 'negotiated')) };
}
