import { PipelineFault } from '../../domain/problems.ts';
import type { Problem } from '../../domain/problems.ts';
import type { Call } from '../source.ts';
import { createEntries } from './entries.ts';
import type { CollectionKey, Entries, Entry, KeptSize } from './entries.ts';

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

/** Parsed, frozen snapshots, by collection, credential and what was asked. Nothing one credential read is served to another. */
export interface Cache {
  /**
   * What is kept under `key`, else what `load` brings; see {@link CacheTimes}. Reads that are not `stored` always load,
   * and so do those that missed something new. What is loaded is kept, unless the collection was dropped since the load
   * began.
   */
  read<T>(collection: CollectionKey, key: string, call: Call, load: (call: Call) => Promise<T>): Promise<T>;
  /** What is kept under `key`, however old; undefined if nothing is. */
  peek(collection: CollectionKey, key: string, call: Call): Kept | undefined;
  /** Forgets a collection, for every credential, and everything that is being loaded of it. */
  drop(collection: CollectionKey): void;
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
  /** Whether it could be served without waiting. */
  readonly isServable: boolean;
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
  const state: State = {
    times,
    entries: createEntries({ maxBytes, maxAgeMs: Math.max(times.staleMs, times.staleOnErrorMs), toBytes }),
    counts: { hits: 0, stale: 0, misses: 0 },
  };
  const { entries, counts } = state;
  return {
    read: (collection, key, call, load) =>
      read(state, { collection, entryKey: toEntryKey(collection, key, call), call, load }),
    peek(collection, key, call) {
      const entry = entries.peek(toEntryKey(collection, key, call));
      if (entry === undefined) return undefined;
      const { value, readAt } = entry;
      return { value, readAt, isServable: isServable(entry, times) };
    },
    drop: (collection) => entries.drop(collection),
    clear: () => entries.clear(),
    size: () => entries.size(),
    counts,
  };
}

interface State {
  readonly times: CacheTimes;
  readonly entries: Entries;
  readonly counts: { hits: number; stale: number; misses: number };
}

/** One read through the cache; the key says what was asked, and so of which type the value is that it stands for. */
interface Read<T> {
  readonly collection: CollectionKey;
  readonly entryKey: string;
  readonly call: Call;
  readonly load: (call: Call) => Promise<T>;
}

function toEntryKey({ sourceName, objectType }: CollectionKey, key: string, { credential }: Call): string {
  return JSON.stringify([sourceName, objectType, credential.hash, key]);
}

async function read<T>(state: State, wanted: Read<T>): Promise<T> {
  const { times, entries, counts } = state;
  const { call } = wanted;
  const entry = entries.get(wanted.entryKey);
  if (entry === undefined || call.reading !== 'stored' || !isServable(entry, times) || hasMissed(state, wanted)) {
    counts.misses += 1;
    // An older state cannot have what a kept one lacked.
    return call.missed.length === 0
      ? loadOrServeOld(state, wanted)
      : loadAndKeep(state, { ...wanted, call: { ...call, reading: 'through' } });
  }
  call.noteKept(entry.readAt);
  const ageMs = performance.now() - entry.readAt;
  if (ageMs <= times.freshMs) {
    counts.hits += 1;
  } else {
    counts.stale += 1;
    refreshInBackground(state, entry, { ...wanted, call: toBackground(wanted.call, times.refreshMs) });
    noteIfFailed(entry, wanted, ageMs);
  }
  return entry.value as T;
}

function isServable({ readAt }: Entry, { staleMs, freshMs }: CacheTimes): boolean {
  return performance.now() - readAt <= staleMs && freshMs > 0;
}

/** Whether something was missed for which nothing was read anew lately: without this, each look-up of it would ask anew. */
function hasMissed({ entries, times }: State, { collection, call }: Read<unknown>): boolean {
  return call.missed.some((name) => {
    const asked = entries.peek(toMissedKey(collection, name, call));
    return asked === undefined || !isServable(asked, times);
  });
}

/** Not the key of anything read: those have at most one word after a control character. */
function toMissedKey(collection: CollectionKey, name: string, call: Call): string {
  return toEntryKey(collection, `\u0000missed ${name}`, call);
}

async function loadAndKeep<T>({ entries, times }: State, { collection, entryKey, call, load }: Read<T>): Promise<T> {
  const generation = entries.generationOf(collection);
  const readAt = performance.now();
  const value = await load(call);
  if (times.freshMs === 0 || generation !== entries.generationOf(collection)) return value;
  entries.keep(collection, entryKey, value, readAt);
  for (const name of call.missed) entries.keep(collection, toMissedKey(collection, name, call), true, readAt);
  return value;
}

async function loadOrServeOld<T>(state: State, wanted: Read<T>): Promise<T> {
  const { times, entries } = state;
  try {
    return await loadAndKeep(state, wanted);
  } catch (error) {
    const old = entries.get(wanted.entryKey);
    const mayBeOld = wanted.call.reading === 'stored' && isOutage(error) && times.freshMs > 0;
    if (!mayBeOld || old === undefined) throw error;
    const ageMs = performance.now() - old.readAt;
    if (ageMs > times.staleOnErrorMs) throw error;
    old.hasFailed = true;
    wanted.call.noteKept(old.readAt);
    noteIfFailed(old, wanted, ageMs);
    return old.value as T;
  }
}

function noteIfFailed({ hasFailed }: Entry, { collection, call }: Read<unknown>, ageMs: number): void {
  if (hasFailed) call.noteStale({ ...collection, ageSeconds: Math.round(ageMs / 1000) });
}

function refreshInBackground(state: State, entry: Entry, wanted: Read<unknown>): void {
  const { entries } = state;
  entry.refresh ??= loadAndKeep(state, wanted)
    .then(
      () => undefined,
      (error: unknown) => {
        entry.hasFailed = isOutage(error);
        // What the credential may not read any more is not served any longer.
        if (!entry.hasFailed && entries.peek(wanted.entryKey) === entry) entries.delete(wanted.entryKey);
      },
    )
    .finally(() => {
      entry.refresh = null;
    });
}

function isOutage(error: unknown): boolean {
  return error instanceof PipelineFault && outages.has(error.problems[0].code);
}

/** The same call, made for nobody: it has a time of its own, and tells nobody what is old. */
function toBackground(call: Call, refreshMs: number): Call {
  const endsAt = performance.now() + refreshMs;
  return {
    ...call,
    reading: 'through',
    isBackground: true,
    signal: AbortSignal.timeout(refreshMs),
    timeLeftMs: () => endsAt - performance.now(),
    noteStale: () => {},
    noteKept: () => {},
    missed: [],
  };
}
