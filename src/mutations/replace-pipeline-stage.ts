import type { ReplacePipelineStageInput } from '../generated/schema.ts';
import { checkWritable } from './archived-stages.ts';
import { toMetaDraft, toStoredLabel } from './drafts.ts';
import { defineMutation } from './run-mutation.ts';
import { checkStageEdit, checkOutcomesAfter } from './stage-edit.ts';
import { noEditedStage, showEditedStage } from './stage-payload.ts';
import { locateStage } from './target.ts';

/** Makes a stage what the input says; metadata that it leaves out stays. */
export const replacePipelineStage = defineMutation({
  empty: noEditedStage,
  locate: (input: ReplacePipelineStageInput, context) => locateStage(context, input.id, input),
  check: (input, { collection }) => checkStageEdit(input, collection),
  prepare: (input, current, { collection }) => ({
    plan: {
      stageId: current.stageId,
      label: toStoredLabel(input.label, collection.source.inputRules),
      displayOrder: input.displayOrder,
      meta: toMetaDraft(input.meta),
    },
    problems: [...checkWritable(current, collection), ...checkOutcomesAfter(current, input, collection)],
  }),
  write: (draft, current, { collection: { source, objectType }, call }) =>
    source.replaceStage(objectType, current, draft, call),
  show: (payload, written, _, step) => showEditedStage(payload, written, step),
});
