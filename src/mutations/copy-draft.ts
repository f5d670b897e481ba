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
import type { NewPipeline, ObjectType } from '../sources/source.ts';
import { toCopiedStages, toLeftOut, toLosses } from './copy-loss.ts';
import type { Loss } from './copy-loss.ts';
import { checkNewPipeline, judgingExisting, toNewPipeline } from './create-pipeline.ts';

/** How a copy is to differ from its original, as the input says it. */
type CopyWishes = Pick<CopyPipelineInput, 'label' | 'keepIds' | 'allowLoss'>;

/** A copy before it is made. */
interface PlannedCopy {
  readonly draft: NewPipeline;
  /** What the copy lacks. */
  readonly notCarried: readonly PipelineChange[];
  /** What the target does not take, and each loss of meaning that the input does not allow. */
  readonly problems: readonly Problem[];
}

/** The copy of a pipeline for another collection. */
export function planCopy(whole: Pipeline, wishes: CopyWishes, from: ObjectType, to: Collection): PlannedCopy {
  const original = { ...whole, stages: toCopiedStages(whole) };
  const copy = toCreateInput(original, wishes, to);
  const draft = withOtherKeys(toNewPipeline(copy, to), original, from, to.objectType);
  const losses = toLosses(original, draft.stages, from, to);
  const meaning = wishes.allowLoss === true ? [] : checkMeaning(losses, copy, from, to.objectType);
  const notCarried = [...losses.map(({ change }) => change), ...toLeftOut(whole)];
  return { draft, notCarried, problems: [...meaning, ...checkNewPipeline(copy, judgingExisting(to))] };
}

/**
 * The collection that a copy goes to; a PipelineFault if there is none. Without an object type, that of the original if the
 * source has it, else its only one.
 */
export function requireTarget(
  { toSourceName, toObjectType }: Pick<CopyPipelineInput, 'toSourceName' | 'toObjectType'>,
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

function toCreateInput(original: Pipeline, input: CopyWishes, { source, objectType }: Collection): CreatePipelineInput {
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
