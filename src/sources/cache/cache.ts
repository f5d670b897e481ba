import type { SnapshotRead } from '../snapshot-read.ts';
import type { Call } from '../source.ts';
import { createEntries } from './entries.ts';
import type { CollectionKey, KeptSize } from './entries.ts';
import { isCurrent, loadThrough, read, toHonoured } from './kept-reads.ts';
import { createSettling } from './settling.ts';
import type { OldState, ShowsOld } from './settling.ts';
import type { SharedReads } from './shared-reads.ts';
import { toPlace } from './state.ts';
import type { Read, State } from './state.ts';
import type { CacheTimes } from './times.ts';

/** Parsed, frozen snapshots, by collection, credential and what was asked. Nothing one credential read is served to another. */
export interface Cache {
  /**
   * What is kept under `key`, else what `load` brings; see {@link CacheTimes}. Reads that are `alone` always load, and so do
   * those that missed something new. What is loaded is kept, unless the collection was dropped since the load began.
   */
  read<T>(collection: CollectionKey, key: string, call: Call, load: (call: Call) => Promise<T>): Promise<T>;
  /** What `load` brings by reading through, whatever is kept. */
  renew<T>(collection: CollectionKey, key: string, call: Call, load: (call: Call) => Promise<T>): Promise<T>;
  /** What is kept under `key`, however old; undefined if nothing is. */
  peek(collection: CollectionKey, key: string, call: Call): Kept | undefined;
  /**
   * Whether what was read then would be served now without asking, by itself and beside all else that its credential reads of
   * the collection. `exactly`: it must not have been read anew since, even if it is the same.
   */
  isCurrent(read: SnapshotRead, exactly: boolean): boolean;
  /**
   * Forgets a collection, for every credential, and everything that is being loaded of it. What shows the old state for a while
   * after is not kept as fresh.
   */
  drop(collection: CollectionKey, old?: OldState): void;
  /** Forgets everything. */
  clear(): void;
  /** How much is kept now, and how much may be. */
  size(): KeptSize;
  /** How much was served from the cache and how much was loaded, since the start. */
  readonly counts: { readonly hits: number; readonly stale: number; readonly misses: number };
}

interface Kept {
  readonly value: unknown;
  /** When its load began, by performance.now(). */
  readonly readAt: number;
}

/** What a cache has to know of the values that it keeps. */
export interface ValueTraits {
  /** How much memory a value takes; null if it is not to be kept. */
  readonly toBytes: (value: unknown) => number | null;
  readonly showsOld: ShowsOld;
}

/** Opens a cache of at most `maxBytes`, which uses what other replicas read if they share that. */
export function createCache(
  times: CacheTimes,
  maxBytes: number,
  { toBytes, showsOld }: ValueTraits,
  shared: SharedReads | null = null,
): Cache {
  const state: State = {
    times,
    entries: createEntries({ maxBytes, maxAgeMs: Math.max(times.staleMs, times.staleOnErrorMs), toBytes }),
    settling: createSettling(times.settleMs, showsOld),
    counts: { hits: 0, stale: 0, misses: 0 },
    shared,
  };
  const { entries, settling, counts } = state;
  return {
    read: (collection, key, call, load) => read(state, toRead(collection, key, toHonoured(call, times), load)),
    renew(...wanted) {
      counts.misses += 1;
      return loadThrough(state, toRead(...wanted));
    },
    peek: (collection, key, call) => entries.peek(toPlace(collection, key, call).entryKey),
    isCurrent: (...asked) => isCurrent(state, ...asked),
    drop(collection, old) {
      entries.drop(collection);
      if (old !== undefined) settling.note(collection, old);
    },
    clear() {
      entries.clear();
      settling.clear();
    },
    size: () => entries.size(),
    counts,
  };
}

function toRead<T>(collection: CollectionKey, key: string, call: Call, load: (call: Call) => Promise<T>): Read<T> {
  return { collection, key, ...toPlace(collection, key, call), call, load };
}
