import { assumptions } from '../assumptions.ts';
import type { Answer, Call } from '../call.ts';
import { objectId, parseInput, typeQuery } from '../input.ts';
import { pipelineByIdOrDefault } from '../store/pipelines.ts';
import { toWirePipeline } from '../wire.ts';

const pipelineQuery = typeQuery.extend({ pipelineId: objectId.optional() });

/** GET /pipelines: one pipeline, of the given id, else the default of the type; the API has no list call. */
export function readPipeline({ account, unknowns, query }: Call): Answer {
  const { type, pipelineId } = parseInput(pipelineQuery, query);
  const pipeline = pipelineByIdOrDefault(account, pipelineId, type);
  return { body: assumptions.toGetAnswer(toWirePipeline(account, pipeline, unknowns.inactiveStages)) };
}
