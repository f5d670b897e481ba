import type { PipelineSourceCircuit } from '../generated/enums.ts';

/** How all callers of a source together fare. */
export interface SourcePressure {
  /** The worst state of any credential's circuits and holds. */
  readonly circuit: PipelineSourceCircuit;
  /** How many calls wait for their turn. */
  readonly waiting: number;
  /** Whether the upstream asked to be left alone by everybody. */
  readonly isHeld: boolean;
  /** With how many credentials the upstream asked to be left alone. */
  readonly heldCredentials: number;
}

/** How a source does for one credential. */
export interface SourceStatus {
  /** What the credential meets; OPEN too while the upstream asked to be left alone. */
  readonly circuit: PipelineSourceCircuit;
  readonly rateLimits: readonly RateLimit[];
}

/** A limit on requests, as an upstream states it. */
export interface RateLimit {
  readonly policy: string;
  readonly limit: number;
  readonly remaining: number;
  readonly intervalSeconds: number;
}
