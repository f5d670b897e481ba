import { LRUCache } from 'lru-cache';
import { PipelineFault } from '../../domain/problems.ts';
import type { Problem } from '../../domain/problems.ts';
import type { Call } from '../source.ts';

/** How long what was read is kept, in milliseconds. */
export interface CacheTimes {
  /** Served without asking; 0 turns the cache off. */
  readonly freshMs: number;
  /** Then served while one refresh runs in the background. */
  readonly staleMs: number;
  /** Then served only where the upstream fails. */
  readonly staleOnErrorMs: number;
  /** How long a refresh in the background may take. */
  readonly refreshMs: number;
}

/** What is read together: an object type of a source. */
export interface CollectionKey {
  readonly sourceName: string;
  readonly objectType: string;
}

/** Parsed, frozen snapshots, by collection, credential and what was asked. Nothing one credential read is served to another. */
export interface Cache {
  /**
   * What is kept under `key`, else what `load` brings; see {@link CacheTimes}. Reads that are not `stored` always load.
   * What is loaded is kept, unless the collection was dropped since the load began.
   */
  read<T>(collection: CollectionKey, key: string, call: Call, load: (call: Call) => Promise<T>): Promise<T>;
  /** What is kept under `key`, however old, and whether it could be served without waiting; undefined where nothing is. */
  peek(
    collection: CollectionKey,
    key: string,
    call: Call,
  ): { readonly value: unknown; readonly isServable: boolean } | undefined;
  /** Forgets a collection, for every credential, and everything that is being loaded of it. */
  drop(collection: CollectionKey): void;
  /** Forgets everything. */
  clear(): void;
  /** How much was served from the cache and how much was loaded, since the start. */
  readonly counts: { readonly hits: number; readonly stale: number; readonly misses: number };
}

interface Entry {
  readonly collectionText: string;
  readonly value: unknown;
  readonly readAt: number;
  /** The load that refreshes it, while that runs. */
  refresh: Promise<void> | null;
  /** Whether the last refresh failed because of the upstream. */
  hasFailed: boolean;
}

/** Failures of the upstream, as opposed to its answers: a revoked credential must not go on reading. */
export const outages: ReadonlySet<Problem['code']> = new Set([
  'UPSTREAM_UNAVAILABLE',
  'UPSTREAM_TIMEOUT',
  'UPSTREAM_RATE_LIMITED',
  'UPSTREAM_CONTRACT',
]);

/** Opens a cache of at most `maxBytes`, as `toBytes` measures values; what it gives null for is not kept. */
export function createCache(times: CacheTimes, maxBytes: number, toBytes: (value: unknown) => number | null): Cache {
  const keysOfCollections = new Map<string, Set<string>>();
  const entries = new LRUCache<string, Entry>({
    maxSize: maxBytes,
    dispose: ({ collectionText }, key, reason) => {
      if (reason === 'evict') keysOfCollections.get(collectionText)?.delete(key);
    },
  });
  const generations = new Map<string, number>();
  let epoch = 0;
  const counts = { hits: 0, stale: 0, misses: 0 };

  const toCollectionText = ({ sourceName, objectType }: CollectionKey): string =>
    JSON.stringify([sourceName, objectType]);
  const toEntryKey = (collection: CollectionKey, key: string, { credential }: Call): string =>
    JSON.stringify([collection.sourceName, collection.objectType, credential.hash, key]);
  const generationOf = (collection: CollectionKey): string =>
    `${epoch}.${generations.get(toCollectionText(collection)) ?? 0}`;

  async function loadAndKeep<T>(collection: CollectionKey, key: string, call: Call, load: (call: Call) => Promise<T>) {
    const generation = generationOf(collection);
    const readAt = performance.now();
    const value = await load(call);
    if (generation === generationOf(collection)) keep(collection, toEntryKey(collection, key, call), value, readAt);
    return value;
  }

  function keep(collection: CollectionKey, entryKey: string, value: unknown, readAt: number): void {
    const size = toBytes(value);
    if (size === null) return;
    const newest = entries.peek(entryKey);
    // Of two loads that overlap, the one that began later shows the newer state.
    if (newest !== undefined && newest.readAt > readAt) return;
    const collectionText = toCollectionText(collection);
    entries.set(entryKey, { collectionText, value, readAt, refresh: null, hasFailed: false }, { size });
    const keys = keysOfCollections.get(collectionText) ?? new Set();
    keysOfCollections.set(collectionText, keys.add(entryKey));
  }

  function refreshInBackground(entryKey: string, entry: Entry, load: () => Promise<unknown>): void {
    entry.refresh ??= load()
      .then(
        () => undefined,
        (error: unknown) => {
          entry.hasFailed = isOutage(error);
          // What the credential may not read any more is not served any longer.
          if (!entry.hasFailed && entries.peek(entryKey) === entry) entries.delete(entryKey);
        },
      )
      .finally(() => {
        entry.refresh = null;
      });
  }

  return {
    async read(collection, key, call, load) {
      const entry = entries.get(toEntryKey(collection, key, call));
      const ageMs = entry === undefined ? Infinity : performance.now() - entry.readAt;
      if (call.reading === 'stored' && entry !== undefined && ageMs <= times.staleMs && times.freshMs > 0) {
        // The key says what was asked, and so of which type the answer is.
        const value = entry.value as Awaited<ReturnType<typeof load>>;
        if (ageMs <= times.freshMs) {
          counts.hits += 1;
          return value;
        }
        counts.stale += 1;
        const background = toBackground(call, times.refreshMs);
        refreshInBackground(toEntryKey(collection, key, call), entry, () =>
          loadAndKeep(collection, key, background, load),
        );
        if (entry.hasFailed) call.noteStale({ ...collection, ageSeconds: ageMs / 1000 });
        return value;
      }
      counts.misses += 1;
      try {
        return await loadAndKeep(collection, key, call, load);
      } catch (error) {
        const old = entries.get(toEntryKey(collection, key, call));
        const isServable = call.reading === 'stored' && isOutage(error) && times.freshMs > 0;
        if (!isServable || old === undefined) throw error;
        const oldAgeMs = performance.now() - old.readAt;
        if (oldAgeMs > times.staleOnErrorMs) throw error;
        old.hasFailed = true;
        call.noteStale({ ...collection, ageSeconds: oldAgeMs / 1000 });
        return old.value as Awaited<ReturnType<typeof load>>;
      }
    },

    peek(collection, key, call) {
      const entry = entries.peek(toEntryKey(collection, key, call));
      if (entry === undefined) return undefined;
      const isServable = performance.now() - entry.readAt <= times.staleMs && times.freshMs > 0;
      return { value: entry.value, isServable };
    },

    drop(collection) {
      const collectionText = toCollectionText(collection);
      generations.set(collectionText, (generations.get(collectionText) ?? 0) + 1);
      for (const key of keysOfCollections.get(collectionText) ?? []) entries.delete(key);
      keysOfCollections.delete(collectionText);
    },

    clear() {
      epoch += 1;
      entries.clear();
      keysOfCollections.clear();
    },

    counts,
  };
}

function isOutage(error: unknown): boolean {
  return error instanceof PipelineFault && outages.has(error.problems[0].code);
}

/** The same call, made for nobody: it has a time of its own, and tells nobody what is stale. */
function toBackground(call: Call, refreshMs: number): Call {
  const endsAt = performance.now() + refreshMs;
  return {
    ...call,
    reading: 'through',
    isBackground: true,
    signal: AbortSignal.timeout(refreshMs),
    timeLeftMs: () => endsAt - performance.now(),
    noteStale: () => {},
  };
}
