import type { MutationResolvers } from '../generated/schema.ts';
import { archivePipeline } from '../writes/archive-pipeline.ts';
import { archiveStage } from '../writes/archive-stage.ts';
import { createPipeline } from '../writes/create-pipeline.ts';
import { createStage } from '../writes/create-stage.ts';
import { patchStage, replaceStage } from '../writes/edit-stage.ts';
import { patchPipeline } from '../writes/patch-pipeline.ts';
import { replacePipeline } from '../writes/replace-pipeline.ts';
import { readSelection } from '../writes/selection.ts';

export const mutation: Required<MutationResolvers> = {
  createPipeline: (_, { input }, context, info) => createPipeline(input, context, readSelection(info)),
  replacePipeline: (_, { input }, context, info) => replacePipeline(input, context, readSelection(info)),
  patchPipeline: (_, { input }, context, info) => patchPipeline(input, context, readSelection(info)),
  archivePipeline: (_, { input }, context, info) => archivePipeline(input, context, readSelection(info)),
  createPipelineStage: (_, { input }, context, info) => createStage(input, context, readSelection(info)),
  replacePipelineStage: (_, { input }, context, info) => replaceStage(input, context, readSelection(info)),
  patchPipelineStage: (_, { input }, context, info) => patchStage(input, context, readSelection(info)),
  archivePipelineStage: (_, { input }, context, info) => archiveStage(input, context, readSelection(info)),
};
