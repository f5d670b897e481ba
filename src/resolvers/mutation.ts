import type { MutationResolvers } from '../generated/schema.ts';
import { archivePipelineStage } from '../mutations/archive-pipeline-stage.ts';
import { archivePipeline } from '../mutations/archive-pipeline.ts';
import { copyPipeline } from '../mutations/copy-pipeline.ts';
import { createPipelineStage } from '../mutations/create-pipeline-stage.ts';
import { createPipeline } from '../mutations/create-pipeline.ts';
import { patchPipelineStage } from '../mutations/patch-pipeline-stage.ts';
import { patchPipelineStages } from '../mutations/patch-pipeline-stages.ts';
import { patchPipeline } from '../mutations/patch-pipeline.ts';
import { reorderPipelineStages } from '../mutations/reorder-pipeline-stages.ts';
import { replacePipelineStage } from '../mutations/replace-pipeline-stage.ts';
import { replacePipeline } from '../mutations/replace-pipeline.ts';
import { restorePipeline } from '../mutations/restore-pipeline.ts';
import { readSelection } from '../mutations/selection.ts';
import { syncPipeline } from '../mutations/sync-pipeline.ts';

/** Resolves the mutations: each is a file in `mutations/`. */
export const mutation: Required<MutationResolvers> = {
  createPipeline: (_, { input }, context, info) => createPipeline(input, context, readSelection(info)),
  replacePipeline: (_, { input }, context, info) => replacePipeline(input, context, readSelection(info)),
  patchPipeline: (_, { input }, context, info) => patchPipeline(input, context, readSelection(info)),
  archivePipeline: (_, { input }, context, info) => archivePipeline(input, context, readSelection(info)),
  restorePipeline: (_, { input }, context, info) => restorePipeline(input, context, readSelection(info)),
  copyPipeline: (_, { input }, context, info) => copyPipeline(input, context, readSelection(info)),
  syncPipeline: (_, { input }, context, info) => syncPipeline(input, context, readSelection(info)),
  createPipelineStage: (_, { input }, context, info) => createPipelineStage(input, context, readSelection(info)),
  replacePipelineStage: (_, { input }, context, info) => replacePipelineStage(input, context, readSelection(info)),
  patchPipelineStage: (_, { input }, context, info) => patchPipelineStage(input, context, readSelection(info)),
  patchPipelineStages: (_, { input }, context, info) => patchPipelineStages(input, context, readSelection(info)),
  archivePipelineStage: (_, { input }, context, info) => archivePipelineStage(input, context, readSelection(info)),
  reorderPipelineStages: (_, { input }, context, info) => reorderPipelineStages(input, context, readSelection(info)),
};
