import type { Collection } from '../context/collections.ts';
import type { PipelineKey } from '../domain/ids.ts';
import type { Pipeline, Stage } from '../domain/pipeline.ts';
import { afterWrite, nothingMore, PipelineFault } from '../domain/problems.ts';
import type { Problem } from '../domain/problems.ts';
import { toRevision } from '../domain/revision.ts';
import type { Call } from '../sources/source.ts';
import type { AnyTarget, Asked, CurrentOf, Mutation, Step } from './mutation.ts';

/** Thrown before a write would be sent again over what somebody changed meanwhile: it is to be planned anew. */
export class ChangedMeanwhile extends Error {
  override readonly name = 'ChangedMeanwhile';

  /** What the caller is told if that happens again and again. */
  toFault(sourceName: string): PipelineFault {
    const message =
      'Others changed the pipeline each time that the write was about to be sent. Read it, and try again.';
    const stale = { ...nothingMore, code: 'STALE_OBJECT', message, updatedAt: null, revision: null } as const;
    return new PipelineFault([stale], sourceName);
  }
}

/** Thrown instead of sending a write again that a read shows to have happened. */
class AlreadyWritten<Written> extends Error {
  override readonly name = 'AlreadyWritten';
  readonly written: Written;

  constructor(written: Written) {
    super();
    this.written = written;
  }
}

/**
 * Sends a write so that it happens once. Before it is sent again after a wait, a read tells whether it happened already, and
 * whether somebody else was faster (ChangedMeanwhile). If the refusal of a second sending may come from what
 * the first one did, a read decides. If none can, the refusal says that the write may have been applied. Tells with the answer
 * whether each had the form that the upstream's API documents.
 */
export async function sendOnce<Input, Located extends AnyTarget, Plan, Written, Payload extends object>(
  mutation: Mutation<Input, Located, Plan, Written, Payload>,
  asked: Omit<Asked<Plan, Written, CurrentOf<Located>>, 'written'>,
  step: Step<Located>,
): Promise<{ readonly written: Written; readonly isDocumented: boolean }> {
  const { plan, current } = asked;
  const look = () => lookAgain(mutation, asked, step);
  let sendings = 0;
  let isDocumented = true;
  const call: Call = {
    ...step.call,
    noteWriteLeft() {
      sendings += 1;
      step.call.noteWriteLeft();
    },
    noteOddAnswer() {
      isDocumented = false;
    },
    async beforeResend(sends) {
      const { written, isChanged } = await look().catch((error: unknown) => {
        throw error instanceof PipelineFault ? afterWrite(error) : error;
      });
      if (written !== null && sends > 0) throw new AlreadyWritten(written);
      if (isChanged && mutation.hasSteps !== true) throw new ChangedMeanwhile();
    },
  };
  try {
    return { written: await mutation.write(plan, current, { ...step, call }), isDocumented };
  } catch (error) {
    if (error instanceof AlreadyWritten) return { written: error.written as Written, isDocumented };
    if (sendings < 2 || !(error instanceof PipelineFault) || !error.problems.some(isRefusalOfTwice)) throw error;
    const seen = await look().catch(() => null);
    if (seen === null || seen.written === null) throw afterWrite(error);
    return { written: seen.written, isDocumented };
  }
}

/** What the present state says of a write: what it gave if it happened, and whether anything changed since it was planned. */
async function lookAgain<Input, Located extends AnyTarget, Plan, Written, Payload extends object>(
  mutation: Mutation<Input, Located, Plan, Written, Payload>,
  asked: Omit<Asked<Plan, Written, CurrentOf<Located>>, 'written'>,
  step: Step<Located>,
): Promise<{ readonly written: Written | null; readonly isChanged: boolean }> {
  const { target, collection, call } = step;
  if (asked.current === null || target.key === null) {
    return { written: await mutation.recover(asked.plan, step), isChanged: false };
  }
  const present = await readPresent(collection, target.key, call);
  const isDone = mutation.isAsAsked(present, { ...asked, written: null });
  return {
    written: isDone ? await mutation.recover(asked.plan, step) : null,
    isChanged: !isSame(present, asked.current),
  };
}

function readPresent({ source, objectType }: Collection, key: PipelineKey, call: Call): Promise<Pipeline | null> {
  return source.readPipeline(objectType, key, call);
}

function isSame(present: Pipeline | null, current: Pipeline | Stage | null): boolean {
  if (present === null || current === null) return present === current;
  return toRevision(present) === toRevision('stages' in current ? current : current.pipeline);
}

/** Whether a refusal is what the second sending of a write that happened gets. */
export function isRefusalOfTwice(problem: Problem): boolean {
  if (problem.code === 'UPSTREAM_REJECTED') return problem.status === 404;
  return ['ID_TAKEN', 'LABEL_TAKEN', 'NOT_FOUND'].includes(problem.code);
}
