import type { PipelineSourceCircuit } from '../../generated/enums.ts';
import { createPause } from './breaker.ts';
import type { Pause, Verdict } from './breaker.ts';

/** So many credentials have to fail, and nobody else be answered meanwhile. */
const fewestToJudge = 10;

/** Whether the upstream fails for everybody, as callers with few calls each would never see by their own circuits. */
export interface Outage {
  readonly judge: () => Verdict;
  /** Notes what became of a call with the credential of this hash. */
  note(hash: string, hasFailed: boolean): void;
  readonly state: () => PipelineSourceCircuit;
}

/** Begins once calls of ten credentials failed and none of anybody was answered well in between. */
export function createOutage(retryMs: number): Outage {
  const failing = new Set<string>();
  let pause: Pause | null = null;
  return {
    judge: () => pause?.verdict() ?? 'closed',
    note(hash, hasFailed) {
      if (pause !== null) return;
      if (!hasFailed) {
        failing.clear();
        return;
      }
      failing.add(hash);
      if (failing.size < fewestToJudge) return;
      failing.clear();
      pause = createPause(retryMs, () => (pause = null));
    },
    state() {
      if (pause === null) return 'CLOSED';
      return pause.isTried() ? 'HALF_OPEN' : 'OPEN';
    },
  };
}
