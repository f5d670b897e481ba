import { requireCollection } from '../context/collections.ts';
import type { Collection } from '../context/collections.ts';
import type { Context } from '../context/context.ts';
import { readPipelineGlobalId, readStageGlobalId } from '../domain/ids.ts';
import type { PipelineKey, StageKey } from '../domain/ids.ts';
import { settle } from '../domain/look-up.ts';
import type { Pipeline, Stage } from '../domain/pipeline.ts';
import { invalidInput, notFound, PipelineFault } from '../domain/problems.ts';
import { findStage } from '../domain/unread-stages.ts';
import type { Call } from '../sources/source.ts';

/** What must still be true of the object when it is written, as the input says it. */
export interface Condition {
  readonly ifUpdatedAt?: string | null | undefined;
  readonly ifRevision?: string | null | undefined;
}

/** What a mutation is about. */
export interface Target<Current> {
  readonly collection: Collection;
  /** The pipeline that the write changes, or makes if there is none with this key; null if its key is not known yet. */
  readonly key: PipelineKey | null;
  /** Where the write goes if that is another collection. */
  readonly to?: Collection;
  /** What must still be true of the object. */
  readonly condition: Condition;
  /** The present state; rejects with NOT_FOUND if the object is gone. */
  readonly read: (call: Call) => Promise<Current>;
}

/** A pipeline that a mutation is about. */
export interface PipelineTarget extends Target<Pipeline> {
  readonly key: PipelineKey;
}

/** A stage that a mutation is about. */
interface StageTarget extends Target<Stage> {
  readonly key: StageKey;
}

/** The pipeline that an id means; a PipelineFault that names `field` if it means none. */
export function locatePipeline(
  { sources }: Context,
  id: string,
  condition: Condition = {},
  field = 'id',
): PipelineTarget {
  const key = readPipelineGlobalId(id);
  if (key === null) throw new PipelineFault([invalidInput([field], 'This is not the id of a pipeline.', 'MALFORMED')]);
  const collection = requireCollection(sources, key, [field]);
  return { collection, key, condition, read: (call) => readPipelineToWrite(collection, key, call, id, field) };
}

/** The stage that an id means; a PipelineFault that names `id` if it means none. */
export function locateStage({ sources }: Context, id: string, condition: Condition): StageTarget {
  const key = readStageGlobalId(id);
  if (key === null) throw new PipelineFault([invalidInput(['id'], 'This is not the id of a stage.', 'MALFORMED')]);
  const collection = requireCollection(sources, key, ['id']);
  return {
    collection,
    key,
    condition,
    async read(call) {
      const pipeline = await readPipelineToWrite(collection, key, call, id, 'id');
      const stage = settle(findStage(pipeline, key.stageId), key.sourceName);
      if (stage === null) throw new PipelineFault([notFound(id, 'There is no such stage.')], key.sourceName);
      return stage;
    },
  };
}

/** The upstream id of a stage of this pipeline; null for any other id. */
export function readStageIdOf(pipeline: PipelineKey, id: string): string | null {
  const key = readStageGlobalId(id);
  const isOfPipeline =
    key?.sourceName === pipeline.sourceName &&
    key.objectType === pipeline.objectType &&
    key.pipelineId === pipeline.pipelineId;
  return isOfPipeline ? key.stageId : null;
}

/** A collection that gets something new, of which there is nothing to read. */
export function newIn(collection: Collection): Target<null> {
  return { collection, key: null, condition: {}, read: async () => null };
}

/** The same of a pipeline that is to be written; INVALID_INPUT at `field` if it is archived and the source cannot write it. */
export async function readPipelineToWrite(
  collection: Collection,
  key: PipelineKey,
  call: Call,
  id: string,
  field: string,
): Promise<Pipeline> {
  const pipeline = await readPipeline(collection, key, call, id);
  const { name, inputRules } = collection.source;
  if (!pipeline.archived || inputRules.writesArchivedPipelines) return pipeline;
  const message = `The pipeline "${pipeline.label}" is archived, and a write at "${name}" would make it active again. Restore it from its snapshot, or copy it.`;
  throw new PipelineFault([invalidInput([field], message)], name);
}

/** A pipeline as the upstream has it now; NOT_FOUND, with the id that the caller named, if it is gone. */
export async function readPipeline(
  { source, objectType }: Collection,
  key: PipelineKey,
  call: Call,
  id: string,
): Promise<Pipeline> {
  const pipeline = await source.readPipeline(objectType, key, call);
  if (pipeline === null) throw new PipelineFault([notFound(id, 'There is no such pipeline.')], source.name);
  return pipeline;
}

/** A pipeline as the upstream has it now; null if it is gone or archived, so that a write makes it anew. */
export async function readUnlessArchived(
  { source, objectType }: Collection,
  key: PipelineKey,
  call: Call,
): Promise<Pipeline | null> {
  const pipeline = await source.readPipeline(objectType, key, call);
  return pipeline?.archived === true ? null : pipeline;
}
