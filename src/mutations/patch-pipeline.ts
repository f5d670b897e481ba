import type { Collection } from '../context/collections.ts';
import type { Context } from '../context/context.ts';
import type { Pipeline } from '../domain/pipeline.ts';
import { invalidInput } from '../domain/problems.ts';
import type { Problem } from '../domain/problems.ts';
import type { PatchPipelineInput } from '../generated/schema.ts';
import type { PipelinePatch } from '../sources/source.ts';
import { checkDisplayOrder, checkLabel, checkPipelineFields } from './check-input.ts';
import { noPipeline, showPipeline } from './pipeline-payload.ts';
import { defineMutation } from './run-mutation.ts';
import { locatePipeline } from './target.ts';

/** Changes the fields of a pipeline that the input gives; null counts as absent. */
export const patchPipeline = defineMutation({
  empty: noPipeline,
  locate,
  check: (input, { collection }) => checkPatch(toPatch(input), collection),
  prepare: (input) => ({ plan: toPatch(input), problems: [] }),
  write(patch, current, { collection: { source, objectType }, target: { key, readPresent }, call }) {
    const read = async (): Promise<Pipeline> => current ?? readPresent(call);
    return source.patchPipeline(objectType, { key, read }, patch, call);
  },
  show: (payload, _, __, step) => showPipeline(payload, step.target.key, step),
});

/** Without a condition to check, the upstream may not need the present state at all. */
function locate(input: PatchPipelineInput, context: Context) {
  const { read, ...target } = locatePipeline(context, input.id, input);
  return { ...target, readPresent: read, read: target.ifUpdatedAt === null ? async () => null : read };
}

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
