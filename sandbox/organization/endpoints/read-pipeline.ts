import { ApiError } from '../api-error.ts';
import { apiErrors, assumptions } from '../assumptions.ts';
import type { Answer, Call } from '../call.ts';
import { objectId, parseInput, typeQuery } from '../input.ts';
import { findPipelines, pipelineByIdOrDefault } from '../store/pipelines.ts';
import { toWirePipeline } from '../wire.ts';

const pipelineQuery = typeQuery.extend({ pipelineId: objectId.optional() });

/** GET /pipelines: one pipeline, of the given id, else the default of the type; the API has no list call. */
export function readPipeline({ account, unknowns, latePipelines, query }: Call): Answer {
  const { type, pipelineId } = parseInput(pipelineQuery, query);
  const id = pipelineId ?? pipelineByIdOrDefault(account, pipelineId, type).id;
  const present = findPipelines(account).find((pipeline) => pipeline.id === id);
  const wire = present === undefined ? undefined : toWirePipeline(account, present, unknowns.inactiveStages);
  const shown = latePipelines.show(account, id, wire);
  if (shown === undefined) throw new ApiError(apiErrors.pipelineNotFound);
  return { body: assumptions.toGetAnswer(shown) };
}
