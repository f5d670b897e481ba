import { archivePipeline } from '../writes/archive-pipeline.js';
import { archiveStage } from '../writes/archive-stage.js';
import { copyPipeline } from '../writes/copy-pipeline.js';
import { createPipeline } from '../writes/create-pipeline.js';
import { createStage } from '../writes/create-stage.js';
import { patchStage, replaceStage } from '../writes/edit-stage.js';
import { patchPipeline } from '../writes/patch-pipeline.js';
import { reorderStages } from '../writes/reorder-stages.js';
import { replacePipeline } from '../writes/replace-pipeline.js';
import { restorePipeline } from '../writes/restore-pipeline.js';
import { readSelection } from '../writes/selection.js';
export const mutation = {
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
