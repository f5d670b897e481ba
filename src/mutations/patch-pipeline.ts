import type { Collection } from '../context/collections.ts';
import { invalidInput } from '../domain/problems.ts';
import type { Problem } from '../domain/problems.ts';
import type { PatchPipelineInput } from '../generated/schema.ts';
import type { PipelinePatch } from '../sources/source.ts';
import { nothingMoved } from '../sources/write-results.ts';
import { hasFields } from './as-asked.ts';
import { checkDisplayOrder, checkLabel, checkPipelineFields } from './check-input.ts';
import { defineMutation } from './run-mutation.ts';
import { showMigrations } from './stage-payload.ts';
import { locatePipeline } from './target.ts';

/** Changes the fields of a pipeline that the input gives; null counts as absent. */
export const patchPipeline = defineMutation({
  empty: nothingMoved,
  locate: (input: PatchPipelineInput, context) => locatePipeline(context, input.id, input),
  check: (input, { collection }) => checkPatch(toPatch(input), collection),
  prepare: (input) => ({ plan: toPatch(input), problems: [] }),
  write: (patch, current, { collection: { source, objectType }, call }) =>
    source.patchPipeline(objectType, current, patch, call),
  isAsAsked: (after, { plan, current }) => after !== null && hasFields(after, plan, current),
  recover: () => nothingMoved,
  show: (payload, written) => showMigrations(payload, written),
});

function toPatch({ label, displayOrder, description }: PatchPipelineInput): PipelinePatch {
  return { label: label ?? null, displayOrder: displayOrder ?? null, description: description ?? null };
}

function checkPatch(patch: PipelinePatch, { source }: Collection): readonly Problem[] {
  const rules = source.inputRules;
  const { label, displayOrder, description } = patch;
  if (label === null && displayOrder === null && description === null) {
    return [invalidInput([], 'Nothing is to be changed: give a label, a displayOrder or a description.')];
  }
  return [
    ...(label === null ? [] : checkLabel(label, ['label'], rules)),
    ...checkDisplayOrder(displayOrder, ['displayOrder']),
    ...checkPipelineFields(patch, rules),
  ];
}
