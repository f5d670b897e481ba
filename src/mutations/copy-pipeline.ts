import { findCollection, requireSource } from '../context/collections.ts';
import type { Collection } from '../context/collections.ts';
import type { Context } from '../context/context.ts';
import type { PipelineChange } from '../domain/diff.ts';
import type { Pipeline } from '../domain/pipeline.ts';
import { invalidInput, PipelineFault } from '../domain/problems.ts';
import type { Problem } from '../domain/problems.ts';
import { toOtherKeys, translateMeta } from '../domain/stage-meta-operations.ts';
import { stageMetaKinds } from '../domain/stage-meta.ts';
import type { CopyPipelineInput, CreatePipelineInput } from '../generated/schema.ts';
import type { NewPipeline, ObjectType, Call } from '../sources/source.ts';
import { checkLabel } from './check-input.ts';
import { toCopiedStages, toLeftOut, toLosses } from './copy-loss.ts';
import type { Loss } from './copy-loss.ts';
import { checkNewPipeline, findCreated, isCreated, judgingExisting, toKey, toNewPipeline } from './create-pipeline.ts';
import { defineMutation } from './run-mutation.ts';
import { locatePipeline, readPipeline } from './target.ts';

interface Payload {
  readonly notCarried: readonly PipelineChange[];
}

const nothing: Payload = { notCarried: [] };

/**
 * Copies a pipeline with its stages to another collection, and names what the target cannot hold. If records in a stage would
 * mean something else, nothing is copied unless the input allows it.
 */
export const copyPipeline = defineMutation({
  empty: nothing,
  locate,
  check: ({ keepIds, label }, { to }) => [
    ...checkKeepIds(keepIds === true, to),
    ...(typeof label === 'string' ? checkLabel(label, ['label'], to.source.inputRules) : []),
  ],
  needsWhole: true,
  prepare(input, whole, { target: { to, collection } }) {
    const { objectType } = collection;
    const original = { ...whole, stages: toCopiedStages(whole) };
    const copy = toCreateInput(original, input, to);
    const draft = withOtherKeys(toNewPipeline(copy, to), original, objectType, to.objectType);
    const losses = toLosses(original, draft.stages, objectType, to);
    const meaning = input.allowLoss === true ? [] : checkMeaning(losses, copy, objectType, to.objectType);
    const changes = [...losses.map(({ change }) => change), ...toLeftOut(whole)];
    return { plan: { draft, changes }, problems: [...meaning, ...checkNewPipeline(copy, judgingExisting(to))] };
  },
  note(payload, _, { plan: { changes } }) {
    payload.notCarried = changes;
  },
  write: ({ draft }, _, { collection: { source, objectType }, call }) => source.createPipeline(objectType, draft, call),
  made: ({ pipelineId }, { collection }) => toKey(collection, pipelineId),
  isAsAsked: (after, { plan: { draft }, collection }) => isCreated(after, { plan: draft, collection }),
  recover: ({ draft }, { collection, call }) => findCreated(draft, collection, call),
});

function locate(input: CopyPipelineInput, context: Context) {
  const target = locatePipeline(context, input.id);
  const to = requireTarget(input, target.collection, context);
  const { collection, key } = target;
  // Read like any other, as an archived one can be copied, too.
  const read = (call: Call) => readPipeline(collection, key, call, input.id);
  return { collection, key: null, condition: {}, read, to };
}

/** Without an object type, the one of the original if the target has it, else the only one that the target has. */
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

/** The draft of a copy, whose stages have all else that their originals' metadata holds if both collections know it. */
function withOtherKeys(draft: NewPipeline, { stages }: Pipeline, from: ObjectType, to: ObjectType): NewPipeline {
  if (from.metaVocabulary !== to.metaVocabulary) return draft;
  return {
    ...draft,
    stages: draft.stages.map((stage, place) => ({
      ...stage,
      rawMeta: toOtherKeys(from.metaField, stages[place]?.meta.raw ?? {}),
    })),
  };
}

/** The problem of each stage whose records would mean something else; that a value must be given is another problem. */
function checkMeaning(
  losses: readonly Loss[],
  { stages }: CreatePipelineInput,
  from: ObjectType,
  { metaField, newStageMeta }: ObjectType,
): readonly Problem[] {
  const field = stageMetaKinds[metaField].toOutcome === null ? from.metaField : metaField;
  return stages.flatMap(({ meta }, place) => {
    const lost = losses.filter((loss) => loss.changesMeaning && loss.place === place);
    if (lost.length === 0 || (newStageMeta === null && meta === null)) return [];
    const message = `${lost.map(({ change }) => change.summary).join('; ')}. allowLoss copies the pipeline all the same.`;
    return [invalidInput(['stages', String(place), 'meta', field], message)];
  });
}
