import type { MutationResolvers } from '../generated/schema.ts';
import { archivePipeline } from '../mutations/archive-pipeline.ts';
import { archiveStage } from '../mutations/archive-pipeline-stage.ts';
import { copyPipeline } from '../mutations/copy-pipeline.ts';
import { createPipeline } from '../mutations/create-pipeline.ts';
import { createStage } from '../mutations/create-pipeline-stage.ts';
import { patchStage, replaceStage } from '../mutations/edit-pipeline-stage.ts';
import { patchPipeline } from '../mutations/patch-pipeline.ts';
import { reorderStages } from '../mutations/reorder-pipeline-stages.ts';
import { replacePipeline } from '../mutations/replace-pipeline.ts';
import { restorePipeline } from '../mutations/restore-pipeline.ts';
import { readSelection } from '../mutations/selection.ts';

export const mutation: Required<MutationResolvers> = {
  createPipeline: (_, { input }, context, info) => createPipeline(input, context, readSelection(info)),
  replacePipeline: (_, { input }, context, info) => replacePipeline(input, context, readSelection(info)),
  patchPipeline: (_, { input }, context, info) => patchPipeline(input, context, readSelection(info)),
  archivePipeline: (_, { input }, context, info) => archivePipeline(input, context, readSelection(info)),
  restorePipeline: (_, { input }, context, info) => restorePipeline(input, context, readSelection(info)),
  copyPipeline: (_, { input }, context, info) => copyPipeline(input, context, readSelection(info)),
  createPipelineStage: (_, { input }, context, info) => createStage(input, context, readSelection(info)),
  replacePipelineStage: (_, { input }, context, info) => replaceStage(input, context, readSelection(info)),
  patchPipelineStage: (_, { input }, context, info) => patchStage(input, context, readSelection(info)),
  archivePipelineStage: (_, { input }, context, info) => archiveStage(input, context, readSelection(info)),
  reorderPipelineStages: (_, { input }, context, info) => reorderStages(input, context, readSelection(info)),
};
