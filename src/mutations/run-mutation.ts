import type { Collection } from '../context/collections.ts';
import type { Context } from '../context/context.ts';
import type { Pipeline, Stage } from '../domain/pipeline.ts';
import { PipelineFault } from '../domain/problems.ts';
import type { Problem } from '../domain/problems.ts';
import { requireWhole } from '../domain/unread-stages.ts';
import type { Call } from '../sources/source.ts';
import { checkCondition, checkUpdatedAt } from './if-updated-at.ts';
import { withPipelineAfterFailure } from './read-back.ts';
import type { Target } from './target.ts';

/** A payload while its mutation fills it. */
export type Draft<Payload> = { -readonly [Field in keyof Payload]: Payload[Field] };

/** What the later steps of a mutation work with. */
export interface Step<Located> {
  readonly context: Context;
  readonly target: Located;
  readonly collection: Collection;
  /** For the write and the reads round it, which share nothing and are served from nothing kept. */
  readonly call: Call;
  /** The payload's fields that the caller selected. */
  readonly selected: ReadonlySet<string>;
}

/** What is to be sent, and what is wrong with it in the light of the present state. */
export interface Prepared<Plan> {
  readonly plan: Plan;
  readonly problems: readonly Problem[];
}

/** What a write was made of. */
interface Sent<Input, Located, Plan> {
  readonly plan: Plan;
  readonly input: Input;
  readonly target: Located;
}

type AnyTarget = Target<Pipeline | Stage | null>;

/** The present state of a target: a pipeline, a stage, or null for what is new. */
type CurrentOf<Located> = Located extends Target<infer Current> ? Current : never;

/**
 * What is a mutation's own. {@link defineMutation} takes its steps in one order: locate, check, read, check again, write,
 * read back. Each may reject with a PipelineFault, which becomes the payload's errors.
 */
interface Mutation<Input, Located extends AnyTarget, Plan, Written, Payload extends object> {
  /** The payload of a mutation that did nothing. */
  readonly empty: Payload;
  /** Finds what the input is about, without asking an upstream. */
  readonly locate: (input: Input, context: Context) => Located;
  /** Every problem that shows without asking an upstream. */
  readonly check?: (input: Input, target: Located) => readonly Problem[];
  /** Whether something is made of all that the pipeline has, so that what cannot be read would be lost. */
  readonly needsWhole?: true;
  /** What is to be sent, given the present state. */
  readonly prepare: (
    input: Input,
    current: CurrentOf<Located>,
    step: Step<Located>,
  ) => Prepared<Plan> | Promise<Prepared<Plan>>;
  /** Notes in the payload what stays true whatever becomes of the write. */
  readonly note?: (payload: Draft<Payload>, current: CurrentOf<Located>, sent: Sent<Input, Located, Plan>) => void;
  /** Sends the write. */
  readonly write: (plan: Plan, current: CurrentOf<Located>, step: Step<Located>) => Promise<Written>;
  /** Fills the payload after an acknowledged write, and reads back what the caller selected. */
  readonly show: (
    payload: Draft<Payload>,
    written: Written,
    current: CurrentOf<Located>,
    step: Step<Located>,
  ) => Promise<void>;
  /** Shows the pipeline as it reads after a write of several steps that may have stopped half way. */
  readonly showAfterFailure?: (payload: Draft<Payload>, after: Pipeline, current: CurrentOf<Located>) => void;
}

type Payloads<Payload> = Payload & { readonly errors: readonly Problem[] };

/** Makes the function that a mutation's resolver calls. */
export function defineMutation<Input, Located extends AnyTarget, Plan, Written, Payload extends object>(
  mutation: Mutation<Input, Located, Plan, Written, Payload>,
) {
  return function run(input: Input, context: Context, selected: ReadonlySet<string>): Promise<Payloads<Payload>> {
    return withProblems<Payload>(context, mutation.empty, async (payload) => {
      const target = mutation.locate(input, context);
      throwProblems([...(mutation.check?.(input, target) ?? []), ...checkCondition(target)]);
      const { collection } = target;
      const call = writeCallFor(context, collection);
      await readAndWrite(mutation, input, { context, target, collection, call, selected }, payload);
    });
  };
}

/** The steps that ask the upstream, which must not mix with those of another write of the same pipeline. */
async function readAndWrite<Input, Located extends AnyTarget, Plan, Written, Payload extends object>(
  mutation: Mutation<Input, Located, Plan, Written, Payload>,
  input: Input,
  step: Step<Located>,
  payload: Draft<Payload>,
): Promise<void> {
  const { target, collection, call } = step;
  const current = (await target.read(call)) as CurrentOf<Located>;
  if (mutation.needsWhole === true) requireWholeTarget(current);
  const { plan, problems } = await mutation.prepare(input, current, step);
  throwProblems([...checkUpdatedAt(current, target.ifUpdatedAt), ...problems]);
  mutation.note?.(payload, current, { plan, input, target });
  const { showAfterFailure } = mutation;
  const send = () => write(step.context, current, () => mutation.write(plan, current, step));
  const written =
    showAfterFailure === undefined || target.key === null
      ? await send()
      : await withPipelineAfterFailure(collection, target.key, call, send, (after) =>
          showAfterFailure(payload, after, current),
        );
  await mutation.show(payload, written, current, step);
}

function requireWholeTarget(current: Pipeline | Stage | null): void {
  if (current !== null) requireWhole('stages' in current ? current : current.pipeline);
}

/**
 * Runs what fills a payload, and turns a PipelineFault into the payload's errors, which the request's telemetry counts as
 * failures all the same. What was filled stays if the write may have happened; otherwise the payload is empty but for the errors.
 */
export async function withProblems<Payload extends object>(
  { telemetry }: Context,
  empty: Payload,
  run: (payload: Draft<Payload>) => Promise<void>,
): Promise<Payloads<Payload>> {
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

/** The call that a write and the reads round it are made with. */
export function writeCallFor(context: Context, { source }: Collection): Call {
  return { ...context.callFor(source), reading: 'alone' };
}

/** Ends the mutation with all the problems found, if there are any. */
export function throwProblems(problems: readonly Problem[]): void {
  const [first, ...rest] = problems;
  if (first !== undefined) throw new PipelineFault([first, ...rest]);
}

/**
 * Makes the write. Whatever comes of it, what this request looked up before is forgotten. A stage in use is named from the
 * pipeline as it was read before, if it was.
 */
async function write<T>({ loaders }: Context, before: Pipeline | Stage | null, send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    if (!(error instanceof PipelineFault) || before === null) throw error;
    const [first, ...rest] = error.problems;
    throw new PipelineFault([nameStages(first, before), ...rest], error.sourceName);
  } finally {
    loaders.clear();
  }
}

function nameStages(problem: Problem, before: Pipeline | Stage): Problem {
  if (problem.code !== 'STAGE_IN_USE') return problem;
  const { stages } = 'stages' in before ? before : before.pipeline;
  return { ...problem, stages: stages.filter((stage) => problem.stageIds.includes(stage.stageId)) };
}
