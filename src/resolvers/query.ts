import { requirePlace } from '../context/collections.ts';
import { toPipelineDifference } from '../domain/diff.ts';
import type { Context } from '../context/context.ts';
import type { QueryResolvers } from '../generated/schema.ts';
import { isAddressable, readPipelineGlobalId, readStageGlobalId } from '../domain/ids.ts';
import type { Pipeline } from '../domain/pipeline.ts';
import { listPipelines } from '../queries/list-pipelines.ts';
import { invalidInput, PipelineFault } from '../domain/problems.ts';
import { planReplacement } from '../mutations/pipeline-replace-plan.ts';

export const query: Required<QueryResolvers> = {
  pipelineSources: (_, __, { sources }) => sources,

  pipelineSource: (_, { name }, { sources }) => sources.find((source) => source.name === name) ?? null,

  pipeline: (_, { id }, context) => loadPipeline('id', id, context),

  pipelineByKey: async (_, { sourceName, objectType, pipelineId }, { sources, lookups }) => {
    const place = requirePlace(sources, { sourceName, objectType });
    requireAddressable('pipelineId', pipelineId);
    return lookups.pipeline(place, { sourceName: place.source.name, objectType, pipelineId });
  },

  pipelines: (_, args, context) => listPipelines(args, context),

  pipelineStage: async (_, { id }, { sources, lookups }) => {
    const key = readStageGlobalId(id) ?? fail('id', 'This is not the id of a stage.');
    return lookups.stage(requirePlace(sources, key, ['id']), key);
  },

  pipelineStageByKey: async (_, { sourceName, objectType, stageId }, { sources, lookups }) => {
    const place = requirePlace(sources, { sourceName, objectType });
    requireAddressable('stageId', stageId);
    return lookups.stage(place, { sourceName: place.source.name, objectType, stageId });
  },

  pipelineDiff: async (_, { a, b }, context) => {
    const [from, to] = await Promise.all([loadPipeline('a', a, context), loadPipeline('b', b, context)]);
    return from === null || to === null ? null : toPipelineDifference(from, to);
  },

  pipelineReplacePlan: (_, { input }, context) => planReplacement(input, context),
};

async function loadPipeline(argument: string, id: string, { sources, lookups }: Context): Promise<Pipeline | null> {
  const key = readPipelineGlobalId(id) ?? fail(argument, 'This is not the id of a pipeline.');
  return lookups.pipeline(requirePlace(sources, key, [argument]), key);
}

function requireAddressable(argument: string, id: string): void {
  if (!isAddressable(id)) fail(argument, 'This cannot be an upstream id.');
}

function fail(argument: string, message: string): never {
  throw new PipelineFault([invalidInput([argument], message)]);
}
