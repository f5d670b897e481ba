import type { Answer } from '../../hubspot/answer.ts';
import { makePipeline } from '../../hubspot/make-pipeline.ts';
import { assumptions } from '../assumptions.ts';
import type { Call } from '../call.ts';
import { checkIds, checkProbabilities, parseCreate } from '../input.ts';
import { toWirePipeline } from '../wire.ts';

/** POST of a pipeline: the caller chooses every stage's id (documented). */
export function createPipeline(call: Call): Answer {
  const input = parseCreate(call.body);
  checkIds(input);
  checkProbabilities(input);
  const stored = makePipeline(call, input, input.active);
  return { status: assumptions.createStatus, body: toWirePipeline(call.type, stored) };
}
