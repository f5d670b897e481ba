import type { Pipeline } from '../domain/pipeline.ts';
import { afterWrite, nothingMore, PipelineFault } from '../domain/problems.ts';
import { toRevision } from '../domain/revision.ts';
import type { Call } from '../sources/source.ts';
import { ChangedMeanwhile, isRefusalOfTwice } from './send-once.ts';

/** One request of a write that may take several. */
interface WriteStep {
  readonly send: (call: Call) => Promise<unknown>;
  /** Whether a read shows that the request happened. */
  readonly isDone: (present: Pipeline | null) => boolean;
  /** Whether a read shows what the request is to be sent upon. */
  readonly isStillRight: (present: Pipeline | null) => boolean;
}

/** Takes the steps of one write, one after the other. */
export interface StepTaker {
  /** Takes a step so that it happens once; a fault of a later one says that the write may have been applied. */
  readonly take: (step: WriteStep) => Promise<void>;
}

/** Thrown instead of sending a step again that a read shows to have happened. */
class StepDone extends Error {
  override readonly name = 'StepDone';
}

/**
 * Takes steps so that each happens once. Before one is sent again after a wait, a read tells whether it happened, and whether
 * it is still right. If not, the first is planned anew (ChangedMeanwhile); a later one is given up (STALE_OBJECT).
 */
export function createStepTaker(call: Call, read: () => Promise<Pipeline | null>): StepTaker {
  let taken = 0;
  const lookBeforeResend = async ({ isDone, isStillRight }: WriteStep): Promise<void> => {
    const present = await read().catch((error: unknown) => {
      throw error instanceof PipelineFault ? afterWrite(error) : error;
    });
    if (isDone(present)) throw new StepDone();
    if (isStillRight(present)) return;
    throw taken === 0 ? new ChangedMeanwhile() : changedBetween(present);
  };
  const takeOnce = async (step: WriteStep): Promise<void> => {
    let sendings = 0;
    const noteWriteLeft = (): void => {
      sendings += 1;
      call.noteWriteLeft();
    };
    try {
      await step.send({ ...call, noteWriteLeft, beforeResend: () => lookBeforeResend(step) });
    } catch (error) {
      if (error instanceof StepDone) return;
      if (sendings < 2 || !(error instanceof PipelineFault) || !error.problems.some(isRefusalOfTwice)) throw error;
      const present = await read().catch(() => null);
      if (!step.isDone(present)) throw afterWrite(error);
    }
  };
  return {
    async take(step) {
      try {
        await takeOnce(step);
      } catch (error) {
        throw taken > 0 && error instanceof PipelineFault ? afterWrite(error) : error;
      }
      taken += 1;
    },
  };
}

/** What a write ends with if somebody changed the pipeline between two of its steps: what is new stays. */
export function changedBetween(present: Pipeline | null): PipelineFault {
  const message =
    'Somebody changed the pipeline while stages were added to it. Nothing was removed; read it, and try again.';
  const revision = present === null ? null : toRevision(present);
  const stale = { ...nothingMore, code: 'STALE_OBJECT', message, updatedAt: null, revision } as const;
  return new PipelineFault([{ ...stale, mayHaveBeenApplied: true }], present?.sourceName ?? null);
}
