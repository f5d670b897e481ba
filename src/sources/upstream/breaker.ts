import type { PipelineSourceCircuit } from '../../generated/enums.ts';
import type { Trial } from './hold.ts';

/** How many outcomes are looked at, and how many it takes to judge; half of them failing is too many. */
const windowSize = 20;
const fewestToJudge = 10;
const failureShare = 0.5;
/** So few objects that fail say something of themselves, not of the upstream: each is left alone for itself. */
const fewObjects = 2;
const maxLeftAlone = 20;

/** Whether a call may be sent: as a trial if the upstream was left alone for long enough, else not while it is. */
export type Verdict = 'closed' | 'open' | Trial;

/** What the upstream made of the calls of one kind with one credential. */
export interface Breaker {
  /** Whether to ask for what is at `path`. */
  judge(path: string): Verdict;
  /** The same whatever it is about: objects that are left alone for themselves do not count. */
  judgeAll(): Verdict;
  /** Notes what became of a call that had fair time and was no trial. */
  note(path: string, hasFailed: boolean): void;
  readonly state: () => PipelineSourceCircuit;
}

/** A time in which something is left alone. */
export interface Pause extends Trial {
  readonly verdict: () => Verdict;
  readonly isTried: () => boolean;
}

/**
 * Opens once half of the last calls failed, for `retryMs`; then one call tries. If all that failed is one object, or two,
 * only those are left alone.
 */
export function createBreaker(retryMs: number): Breaker {
  /** The path of what failed, null for what did not. Empty while nothing fails, so that it costs nothing then. */
  let outcomes: (string | null)[] = [];
  let pause: Pause | null = null;
  const pausedPaths = new Map<string, Pause>();

  function trip(failed: ReadonlySet<string>): void {
    outcomes = [];
    const areFew = failed.size <= fewObjects && pausedPaths.size < maxLeftAlone;
    if (!areFew) pause = createPause(retryMs, () => (pause = null));
    else
      for (const path of failed)
        pausedPaths.set(
          path,
          createPause(retryMs, () => pausedPaths.delete(path)),
        );
  }

  return {
    judge: (path) => (pause ?? pausedPaths.get(path))?.verdict() ?? 'closed',
    judgeAll: () => pause?.verdict() ?? 'closed',
    note(path, hasFailed) {
      if (pause !== null || pausedPaths.has(path) || (outcomes.length === 0 && !hasFailed)) return;
      outcomes.push(hasFailed ? path : null);
      if (outcomes.length > windowSize) outcomes.shift();
      const failures = outcomes.filter((outcome) => outcome !== null);
      if (failures.length === 0) outcomes = [];
      if (isTooMany(failures.length, outcomes.length)) trip(new Set(failures));
    },
    state() {
      // An object that may be tried again is refused to nobody, should it ever be asked for.
      const refused = [...pausedPaths.values()].filter((each) => each.verdict() === 'open');
      const pauses = pause === null ? refused : [pause];
      if (pauses.length === 0) return 'CLOSED';
      return pauses.every(({ isTried }) => isTried()) ? 'HALF_OPEN' : 'OPEN';
    },
  };
}

function isTooMany(failures: number, calls: number): boolean {
  return calls >= fewestToJudge && failures >= calls * failureShare;
}

/** Begins now; a trial is due every `retryMs`, and one that goes well ends it. */
export function createPause(retryMs: number, onOver: () => void): Pause {
  let isTried = false;
  let triedAt = performance.now();
  const pause: Pause = {
    isTried: () => isTried,
    verdict: () => (isTried || performance.now() - triedAt < retryMs ? 'open' : pause),
    beginTrial() {
      isTried = true;
      triedAt = performance.now();
    },
    endTrial(wentWell) {
      isTried = false;
      // What found out nothing leaves the next call free to try.
      if (wentWell === null) triedAt = -Infinity;
      else triedAt = performance.now();
      if (wentWell === true) onOver();
    },
  };
  return pause;
}
