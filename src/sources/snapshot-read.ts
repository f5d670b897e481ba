/** A read of something kept, by what it can be recognized later; it does not hold what was read. */
export interface SnapshotRead {
  readonly entryKey: string;
  readonly placeKey: string;
  readonly placeVersion: number;
  readonly valueId: number;
  readonly readAt: number;
}
