import type { Call } from '../source.ts';
import type { CollectionKey, Entries, EntryPlace } from './entries.ts';
import type { Settling } from './settling.ts';
import type { SharedReads } from './shared-reads.ts';
import type { CacheTimes } from './times.ts';

/** What a cache is made of. */
export interface State {
  readonly times: CacheTimes;
  readonly entries: Entries;
  readonly settling: Settling;
  readonly counts: { hits: number; stale: number; misses: number };
  /** Null if no other replica's reads are used. */
  readonly shared: SharedReads | null;
}

/** One read through the cache; the key says what was asked, and so of which type the value is that it stands for. */
export interface Read<T> extends EntryPlace {
  readonly collection: CollectionKey;
  readonly key: string;
  readonly call: Call;
  readonly load: (call: Call) => Promise<T>;
}

/** What one credential's read is kept under. */
export function toPlace({ sourceName, objectType }: CollectionKey, key: string, { credential }: Call): EntryPlace {
  const placeKey = JSON.stringify([sourceName, objectType, credential.hash]);
  return { placeKey, entryKey: `${placeKey}${key}` };
}

/** Where it is kept that something was asked for anew. No read has such a key: those have at most one word after a control character. */
export function toMissedPlace(collection: CollectionKey, name: string, call: Call): EntryPlace {
  return toPlace(collection, `\u0000missed ${name}`, call);
}
