import type { PipelineKey } from '../../domain/ids.ts';
import type { Pipeline } from '../../domain/pipeline.ts';
import type { PipelineWrites, SourceReads, StageWrites } from '../parts.ts';
import type { Call, ObjectType, PipelineList, PipelineSource } from '../source.ts';
import { outages } from './cache.ts';
import type { Cache } from './cache.ts';
import type { CollectionKey } from './entries.ts';

/** Told of every collection that a write may have changed, before the write leaves and after it is answered. */
type OnWrite = (collection: CollectionKey) => void;

/**
 * A source whose reads are kept. A write drops its collection whatever becomes of it. A read that was in flight meanwhile never
 * brings the old state back. After the write nothing older is served, not even when the upstream fails.
 */
export function withCache(source: PipelineSource, cache: Cache, onWrite: OnWrite): PipelineSource {
  return { ...source, ...toCachedReads(source, cache), ...toAnnouncedWrites(source, onWrite) };
}

function toCachedReads(source: PipelineSource, cache: Cache): Pick<SourceReads, 'listPipelines' | 'readPipeline'> {
  const collectionOf = (objectType: string): CollectionKey => ({ sourceName: source.name, objectType });

  const listPipelines: PipelineSource['listPipelines'] = (objectType, { includeArchived }, call) => {
    const collection = collectionOf(objectType.name);
    const key = toListKey(includeArchived);
    return cache.read(collection, key, call, async (through) => {
      const list = await source.listPipelines(objectType, { includeArchived }, through);
      return keepIdentity(cache.peek(collection, key, call)?.value, list);
    });
  };

  /** Where the whole list is kept, it answers for one pipeline too, and is what a read that goes through renews. */
  function findListed({ objectType }: PipelineKey, call: Call): ObjectType | undefined {
    if (call.reading === 'alone' || !source.capabilities.includes('LIST_PIPELINES')) return undefined;
    if (cache.peek(collectionOf(objectType), toListKey(false), call)?.isServable !== true) return undefined;
    return source.objectTypes.find(({ name }) => name === objectType);
  }

  return {
    listPipelines,
    async readPipeline(key, call) {
      const listed = findListed(key, call);
      if (listed === undefined) {
        const { objectType, pipelineId } = key;
        return cache.read(collectionOf(objectType), pipelineId, call, (through) => source.readPipeline(key, through));
      }
      const { pipelines } = await listPipelines(listed, { includeArchived: false }, call);
      return pipelines.find((pipeline) => pipeline.pipelineId === key.pipelineId) ?? null;
    },
  };
}

function toAnnouncedWrites(source: PipelineSource, onWrite: OnWrite): PipelineWrites & StageWrites {
  const writing = async <T>(objectType: string, write: () => Promise<T>): Promise<T> => {
    const collection: CollectionKey = { sourceName: source.name, objectType };
    onWrite(collection);
    try {
      return await write();
    } finally {
      onWrite(collection);
    }
  };

  return {
    createPipeline: (objectType, draft, call) =>
      writing(objectType.name, () => source.createPipeline(objectType, draft, call)),
    replacePipeline: (current, draft, options, call) =>
      writing(current.objectType, () => source.replacePipeline(current, draft, options, call)),
    patchPipeline: (target, patch, call) =>
      writing(target.key.objectType, () => source.patchPipeline(target, patch, call)),
    archivePipeline: (current, options, call) =>
      writing(current.objectType, () => source.archivePipeline(current, options, call)),
    createStage: (current, draft, call) => writing(current.objectType, () => source.createStage(current, draft, call)),
    replaceStage: (current, draft, call) =>
      writing(current.objectType, () => source.replaceStage(current, draft, call)),
    patchStage: (current, patch, call) => writing(current.objectType, () => source.patchStage(current, patch, call)),
    reorderStages: (current, stageIds, call) =>
      writing(current.objectType, () => source.reorderStages(current, stageIds, call)),
    archiveStage: (current, options, call) =>
      writing(current.objectType, () => source.archiveStage(current, options, call)),
  };
}

/** Not the id of a pipeline: ids have no control characters. */
function toListKey(includeArchived: boolean): string {
  return includeArchived ? '\u0000all' : '\u0000list';
}

/** The kept list where the new one holds the very same objects, so that a list's identity changes with its content only. */
function keepIdentity(kept: unknown, list: PipelineList): PipelineList {
  const known = kept as PipelineList | undefined;
  const isSame =
    known !== undefined &&
    known.problems.length + list.problems.length === 0 &&
    known.pipelines.length === list.pipelines.length &&
    known.pipelines.every((pipeline, index) => pipeline === list.pipelines[index]);
  return isSame ? known : list;
}

/**
 * About how much memory a snapshot takes: its labels and ids are a small part of what its objects take. Null for a list
 * that lacks what the upstream failed to give, for the next read may get it.
 */
export function toSnapshotBytes(value: unknown): number | null {
  if (isPartial(value)) return null;
  const pipelines = toPipelines(value);
  return 500 + pipelines.reduce((bytes, { stages }) => bytes + 1_500 + 1_200 * stages.length, 0);
}

function isPartial(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('problems' in value)) return false;
  return (value as PipelineList).problems.some(({ code }) => outages.has(code) && code !== 'UPSTREAM_CONTRACT');
}

function toPipelines(value: unknown): readonly Pipeline[] {
  if (typeof value !== 'object' || value === null) return [];
  return 'pipelines' in value ? (value as PipelineList).pipelines : [value as Pipeline];
}
