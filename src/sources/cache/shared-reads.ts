import type { SharedRead } from '../shared-read.ts';
import type { Call } from '../source.ts';
import type { CollectionKey } from './entries.ts';

/** What the replicas of a fleet read for each other. */
export interface SharedReads {
  /** Opens one load's part in it. */
  open(collection: CollectionKey, call: Call, use: SharedUse): SharedRead;
}

/** How a load may use what others read. */
export interface SharedUse {
  /** Of what age at most something is taken; null: nothing is. */
  readonly maxAgeMs: number | null;
  /** How long to wait for another replica that is asking already. */
  readonly waitMs: number;
  /** Whether the upstream is not to be asked if nothing can be taken. */
  readonly isTakeOnly: boolean;
}
