import { LRUCache } from 'lru-cache';

/** What is read together: an object type of a source. */
export interface CollectionKey {
  readonly sourceName: string;
  readonly objectType: string;
}

/** What was read, and when. */
export interface Entry {
  readonly collectionText: string;
  readonly value: unknown;
  readonly readAt: number;
  /** The load that refreshes it, while that runs. */
  refresh: Promise<void> | null;
  /** Whether the last refresh failed because of the upstream. */
  hasFailed: boolean;
}

/** What is kept, by keys of their own, and by collections, each of which is dropped as a whole. */
export interface Entries extends Pick<LRUCache<string, Entry>, 'get' | 'peek' | 'delete'> {
  /** Keeps what was read at `readAt`, unless something newer is kept or its size is not known. */
  keep(collection: CollectionKey, entryKey: string, value: unknown, readAt: number): void;
  /** Changes whenever the collection is dropped. */
  generationOf(collection: CollectionKey): string;
  drop(collection: CollectionKey): void;
  clear(): void;
}

/** Opens room for at most `maxBytes`, as `toBytes` measures values; what it gives null for is not kept. */
export function createEntries(maxBytes: number, toBytes: (value: unknown) => number | null): Entries {
  const keysOfCollections = new Map<string, Set<string>>();
  const entries = new LRUCache<string, Entry>({
    maxSize: maxBytes,
    dispose: ({ collectionText }, key, reason) => {
      if (reason === 'evict') keysOfCollections.get(collectionText)?.delete(key);
    },
  });
  const generations = createGenerations();

  return {
    get: (entryKey) => entries.get(entryKey),
    peek: (entryKey) => entries.peek(entryKey),
    delete: (entryKey) => entries.delete(entryKey),
    keep(collection, entryKey, value, readAt) {
      const size = toBytes(value);
      if (size === null) return;
      const newest = entries.peek(entryKey);
      // Of two loads that overlap, the one that began later shows the newer state.
      if (newest !== undefined && newest.readAt > readAt) return;
      const collectionText = toCollectionText(collection);
      entries.set(entryKey, { collectionText, value, readAt, refresh: null, hasFailed: false }, { size });
      const keys = keysOfCollections.get(collectionText) ?? new Set();
      keysOfCollections.set(collectionText, keys.add(entryKey));
    },
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
