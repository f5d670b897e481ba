import type { AccountSize } from './account.ts';

/** What the stub is started with, as JSON. */
export interface StubSettings extends AccountSize {
  /** How long every answer waits. */
  readonly latencyMs: number;
  /** Whether no two answers have the same bytes. */
  readonly changing: boolean;
}
