import type { PipelineKey } from '../../domain/ids.ts';
import { settle } from '../../domain/look-up.ts';
import type { LookUp } from '../../domain/look-up.ts';
import { findPipeline, toListProblems } from '../../domain/pipeline-list.ts';
import type { PipelineList } from '../../domain/pipeline-list.ts';
import type { Pipeline } from '../../domain/pipeline.ts';
import type { SourceReads } from '../parts.ts';
import type { Call, ObjectType, PipelineSource, UpstreamSource } from '../source.ts';
import { outages } from './kept-reads.ts';
import { toAnnouncedWrites } from './announced-writes.ts';
import type { OnWrite } from './announced-writes.ts';
import type { Cache, ValueTraits } from './cache.ts';
import type { CollectionKey } from './entries.ts';
import { toKeptBytes } from './kept-bytes.ts';
import { showsOld } from './old-state.ts';

/**
 * A source whose reads are kept. A write that left drops its collection, unless it was refused for its token. A read that was in
 * flight meanwhile never brings the old state back. After the write nothing older is served, not even when the upstream fails.
 */
export function withCache(source: UpstreamSource, cache: Cache, onWrite: OnWrite): Omit<PipelineSource, 'inTurn'> {
  const isCurrent: PipelineSource['isCurrent'] = (...read) => cache.isCurrent(...read);
  return { ...source, ...toCachedReads(source, cache), ...toAnnouncedWrites(source, onWrite), isCurrent };
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

  /** What the kept list, renewed if need be, says of one pipeline; null if only a read of that one can tell. */
  const lookUpInList = async (
    objectType: ObjectType,
    { pipelineId }: PipelineKey,
    call: Call,
  ): Promise<LookUp<Pipeline> | null> => {
    let keptAt: number | null = null;
    const noting = { ...call, noteKept: (readAt: number): void => void (keptAt = readAt) };
    const list = await listPipelines(objectType, { includeArchived: false }, noting);
    const lookUp = findPipeline(list, pipelineId);
    // What an old list lacks may be there by now.
    if (lookUp.kind === 'missing' && (keptAt !== null || mayHide(source, list))) return null;
    if (keptAt !== null) call.noteKept(keptAt);
    return lookUp;
  };

  return {
    listPipelines,
    /** If a list is kept it answers for each of its pipelines too, in an outage for as long as for the whole. */
    async readPipeline(objectType, key, call) {
      const collection = collectionOf(objectType);
      const load = (through: Call) => source.readPipeline(objectType, key, through);
      if (!isListUsable(source, cache, collection, key.pipelineId, call))
        return cache.read(collection, key.pipelineId, call, load);
      const lookUp = call.missed.length === 0 ? await lookUpInList(objectType, key, call) : null;
      return lookUp === null ? cache.renew(collection, key.pipelineId, call, load) : settle(lookUp, source.name);
    },
  };
}

/** Whether a list is kept that answers for one pipeline; not if that one was read by itself since. */
function isListUsable(
  { capabilities }: UpstreamSource,
  cache: Cache,
  collection: CollectionKey,
  pipelineId: string,
  call: Call,
): boolean {
  if (call.reading === 'alone' || !capabilities.includes('LIST_PIPELINES')) return false;
  const listReadAt = cache.peek(collection, toListKey(false), call)?.readAt;
  const readAt = cache.peek(collection, pipelineId, call)?.readAt ?? -Infinity;
  return listReadAt !== undefined && (readAt <= listReadAt || call.reading === 'through');
}

/** Whether a list may lack what is there: some upstreams leave out what is archived, and a list with faults may lack anything. */
function mayHide({ traits }: UpstreamSource, list: PipelineList): boolean {
  return traits.hidesArchived || toListProblems(list).length > 0;
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

/** What the cache has to know of snapshots. */
export const snapshotTraits: ValueTraits = { toBytes: toSnapshotBytes, showsOld };

/**
 * How much memory a snapshot takes. Null for a list that lacks what the upstream failed to give, for the next read may get it.
 */
function toSnapshotBytes(value: unknown): number | null {
  return isPartial(value) ? null : toKeptBytes(value);
}

function isPartial(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('unread' in value)) return false;
  return (value as PipelineList).unread.some(
    ({ problem: { code } }) => outages.has(code) && code !== 'UPSTREAM_CONTRACT',
  );
}
