import { PipelineFault } from '../../domain/problems.ts';
import type { Problem } from '../../domain/problems.ts';
import type { SnapshotRead } from '../snapshot-read.ts';
import type { SharedRead } from '../shared-read.ts';
import type { Call } from '../source.ts';
import type { Entry, Refresh } from './entries.ts';
import type { SharedUse } from './shared-reads.ts';
import { toMissedPlace } from './state.ts';
import type { Read, State } from './state.ts';
import type { CacheTimes } from './times.ts';

/** Failures of the upstream, as opposed to its answers: a revoked credential must not go on reading. */
export const outages: ReadonlySet<Problem['code']> = new Set([
  'UPSTREAM_UNAVAILABLE',
  'UPSTREAM_TIMEOUT',
  'UPSTREAM_RATE_LIMITED',
  'UPSTREAM_CONTRACT',
]);

/** What is kept, if it may be served, else what the load brings; see {@link CacheTimes}. */
export async function read<T>(state: State, wanted: Read<T>): Promise<T> {
  const { times, entries, counts } = state;
  const { call } = wanted;
  const entry = entries.get(wanted.entryKey);
  if (entry === undefined || !mayServe(entry, call, times) || hasMissed(state, wanted)) {
    counts.misses += 1;
    // An older state cannot have what a kept one lacked.
    return call.missed.length === 0 ? loadOrServeOld(state, wanted) : loadThrough(state, wanted);
  }
  if (performance.now() - entry.readAt > times.freshMs) return readWhileRefreshing(state, entry, wanted);
  counts.hits += 1;
  call.noteKept(entry.readAt);
  noteEntry(state, wanted, entry);
  return entry.value as T;
}

/** Tells the call by what it can be seen later whether the same would be served again. */
function noteEntry({ entries }: State, { entryKey, placeKey, call }: Read<unknown>, entry: Entry | undefined): void {
  if (call.noteSnapshot === undefined) return;
  const placeVersion = entries.versionOf(placeKey);
  call.noteSnapshot(
    entry === undefined ? null : { entryKey, placeKey, placeVersion, valueId: entry.valueId, readAt: entry.readAt },
  );
}

/** Whether what was read then would be served now, without asking; `exactly` if it must not have been read anew since. */
export function isCurrent({ entries, times }: State, read: SnapshotRead, exactly: boolean): boolean {
  const entry = entries.get(read.entryKey);
  if (entry?.valueId !== read.valueId || entries.versionOf(read.placeKey) !== read.placeVersion) return false;
  if (exactly && entry.readAt !== read.readAt) return false;
  return !entry.isSettling && performance.now() - entry.readAt <= times.freshMs;
}

/** What a refresh brings in its first moments, else what is old. */
async function readWhileRefreshing<T>(state: State, entry: Entry, wanted: Read<T>): Promise<T> {
  const { times, entries, counts } = state;
  const { call, entryKey } = wanted;
  const refresh = refreshInBackground(state, entry, { ...wanted, call: toBackground(call, times.refreshMs) });
  const waitMs = Math.min(times.waitMs - (performance.now() - refresh.beganAt), call.timeLeftMs() / 2);
  if (await isSettledWithin(refresh.ended, waitMs)) {
    const newest = entries.peek(entryKey);
    if (newest === undefined) return loadOrServeOld(state, wanted);
    if (newest !== entry) {
      counts.misses += 1;
      call.noteKept(newest.readAt);
      noteEntry(state, wanted, newest);
      return newest.value as T;
    }
  }
  counts.stale += 1;
  call.noteKept(entry.readAt);
  noteEntry(state, wanted, undefined);
  noteIfFailed(entry, wanted, performance.now() - entry.readAt);
  return entry.value as T;
}

async function isSettledWithin(work: Promise<void>, waitMs: number): Promise<boolean> {
  if (waitMs <= 0) return false;
  const { promise: passed, resolve } = Promise.withResolvers<false>();
  const timer = setTimeout(resolve, waitMs, false as const);
  try {
    return await Promise.race([work.then(() => true), passed]);
  } finally {
    clearTimeout(timer);
  }
}

/** The call, which reads what is stored if nobody is to read through. */
export function toHonoured(call: Call, { throughMs }: CacheTimes): Call {
  return throughMs === null && call.reading === 'through' ? { ...call, reading: 'stored' } : call;
}

/** Whether what is kept may be served without asking; reading through, only if it was read a moment ago. */
function mayServe(entry: Entry, { reading }: Call, times: CacheTimes): boolean {
  if (reading === 'alone' || !isServable(entry, times)) return false;
  return reading === 'stored' || performance.now() - entry.readAt < (times.throughMs ?? Infinity);
}

function isServable({ readAt, isSettling }: Entry, { staleMs, freshMs }: CacheTimes): boolean {
  return !isSettling && performance.now() - readAt <= staleMs && freshMs > 0;
}

/** Whether something was missed for which nothing was read anew lately: without this, each look-up of it would ask anew. */
function hasMissed({ entries, times }: State, { collection, call }: Read<unknown>): boolean {
  return call.missed.some((name) => {
    const asked = entries.peek(toMissedPlace(collection, name, call).entryKey);
    return asked === undefined || !isServable(asked, times);
  });
}

/** What the load brings, whatever is kept. */
export function loadThrough<T>(state: State, wanted: Read<T>): Promise<T> {
  return loadAndKeep(state, { ...wanted, call: { ...wanted.call, reading: 'through' } });
}

async function loadAndKeep<T>(state: State, wanted: Read<T>): Promise<T> {
  const { call, collection } = wanted;
  const shared = state.shared?.open(collection, call, toSharedUse(state.times, call));
  return loadShared(state, wanted, shared);
}

/** Reads of others are taken by those who take what is kept, and by refreshes, if they are newer than what is kept may be. */
function toSharedUse({ freshMs, waitMs, refreshMs }: CacheTimes, { reading, isBackground }: Call): SharedUse {
  const mayTake = reading === 'stored' || isBackground;
  return { maxAgeMs: mayTake ? freshMs : null, waitMs: isBackground ? refreshMs : waitMs, isTakeOnly: false };
}

async function loadShared<T>(state: State, wanted: Read<T>, shared: SharedRead | undefined): Promise<T> {
  const { entries, settling, times } = state;
  const { collection, key, entryKey, call, load } = wanted;
  const generation = entries.generationOf(collection);
  const beganAt = performance.now();
  let isKept = false;
  try {
    const value = await load(shared === undefined ? call : { ...call, shared });
    const readAt = Math.min(beganAt, shared?.readAt() ?? Infinity);
    if (times.freshMs > 0 && generation === entries.generationOf(collection)) {
      entries.keep(collection, wanted, { value, readAt, isSettling: settling.isOld(collection, key, value) });
      for (const name of call.missed) {
        entries.keep(collection, toMissedPlace(collection, name, call), { value: true, readAt, isSettling: false });
      }
      const entry = entries.peek(entryKey);
      isKept = entry?.value === value && !entry.isSettling;
      noteEntry(state, wanted, entry?.value === value ? entry : undefined);
    } else noteEntry(state, wanted, undefined);
    return value;
  } finally {
    shared?.end(isKept);
  }
}

/** While the upstream fails and nothing is kept here: what another replica read, however old. Undefined if there is nothing. */
async function takeShared(state: State, wanted: Read<unknown>): Promise<Entry | undefined> {
  const { shared, entries, times } = state;
  if (shared === null || times.freshMs === 0) return undefined;
  const call: Call = { ...wanted.call, reading: 'alone', noteSnapshot: undefined };
  const use = { maxAgeMs: times.staleOnErrorMs, waitMs: 0, isTakeOnly: true };
  try {
    await loadShared(state, { ...wanted, call }, shared.open(wanted.collection, call, use));
  } catch {
    return undefined;
  }
  return entries.get(wanted.entryKey);
}

async function loadOrServeOld<T>(state: State, wanted: Read<T>): Promise<T> {
  const { times, entries } = state;
  try {
    return await loadAndKeep(state, wanted);
  } catch (error) {
    const mayBeOld = wanted.call.reading === 'stored' && isOutage(error) && times.freshMs > 0;
    const old = mayBeOld ? (entries.get(wanted.entryKey) ?? (await takeShared(state, wanted))) : undefined;
    if (old === undefined) throw error;
    const ageMs = performance.now() - old.readAt;
    if (ageMs > times.staleOnErrorMs) throw error;
    old.hasFailed = true;
    wanted.call.noteKept(old.readAt);
    noteEntry(state, wanted, undefined);
    noteIfFailed(old, wanted, ageMs);
    return old.value as T;
  }
}

function noteIfFailed({ hasFailed }: Entry, { collection, call }: Read<unknown>, ageMs: number): void {
  if (hasFailed) call.noteStale({ ...collection, ageSeconds: Math.round(ageMs / 1000) });
}

function refreshInBackground(state: State, entry: Entry, wanted: Read<unknown>): Refresh {
  const { entries } = state;
  const ended = (): Promise<void> =>
    loadAndKeep(state, wanted)
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
  entry.refresh ??= { beganAt: performance.now(), ended: ended() };
  return entry.refresh;
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
    noteSnapshot: undefined,
    missed: [],
  };
}
