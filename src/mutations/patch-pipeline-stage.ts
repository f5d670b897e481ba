import type { PatchPipelineStageInput } from '../generated/schema.ts';
import { nothingMoved } from '../sources/write-results.ts';
import { defineMutation } from './run-mutation.ts';
import { checkNewStageEdit, checkStageEdit, isEdited, toStagePatch } from './stage-edit.ts';
import { noEditedStage, showEditedStage } from './stage-payload.ts';
import { locateStage } from './target.ts';

/** Changes the fields of a stage that the input gives; null counts as absent, and metadata is merged. */
export const patchPipelineStage = defineMutation({
  empty: noEditedStage,
  locate: (input: PatchPipelineStageInput, context) => locateStage(context, input.id, input),
  check: (input, { collection }) => checkNewStageEdit(input, collection),
  prepare: (input, current, { collection }) => ({
    plan: toStagePatch(input, collection.source.inputRules),
    problems: checkStageEdit(input, current, collection),
  }),
  write: (patch, current, { collection: { source, objectType }, call }) =>
    source.patchStage(objectType, current, patch, call),
  isAsAsked: (after, asked) => isEdited(after, asked),
  recover: () => nothingMoved,
  show: (payload, written, shown) => showEditedStage(payload, written, shown),
});
