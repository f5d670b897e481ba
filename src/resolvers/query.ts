import { toViewer } from '../context/caller.ts';
import { requireCollection } from '../context/collections.ts';
import type { Context } from '../context/context.ts';
import { diffPipelines } from '../domain/diff.ts';
import { isAddressable, readPipelineGlobalId, readStageGlobalId } from '../domain/ids.ts';
import type { Pipeline } from '../domain/pipeline.ts';
import { invalidInput, PipelineFault } from '../domain/problems.ts';
import { toUnreadProblems } from '../domain/unread-stages.ts';
import type { QueryResolvers } from '../generated/schema.ts';
import { pipelineReplacePlan } from '../mutations/pipeline-replace-plan.ts';
import { restorePipelinePlan } from '../mutations/restore-pipeline-plan.ts';
import { readSelection } from '../mutations/selection.ts';
import { syncPipelinePlan } from '../mutations/sync-pipeline-plan.ts';
import { listPipelines } from '../queries/list-pipelines.ts';
import { findSource } from '../sources/find-source.ts';

/** Resolves the queries. */
export const query: Required<QueryResolvers> = {
  viewer: (_, __, { caller }) => toViewer(caller),

  pipelineSources: (_, __, { sources }) => sources,

  pipelineSource: (_, { name }, { sources }) => findSource(sources, name),

  pipeline: (_, { id }, context) => loadPipeline('id', id, context),

  pipelineByKey: async (_, { sourceName, objectType, pipelineId }, { sources, loaders }) => {
    const collection = requireCollection(sources, { sourceName, objectType });
    requireAddressable('pipelineId', pipelineId);
    return loaders.pipeline(collection, { sourceName: collection.source.name, objectType, pipelineId });
  },

  pipelines: (_, args, context) => listPipelines(args, context),

  pipelineStage: async (_, { id }, { sources, loaders }) => {
    const key = readStageGlobalId(id) ?? fail('id', 'This is not the id of a stage.');
    return loaders.stage(requireCollection(sources, key, ['id']), key);
  },

  pipelineStageByKey: async (_, { sourceName, objectType, stageId }, { sources, loaders }) => {
    const collection = requireCollection(sources, { sourceName, objectType });
    requireAddressable('stageId', stageId);
    return loaders.stage(collection, { sourceName: collection.source.name, objectType, stageId });
  },

  pipelineDiff: async (_, { a, b }, context) => {
    const [from, to] = await Promise.all([loadPipeline('a', a, context), loadPipeline('b', b, context)]);
    if (from === null || to === null) return null;
    // A stage that cannot be read would look like one that is not there.
    const [unread] = [from, to].flatMap(toUnreadProblems);
    if (unread !== undefined) throw new PipelineFault([unread]);
    return diffPipelines(from, to);
  },

  pipelineReplacePlan: (_, { input }, context) => pipelineReplacePlan(input, context),

  restorePipelinePlan: (_, { input }, context, info) => restorePipelinePlan(input, context, readSelection(info)),

  syncPipelinePlan: (_, { input }, context) => syncPipelinePlan(input, context),
};

async function loadPipeline(argument: string, id: string, { sources, loaders }: Context): Promise<Pipeline | null> {
  const key = readPipelineGlobalId(id) ?? fail(argument, 'This is not the id of a pipeline.');
  return loaders.pipeline(requireCollection(sources, key, [argument]), key);
}

function requireAddressable(argument: string, id: string): void {
  if (!isAddressable(id)) fail(argument, 'This cannot be an upstream id.');
}

function fail(argument: string, message: string): never {
  throw new PipelineFault([invalidInput([argument], message)]);
}
