import type { Context } from '../context/context.ts';
import type { PatchPipelineInput } from '../generated/schema.ts';
import type { Place } from '../context/collections.ts';
import type { Pipeline } from '../domain/pipeline.ts';
import { invalidInput } from '../domain/problems.ts';
import type { Problem } from '../domain/problems.ts';
import type { PipelinePatch } from '../sources/source.ts';
import { checkDisplayOrder, checkLabel, checkPipelineFields } from './check-input.ts';
import { refuse, settle } from './run-mutation.ts';
import {
  checkIfUpdatedAt,
  checkUpdatedAt,
  openWriteTarget,
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
  return settle<Payload>(context, { pipeline: null }, async (payload) => {
    const { place, key } = requirePipelineKey(context, input.id);
    const patch = {
      label: input.label ?? null,
      displayOrder: input.displayOrder ?? null,
      description: input.description ?? null,
    };
    refuse([...checkPatch(patch, place), ...checkIfUpdatedAt(place, input.ifUpdatedAt)]);
    const call = writeCallFor(context, place);
    const target = openWriteTarget(place, key, call, input.id);
    // Without a condition to check, the upstream may not need the present state at all.
    if (input.ifUpdatedAt !== null && input.ifUpdatedAt !== undefined) {
      refuse(checkUpdatedAt(await target.read(), input.ifUpdatedAt));
    }
    await write(context, null, () => place.source.patchPipeline(target, patch, call));
    if (selected.has('pipeline')) payload.pipeline = await readBack(place, key, call);
  });
}

function checkPatch(patch: PipelinePatch, { source }: Place): readonly Problem[] {
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
