import type { PipelineSourceCircuit } from '../../generated/enums.ts';

/** Nobody is left alone for longer, whatever a Retry-After says. */
const longestHoldMs = 3_600_000;

/** Why nobody is to ask for now, as the upstream said it. */
interface Reason {
  readonly status: number;
  /** The rate limit's name, if it is one. */
  readonly policy: string | null;
}

/** A time for which the upstream asked to be left alone. */
export interface Hold extends Trial {
  /** How long it still lasts; 0 if nobody is held. */
  leftMs(): number;
  readonly reason: () => Reason;
  /** Whether one read may see now if it is over already. */
  isDue(): boolean;
  /** Begins, or lasts longer. Never more than an hour. */
  extend(ms: number, reason: Reason): void;
  end(): void;
  /** As if it were a circuit: while it lasts nobody is let through but the read that tries. */
  readonly state: () => PipelineSourceCircuit;
}

/** Something that is not asked for a while, and that one read tries. */
export interface Trial {
  /** A read leaves to see; until it is answered no other does. */
  beginTrial(): void;
  /** What the read found. Whether it went well is null if it found out nothing. */
  endTrial(wentWell: boolean | null): void;
}

/** No hold yet. While one lasts a read is due every `retryMs`, as one request can show that it is over. */
export function createHold(retryMs: number): Hold {
  let until = 0;
  let triedAt = 0;
  let isTried = false;
  let reason: Reason = { status: 503, policy: null };
  const leftMs = (): number => Math.max(0, until - performance.now());
  return {
    leftMs,
    reason: () => reason,
    isDue: () => !isTried && performance.now() - triedAt >= retryMs,
    extend(ms, why) {
      const now = performance.now();
      if (until <= now) triedAt = now;
      const end = now + Math.min(ms, longestHoldMs);
      if (end <= until) return;
      until = end;
      reason = why;
    },
    end() {
      until = 0;
    },
    state() {
      if (leftMs() <= 0) return 'CLOSED';
      return isTried ? 'HALF_OPEN' : 'OPEN';
    },
    beginTrial() {
      isTried = true;
      triedAt = performance.now();
    },
    endTrial(wentWell) {
      isTried = false;
      if (wentWell === true) until = 0;
    },
  };
}
