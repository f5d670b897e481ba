import type { Answer } from '../answer.ts';
import { refuse } from '../api-error.ts';
import type { Call } from '../call.ts';
import { findPipeline, requireStage } from '../find-pipeline.ts';
import { shuffled, toWireStage } from '../wire.ts';

/** GET of a pipeline's stages, unsorted; a missing pipeline is a JSON 404 without a category (HubSpot, observed 2026-10). */
export function listStages(call: Call): Answer {
  const message = `No pipeline found with id ${call.pipelineId}`;
  const pipeline = findPipeline(call) ?? refuse(404, { message, category: null });
  return { status: 200, body: { results: shuffled(pipeline.stages).map((stage) => toWireStage(call.version, stage)) } };
}

/** GET of one stage; a missing one is a 404 without a JSON body (HubSpot, observed 2026-10). */
export function readStage(call: Call): Answer {
  return { status: 200, body: toWireStage(call.version, requireStage(call, 'negotiated').stage) };
}
