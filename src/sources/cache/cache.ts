import { LRUCache } from 'lru-cache';
import { PipelineFault } from '../../domain/problems.ts';
import type { Problem } from '../../domain/problems.ts';
import type { Call } from '../source.ts';

/** How long what was read is kept, in milliseconds. */
export interface StoreTimes {
  /** Served without asking; 0 turns the store off. */
  readonly freshMs: number;
  /** Then served while one refresh runs in the background. */
  readonly staleMs: number;
  /** Then served only where the upstream fails. */
  readonly staleOnErrorMs: number;
  /** How long a refresh in the background may take. */
  readonly refreshMs: number;
}

/** What is read of one place: an object type of a source. */
export interface StorePlace {
  readonly sourceName: string;
  readonly objectType: string;
}

/** Parsed, frozen snapshots, by place, credential and what was asked. Nothing one credential read is served to another. */
export interface Store {
  /**
   * What is kept under `key`, else what `load` brings; see {@link StoreTimes}. Reads that are not `stored` always load.
   * What is loaded is kept, unless the place was dropped since the load began.
   */
  read<T>(place: StorePlace, key: string, call: Call, load: (call: Call) => Promise<T>): Promise<T>;
  /** What is kept under `key`, however old, and whether it could be served without waiting; undefined where nothing is. */
  peek(
    place: StorePlace,
    key: string,
    call: Call,
  ): { readonly value: unknown; readonly isServable: boolean } | undefined;
  /** Forgets a place, for every credential, and everything that is being loaded of it. */
  drop(place: StorePlace): void;
  /** Forgets everything. */
  clear(): void;
  /** How much was served from the store and how much was loaded, since the start. */
  readonly counts: { readonly hits: number; readonly stale: number; readonly misses: number };
}

interface Entry {
  readonly placeKey: string;
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

/** Opens a store of at most `maxBytes`, as `toBytes` measures values; what it gives null for is not kept. */
export function createStore(times: StoreTimes, maxBytes: number, toBytes: (value: unknown) => number | null): Store {
  const keysOfPlaces = new Map<string, Set<string>>();
  const entries = new LRUCache<string, Entry>({
    maxSize: maxBytes,
    dispose: ({ placeKey }, key, reason) => {
      if (reason === 'evict') keysOfPlaces.get(placeKey)?.delete(key);
    },
  });
  const generations = new Map<string, number>();
  let epoch = 0;
  const counts = { hits: 0, stale: 0, misses: 0 };

  const toPlaceKey = ({ sourceName, objectType }: StorePlace): string => JSON.stringify([sourceName, objectType]);
  const toEntryKey = (place: StorePlace, key: string, { credential }: Call): string =>
    JSON.stringify([place.sourceName, place.objectType, credential.hash, key]);
  const generationOf = (place: StorePlace): string => `${epoch}.${generations.get(toPlaceKey(place)) ?? 0}`;

  async function loadAndKeep<T>(place: StorePlace, key: string, call: Call, load: (call: Call) => Promise<T>) {
    const generation = generationOf(place);
    const readAt = performance.now();
    const value = await load(call);
    if (generation === generationOf(place)) keep(place, toEntryKey(place, key, call), value, readAt);
    return value;
  }

  function keep(place: StorePlace, entryKey: string, value: unknown, readAt: number): void {
    const size = toBytes(value);
    if (size === null) return;
    const newest = entries.peek(entryKey);
    // Of two loads that overlap, the one that began later shows the newer state.
    if (newest !== undefined && newest.readAt > readAt) return;
    const placeKey = toPlaceKey(place);
    entries.set(entryKey, { placeKey, value, readAt, refresh: null, hasFailed: false }, { size });
    const keys = keysOfPlaces.get(placeKey) ?? new Set();
    keysOfPlaces.set(placeKey, keys.add(entryKey));
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
    async read(place, key, call, load) {
      const entry = entries.get(toEntryKey(place, key, call));
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
        refreshInBackground(toEntryKey(place, key, call), entry, () => loadAndKeep(place, key, background, load));
        if (entry.hasFailed) call.noteStale({ ...place, ageSeconds: ageMs / 1000 });
        return value;
      }
      counts.misses += 1;
      try {
        return await loadAndKeep(place, key, call, load);
      } catch (error) {
        const old = entries.get(toEntryKey(place, key, call));
        const isServable = call.reading === 'stored' && isOutage(error) && times.freshMs > 0;
        if (!isServable || old === undefined) throw error;
        const oldAgeMs = performance.now() - old.readAt;
        if (oldAgeMs > times.staleOnErrorMs) throw error;
        old.hasFailed = true;
        call.noteStale({ ...place, ageSeconds: oldAgeMs / 1000 });
        return old.value as Awaited<ReturnType<typeof load>>;
      }
    },

    peek(place, key, call) {
      const entry = entries.peek(toEntryKey(place, key, call));
      if (entry === undefined) return undefined;
      const isServable = performance.now() - entry.readAt <= times.staleMs && times.freshMs > 0;
      return { value: entry.value, isServable };
    },

    drop(place) {
      const placeKey = toPlaceKey(place);
      generations.set(placeKey, (generations.get(placeKey) ?? 0) + 1);
      for (const key of keysOfPlaces.get(placeKey) ?? []) entries.delete(key);
      keysOfPlaces.delete(placeKey);
    },

    clear() {
      epoch += 1;
      entries.clear();
      keysOfPlaces.clear();
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
