import type { ReplacePipelineStageInput } from '../generated/schema.ts';
import { nothingMoved } from '../sources/write-results.ts';
import { toMetaDraft, toStoredLabel } from './drafts.ts';
import { defineMutation } from './run-mutation.ts';
import { checkNewStageEdit, checkStageEdit, isEdited } from './stage-edit.ts';
import { noEditedStage, showEditedStage } from './stage-payload.ts';
import { locateStage } from './target.ts';

/** Makes a stage what the input says; metadata that it leaves out stays. */
export const replacePipelineStage = defineMutation({
  empty: noEditedStage,
  locate: (input: ReplacePipelineStageInput, context) => locateStage(context, input.id, input),
  check: (input, { collection }) => checkNewStageEdit(input, collection),
  prepare: (input, current, { collection }) => ({
    plan: {
      stageId: current.stageId,
      label: toStoredLabel(input.label, collection.source.inputRules),
      displayOrder: input.displayOrder,
      meta: toMetaDraft(input.meta),
    },
    problems: checkStageEdit(input, current, collection),
  }),
  write: (draft, current, { collection: { source, objectType }, call }) =>
    source.replaceStage(objectType, current, draft, call),
  isAsAsked: (after, asked) => isEdited(after, asked),
  recover: () => nothingMoved,
  show: (payload, written, shown) => showEditedStage(payload, written, shown),
});
