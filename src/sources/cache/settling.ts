import type { CollectionKey } from './entries.ts';

/**
 * What a place showed before a write, so that a read that still shows it is known to be late. The stage's id is null if the
 * pipeline was written. The revision is null if there was no such pipeline, and `anyRevision` if it is not known.
 */
export interface OldState {
  readonly pipelineId: string;
  readonly stageId: string | null;
  readonly revision: string | null;
}

/** Whatever a place shows may be what it showed before the write. */
export const anyRevision = '*';

/** What was written lately, of which upstreams may still show the old state for a moment. */
export interface Settling {
  /** A write of the collection ended just now. */
  note(collection: CollectionKey, old: OldState): void;
  /** Whether what was read shows what a write of the last moments replaced. */
  isOld(collection: CollectionKey, key: string, value: unknown): boolean;
  clear(): void;
}

/** Whether a value, kept under a key, shows an old state. */
export type ShowsOld = (value: unknown, key: string, old: OldState) => boolean;

interface Mark {
  readonly old: OldState;
  readonly endsAt: number;
}

/** Remembers each write for `settleMs`. */
export function createSettling(settleMs: number, showsOld: ShowsOld): Settling {
  const marks = new Map<string, readonly Mark[]>();

  function findMarks(collectionText: string): readonly Mark[] {
    const now = performance.now();
    const lasting = (marks.get(collectionText) ?? []).filter(({ endsAt }) => endsAt > now);
    if (lasting.length === 0) marks.delete(collectionText);
    else marks.set(collectionText, lasting);
    return lasting;
  }

  return {
    note(collection, old) {
      if (settleMs === 0) return;
      const collectionText = toText(collection);
      const endsAt = performance.now() + settleMs;
      const others = findMarks(collectionText).slice(-(maxMarks - 1));
      marks.set(collectionText, [...others, { old, endsAt }]);
    },
    isOld: (collection, key, value) => findMarks(toText(collection)).some(({ old }) => showsOld(value, key, old)),
    clear: () => marks.clear(),
  };
}

/** More than any upstream takes of one collection in a settling time. */
const maxMarks = 1_000;

function toText({ sourceName, objectType }: CollectionKey): string {
  return JSON.stringify([sourceName, objectType]);
}
