import type { SnapshotRead } from '../sources/snapshot-read.ts';
import type { PipelineSource } from '../sources/source.ts';

/** The snapshots that one operation's answer is made from. */
export interface SnapshotReads {
  /** Null: what the source brought was not kept, or is old. */
  note(source: PipelineSource, read: SnapshotRead | null): void;
  /** What was noted; null if nothing can tell later whether the answer is still right. */
  readonly list: () => readonly MadeRead[] | null;
}

/** A read that was made of a source. */
export interface MadeRead {
  readonly source: PipelineSource;
  readonly read: SnapshotRead;
}

/** Nothing is read yet. */
export function openSnapshotReads(): SnapshotReads {
  const reads = new Map<string, MadeRead>();
  let isWhole = true;
  return {
    note(source, read) {
      if (read === null) isWhole = false;
      else reads.set(read.entryKey, { source, read });
    },
    list: () => (isWhole ? [...reads.values()] : null),
  };
}

/** Whether all that was read would be read again now, without asking; `exactly`: none of it must have been read anew since. */
export function areCurrent(reads: readonly MadeRead[], exactly: boolean): boolean {
  return reads.every(({ source, read }) => source.isCurrent?.(read, exactly) === true);
}
