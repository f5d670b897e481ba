import type { Collection } from '../context/collections.ts';
import type { Context } from '../context/context.ts';
import type { Pipeline } from '../domain/pipeline.ts';
import { invalidInput } from '../domain/problems.ts';
import type { Problem } from '../domain/problems.ts';
import type { PatchPipelineInput } from '../generated/schema.ts';
import type { PipelinePatch } from '../sources/source.ts';
import { checkDisplayOrder, checkLabel, checkPipelineFields } from './check-input.ts';
import { throwProblems, runMutation } from './run-mutation.ts';
import {
  checkIfUpdatedAt,
  checkUpdatedAt,
  openTarget,
  readBack,
  requirePipelineKey,
  write,
  writeCallFor,
} from './target.ts';

interface Payload {
  readonly pipeline: Pipeline | null;
}

/** Changes the fields of a pipeline that the input gives; null counts as absent. */
export function patchPipeline(input: PatchPipelineInput, context: Context, selected: ReadonlySet<string>) {
  return runMutation<Payload>(context, { pipeline: null }, async (payload) => {
    const { collection, key } = requirePipelineKey(context, input.id);
    const patch = {
      label: input.label ?? null,
      displayOrder: input.displayOrder ?? null,
      description: input.description ?? null,
    };
    throwProblems([...checkPatch(patch, collection), ...checkIfUpdatedAt(collection, input.ifUpdatedAt)]);
    const call = writeCallFor(context, collection);
    const target = openTarget(collection, key, call, input.id);
    // Without a condition to check, the upstream may not need the present state at all.
    if (input.ifUpdatedAt !== null && input.ifUpdatedAt !== undefined) {
      throwProblems(checkUpdatedAt(await target.read(), input.ifUpdatedAt));
    }
    await write(context, null, () => collection.source.patchPipeline(target, patch, call));
    if (selected.has('pipeline')) payload.pipeline = await readBack(collection, key, call);
  });
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
