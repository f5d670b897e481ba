import type { Cache } from './cache/cache.ts';
import type { CollectionKey } from './cache/entries.ts';
import { anyRevision } from './cache/settling.ts';
import type { OldState } from './cache/settling.ts';
import type { SourceSettings } from './index.ts';

/** What is forgotten because of writes: what is kept, and what is being read, which nobody may join any more. */
export interface Forgetting extends Pick<Cache, 'drop' | 'clear'> {
  /** After a write of this process, at whose own source no read is joined any more as it is. */
  dropWritten(collection: CollectionKey, old?: OldState): void;
}

/** Forgets what was written at one source at every source that shows the same account; see `account` in their settings. */
export function createForgetting(
  cache: Cache,
  settings: readonly SourceSettings[],
  forgetReads: (sourceName: string) => void,
): Forgetting {
  const dropWritten: Forgetting['dropWritten'] = ({ sourceName, objectType }, old) => {
    cache.drop({ sourceName, objectType }, old);
    for (const view of findViews(settings, sourceName)) {
      // Another API words the same content in another way, so the old state cannot be told by its revision.
      cache.drop({ sourceName: view, objectType }, old && { ...old, revision: anyRevision });
      forgetReads(view);
    }
  };
  return {
    dropWritten,
    drop(collection, old) {
      dropWritten(collection, old);
      forgetReads(collection.sourceName);
    },
    clear() {
      cache.clear();
      for (const { name } of settings) forgetReads(name);
    },
  };
}

/** The other sources that show the same account. */
function findViews(settings: readonly SourceSettings[], sourceName: string): readonly string[] {
  const account = settings.find(({ name }) => name === sourceName)?.account;
  if (account === undefined) return [];
  return settings.filter((each) => each.account === account && each.name !== sourceName).map(({ name }) => name);
}
