import type { Answer } from '../../hubspot/answer.ts';
import { bodies, parseBody } from '../../hubspot/input.ts';
import { toReplacement } from '../../hubspot/replacement.ts';
import { writePipeline } from '../../hubspot/write-pipeline.ts';
import type { Call } from '../call.ts';
import { requirePipeline } from '../find-pipeline.ts';
import { checkIds, checkProbabilities, completeReplace, replaceBody } from '../input.ts';
import { toWirePipeline } from '../wire.ts';

/** PUT of a pipeline, active or not: stages that are left out are gone, other members stay as they are. */
export function replacePipeline(call: Call): Answer {
  const before = requirePipeline(call);
  const sent = parseBody(replaceBody, call.body);
  const input = parseBody(bodies.pipeline, completeReplace(before, sent));
  checkIds(input, before);
  checkProbabilities(input, before);
  const replacement = toReplacement(call, before, input, call.unknowns.v1UnknownStageIds);
  const active = sent.active ?? before.active;
  const stored = writePipeline(call, 'pipeline', before, { ...before, ...replacement, active });
  return { status: 200, body: toWirePipeline(call.type, stored) };
}
