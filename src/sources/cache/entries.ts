import { LRUCache } from 'lru-cache';
import { createPlaceVersions } from './place-versions.ts';
import type { PlaceVersions } from './place-versions.ts';

/** What is read together: an object type of a source. */
export interface CollectionKey {
  readonly sourceName: string;
  readonly objectType: string;
}

/** What was read, and when by performance.now(). */
interface ReadValue {
  readonly value: unknown;
  readonly readAt: number;
  /** Whether it shows what a write had just replaced, so that it is served if the upstream fails only. */
  readonly isSettling: boolean;
}

/** A load that refreshes an entry; the promise never rejects. */
export interface Refresh {
  readonly beganAt: number;
  readonly ended: Promise<void>;
}

/** What is kept of a read. */
export interface Entry extends ReadValue {
  readonly collectionText: string;
  readonly placeKey: string;
  /** Another number for each other value that was ever kept. */
  readonly valueId: number;
  /** The load that refreshes it, while that runs. */
  refresh: Refresh | null;
  /** Whether the last refresh failed because of the upstream. */
  hasFailed: boolean;
}

/** What is kept, by keys of their own, and by collections, each of which is dropped as a whole. */
export interface Entries extends Pick<LRUCache<string, Entry>, 'get' | 'peek' | 'delete'> {
  /** Keeps what was read, unless something newer is kept or its size is not known. */
  keep(collection: CollectionKey, place: EntryPlace, read: ReadValue): void;
  /** Another number whenever something is kept of the place that was not there before; 0 while nothing is. */
  versionOf(placeKey: string): number;
  size(): KeptSize;
  /** Changes whenever the collection is dropped. */
  generationOf(collection: CollectionKey): string;
  drop(collection: CollectionKey): void;
  clear(): void;
}

/** Where something is kept: under a key of its own, in what one credential reads of a collection. */
export interface EntryPlace {
  readonly entryKey: string;
  readonly placeKey: string;
}

/** How much is kept, and how much may be. */
export interface KeptSize {
  readonly entries: number;
  readonly bytes: number;
  readonly maxBytes: number;
}

interface Room {
  readonly maxBytes: number;
  /** How old what is kept may get. */
  readonly maxAgeMs: number;
  /** Null: this value is not to be kept. */
  readonly toBytes: (value: unknown) => number | null;
}

/** What an entry takes beside its key and its value, with what its body is recognized by. */
const entryBytes = 1_500;
const purgeMs = 60_000;

/** Opens room. What nobody reads again is gone when it is too old, a minute later at most if anything else is kept. */
export function createEntries({ maxBytes, maxAgeMs, toBytes }: Room): Entries {
  const keysOfCollections = new Map<string, Set<string>>();
  const versions = createPlaceVersions();
  const forgetKey = (key: string, { collectionText, placeKey }: Entry): void => {
    keysOfCollections.get(collectionText)?.delete(key);
    versions.leave(placeKey);
  };
  const entries = createLru(maxBytes, maxAgeMs, forgetKey);
  const purge = createPurge(entries);
  const generations = createGenerations();

  return {
    get: (entryKey) => entries.get(entryKey),
    peek: (entryKey) => entries.peek(entryKey),
    delete: (entryKey) => entries.delete(entryKey),
    keep: (...wanted) => keep({ entries, keysOfCollections, versions, purge, toBytes }, ...wanted),
    versionOf: (placeKey) => versions.of(placeKey),
    size: () => ({ entries: entries.size, bytes: entries.calculatedSize, maxBytes }),
    generationOf: (collection) => generations.of(toCollectionText(collection)),
    drop(collection) {
      const collectionText = toCollectionText(collection);
      generations.end(collectionText);
      for (const key of keysOfCollections.get(collectionText) ?? []) entries.delete(key);
      keysOfCollections.delete(collectionText);
    },
    clear() {
      generations.endAll();
      entries.clear();
      keysOfCollections.clear();
    },
  };
}

/** What entries are kept in. */
interface Shelves {
  readonly entries: LRUCache<string, Entry>;
  readonly keysOfCollections: Map<string, Set<string>>;
  readonly versions: PlaceVersions;
  readonly purge: () => void;
  readonly toBytes: Room['toBytes'];
}

function keep(
  { entries, keysOfCollections, versions, purge, toBytes }: Shelves,
  ...[collection, { entryKey, placeKey }, read]: Parameters<Entries['keep']>
): void {
  const valueBytes = toBytes(read.value);
  if (valueBytes === null) return;
  purge();
  const newest = entries.peek(entryKey);
  // Of two loads that overlap, the one that began later shows the newer state.
  if (newest !== undefined && newest.readAt > read.readAt) return;
  const collectionText = toCollectionText(collection);
  const size = valueBytes + entryKey.length + entryBytes;
  const isSame = newest !== undefined && newest.value === read.value;
  const valueId = isSame ? newest.valueId : versions.change(placeKey, newest === undefined);
  entries.set(entryKey, { ...read, collectionText, placeKey, valueId, refresh: null, hasFailed: false }, { size });
  // What is larger than all the room there is is not taken.
  if (!entries.has(entryKey)) return versions.leave(placeKey);
  const keys = keysOfCollections.get(collectionText) ?? new Set();
  keysOfCollections.set(collectionText, keys.add(entryKey));
}

function createLru(maxSize: number, maxAgeMs: number, onGone: (key: string, entry: Entry) => void) {
  const ttl = Math.max(1, Math.ceil(maxAgeMs));
  return new LRUCache<string, Entry>({
    maxSize,
    ttl,
    dispose: (entry, key, reason) => {
      if (reason !== 'set') onGone(key, entry);
    },
  });
}

/** Takes out what is too old, once in a while. */
function createPurge(entries: Pick<LRUCache<string, Entry>, 'purgeStale'>): () => void {
  let purgedAt = performance.now();
  return () => {
    if (performance.now() - purgedAt <= purgeMs) return;
    entries.purgeStale();
    purgedAt = performance.now();
  };
}

function toCollectionText({ sourceName, objectType }: CollectionKey): string {
  return JSON.stringify([sourceName, objectType]);
}

function createGenerations() {
  const generations = new Map<string, number>();
  let epoch = 0;
  return {
    of: (collectionText: string): string => `${epoch}.${generations.get(collectionText) ?? 0}`,
    end(collectionText: string): void {
      generations.set(collectionText, (generations.get(collectionText) ?? 0) + 1);
    },
    endAll(): void {
      epoch += 1;
    },
  };
}
