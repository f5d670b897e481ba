import type { Answer } from '../answer.ts';
import type { Call } from '../call.ts';
import { bodies, parseBody } from '../input.ts';
import { makePipeline } from '../make-pipeline.ts';
import { toPipelineWriteAnswer } from '../write-answer.ts';

/** POST of a pipeline: chosen ids are kept verbatim, a missing one becomes a numeric one (HubSpot, observed 2026-10). */
export function createPipeline(call: Call): Answer {
  const input = parseBody(bodies.pipeline, call.body);
  const stored = makePipeline(call, input, true);
  return {
    status: 201,
    body: toPipelineWriteAnswer(call.version, stored, input.stages),
    location: `${call.version.prefix}/${call.type.name}/${encodeURIComponent(stored.id)}`,
  };
}
