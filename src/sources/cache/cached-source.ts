import { settle } from '../../domain/look-up.ts';
import { findPipeline } from '../../domain/pipeline-list.ts';
import type { PipelineList } from '../../domain/pipeline-list.ts';
import type { PipelineWrites, SourceReads, StageWrites } from '../parts.ts';
import type { ObjectType, UpstreamSource } from '../source.ts';
import { outages } from './cache.ts';
import type { Cache } from './cache.ts';
import type { CollectionKey } from './entries.ts';
import { toKeptBytes } from './kept-bytes.ts';

/** Told of every collection that a write may have changed, before the write leaves and after it is answered. */
type OnWrite = (collection: CollectionKey) => void;

/**
 * A source whose reads are kept. A write drops its collection whatever becomes of it. A read that was in flight meanwhile never
 * brings the old state back. After the write nothing older is served, not even when the upstream fails.
 */
export function withCache(source: UpstreamSource, cache: Cache, onWrite: OnWrite): UpstreamSource {
  return { ...source, ...toCachedReads(source, cache), ...toAnnouncedWrites(source, onWrite) };
}

function toCachedReads(source: UpstreamSource, cache: Cache): Pick<SourceReads, 'listPipelines' | 'readPipeline'> {
  const collectionOf = ({ name }: ObjectType): CollectionKey => ({ sourceName: source.name, objectType: name });

  const listPipelines: UpstreamSource['listPipelines'] = (objectType, { includeArchived }, call) => {
    const collection = collectionOf(objectType);
    const key = toListKey(includeArchived);
    return cache.read(collection, key, call, async (through) => {
      const list = await source.listPipelines(objectType, { includeArchived }, through);
      return keepIdentity(cache.peek(collection, key, call)?.value, list);
    });
  };

  const readAlone: UpstreamSource['readPipeline'] = (objectType, key, call) =>
    cache.read(collectionOf(objectType), key.pipelineId, call, (through) =>
      source.readPipeline(objectType, key, through),
    );

  return {
    listPipelines,
    /** If the whole list is kept, it answers for one pipeline too, and is what a read that goes through renews. */
    async readPipeline(objectType, key, call) {
      const isUsable = call.reading !== 'alone' && source.capabilities.includes('LIST_PIPELINES');
      const kept = isUsable ? cache.peek(collectionOf(objectType), toListKey(false), call) : undefined;
      if (kept?.isServable !== true) return readAlone(objectType, key, call);
      const readAloneAt = cache.peek(collectionOf(objectType), key.pipelineId, call)?.readAt ?? 0;
      if (readAloneAt > kept.readAt && call.reading === 'stored') return readAlone(objectType, key, call);
      if (call.missed.length === 0) {
        const list = await listPipelines(objectType, { includeArchived: false }, { ...call, noteKept: () => {} });
        const lookUp = findPipeline(list, key.pipelineId);
        if (lookUp.kind === 'found') call.noteKept(kept.readAt);
        if (lookUp.kind !== 'missing' || call.reading === 'through') return settle(lookUp, source.name);
      }
      // What a kept list lacks may be there by now.
      return readAlone(objectType, key, { ...call, reading: 'through' });
    },
  };
}

function toAnnouncedWrites(source: UpstreamSource, onWrite: OnWrite): PipelineWrites & StageWrites {
  const announced =
    <Rest extends readonly unknown[], T>(write: (objectType: ObjectType, ...rest: Rest) => Promise<T>) =>
    async (objectType: ObjectType, ...rest: Rest): Promise<T> => {
      const collection: CollectionKey = { sourceName: source.name, objectType: objectType.name };
      onWrite(collection);
      try {
        return await write(objectType, ...rest);
      } finally {
        onWrite(collection);
      }
    };

  return {
    createPipeline: announced((...write) => source.createPipeline(...write)),
    replacePipeline: announced((...write) => source.replacePipeline(...write)),
    patchPipeline: announced((...write) => source.patchPipeline(...write)),
    archivePipeline: announced((...write) => source.archivePipeline(...write)),
    createStage: announced((...write) => source.createStage(...write)),
    replaceStage: announced((...write) => source.replaceStage(...write)),
    patchStage: announced((...write) => source.patchStage(...write)),
    reorderStages: announced((...write) => source.reorderStages(...write)),
    archiveStage: announced((...write) => source.archiveStage(...write)),
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
    known.unread.length + list.unread.length === 0 &&
    known.pipelines.length === list.pipelines.length &&
    known.pipelines.every((pipeline, index) => pipeline === list.pipelines[index]);
  return isSame ? known : list;
}

/**
 * How much memory a snapshot takes. Null for a list that lacks what the upstream failed to give, for the next read may get it.
 */
export function toSnapshotBytes(value: unknown): number | null {
  return isPartial(value) ? null : toKeptBytes(value);
}

function isPartial(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('unread' in value)) return false;
  return (value as PipelineList).unread.some(
    ({ problem: { code } }) => outages.has(code) && code !== 'UPSTREAM_CONTRACT',
  );
}
