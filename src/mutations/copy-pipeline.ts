import { findCollection, requireSource } from '../context/collections.ts';
import type { Collection } from '../context/collections.ts';
import type { Context } from '../context/context.ts';
import type { Pipeline } from '../domain/pipeline.ts';
import { invalidInput, PipelineFault } from '../domain/problems.ts';
import type { Problem } from '../domain/problems.ts';
import { translateMeta } from '../domain/stage-meta-operations.ts';
import { stageMetaKinds } from '../domain/stage-meta.ts';
import type { CopyPipelineInput, CreatePipelineInput } from '../generated/schema.ts';
import { checkNewPipeline, toKey, toNewPipeline } from './create-pipeline.ts';
import { noPipeline, showPipeline } from './pipeline-payload.ts';
import { defineMutation, writeCallFor } from './run-mutation.ts';
import { locatePipeline } from './target.ts';

/**
 * Copies a pipeline with its stages to another collection. What the target cannot hold is left out if it says nothing about
 * what a record in the stage means. Otherwise nothing is copied and each stage concerned is named.
 */
export const copyPipeline = defineMutation({
  empty: noPipeline,
  locate,
  check: ({ keepIds }, { to }) => checkKeepIds(keepIds === true, to),
  prepare(input, original, { target: { to } }) {
    const copy = toCreateInput(original, input, to);
    const problems = [...checkMeaning(original, copy, to), ...checkNewPipeline(copy, to)];
    return { plan: toNewPipeline(copy, to), problems };
  },
  write: (draft, _, { target: { to, toCall } }) => to.source.createPipeline(to.objectType, draft, toCall),
  show: (payload, { pipelineId }, _, { target: { to, toCall }, selected }) =>
    showPipeline(payload, toKey(to, pipelineId), { collection: to, call: toCall, selected }),
});

function locate(input: CopyPipelineInput, context: Context) {
  const target = locatePipeline(context, input.id);
  const to = requireTarget(input, target.collection, context);
  return { ...target, to, toCall: writeCallFor(context, to) };
}

/** Without an object type, the one of the original where the target has it, else the only one that the target has. */
function requireTarget(
  { toSourceName, toObjectType }: CopyPipelineInput,
  from: Collection,
  { sources }: Context,
): Collection {
  const source = requireSource(sources, toSourceName, ['toSourceName']);
  const [only, ...others] = source.objectTypes;
  const fallback = only !== undefined && others.length === 0 ? only.name : from.objectType.name;
  const name =
    toObjectType ?? (findCollection(source, from.objectType.name) === null ? fallback : from.objectType.name);
  const collection = findCollection(source, name);
  if (collection !== null) return collection;
  const message = `Source "${source.name}" lacks this object type: it has ${source.objectTypes.map((type) => type.name).join(', ')}.`;
  throw new PipelineFault([invalidInput(['toObjectType'], message)]);
}

function checkKeepIds(keepIds: boolean, { source }: Collection): readonly Problem[] {
  if (!keepIds || source.inputRules.newIds !== null) return [];
  return [invalidInput(['keepIds'], `Source "${source.name}" gives ids itself.`)];
}

function toCreateInput(
  original: Pipeline,
  input: CopyPipelineInput,
  { source, objectType }: Collection,
): CreatePipelineInput {
  const { pipelineFields } = source.inputRules;
  const keepIds = input.keepIds === true;
  return {
    objectType: objectType.name,
    label: input.label ?? original.label,
    pipelineId: keepIds ? original.pipelineId : null,
    description: pipelineFields.description ? original.description : null,
    stages: original.stages.map((stage) => ({
      stageId: keepIds ? stage.stageId : null,
      label: stage.label,
      meta: translateMeta(stage.meta, objectType.metaField),
    })),
  };
}

/** A target whose stages say what a record in them means must say what the original says: no outcome is made up. */
function checkMeaning(
  original: Pipeline,
  copy: CreatePipelineInput,
  { source, objectType }: Collection,
): readonly Problem[] {
  const { metaField } = objectType;
  if (metaField === null || stageMetaKinds[metaField].toOutcome === null) return [];
  return original.stages.flatMap((stage, index) => {
    if (copy.stages[index]?.meta !== null) return [];
    const path = ['stages', String(index), 'meta', metaField];
    const message = `Stage "${stage.label}" is ${stage.outcome} and tells no ${metaField}, which ${objectType.name} of "${source.name}" need.`;
    return [invalidInput(path, message)];
  });
}
