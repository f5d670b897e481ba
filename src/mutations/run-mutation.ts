import type { Context } from '../context/context.ts';
import { PipelineFault } from '../domain/problems.ts';
import type { Problem } from '../domain/problems.ts';

type Mutable<Payload> = { -readonly [Field in keyof Payload]: Payload[Field] };

/**
 * Runs a mutation that fills its payload as it goes, and turns a PipelineFault into the payload's errors, which the
 * request's telemetry counts as failures all the same. What was filled stays where the write may have happened; otherwise
 * the payload is empty but for the errors.
 */
export async function runMutation<Payload extends object>(
  { telemetry }: Context,
  empty: Payload,
  run: (payload: Mutable<Payload>) => Promise<void>,
): Promise<Payload & { readonly errors: readonly Problem[] }> {
  const payload = { ...empty };
  try {
    await run(payload);
    return { ...payload, errors: [] };
  } catch (error) {
    if (!(error instanceof PipelineFault)) throw error;
    for (const { code } of error.problems) telemetry.noteProblem(code);
    const applied = error.problems.some((problem) => problem.mayHaveBeenApplied);
    return { ...(applied ? payload : empty), errors: error.problems };
  }
}

/** Ends the mutation with all the problems found, if there are any. */
export function throwProblems(problems: readonly Problem[]): void {
  const [first, ...rest] = problems;
  if (first !== undefined) throw new PipelineFault([first, ...rest]);
}
