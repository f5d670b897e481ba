import type { Collection } from '../context/collections.ts';
import type { Context } from '../context/context.ts';
import { toPipelineChanges } from '../domain/diff.ts';
import type { Pipeline, Stage } from '../domain/pipeline.ts';
import { PipelineFault } from '../domain/problems.ts';
import type { Problem } from '../domain/problems.ts';
import { toPipelineSnapshot } from '../domain/snapshot.ts';
import { requireWhole } from '../domain/unread-stages.ts';
import type { Call } from '../sources/source.ts';
import { toWritablePipeline } from './archived-stages.ts';
import { checkCondition, checkCurrent } from './conditions.ts';
import type { AnyTarget, CurrentOf, Draft, Mutation, Shown, Step, WriteOutcome } from './mutation.ts';
import { findOverwritten } from './overwritten.ts';
import { notShown, proveWrite, readAfterFailure } from './proof.ts';
import { ChangedMeanwhile, sendOnce } from './send-once.ts';

/** What a write that did nothing answers. */
const noOutcome: WriteOutcome = { before: null, pipeline: null, changes: [], overwrote: [], settling: false };

/** How often a write is planned anew because somebody was faster. */
const maxPlans = 3;

type Payloads<Payload> = Payload & { readonly errors: readonly Problem[] };

/** Makes the function that a mutation's resolver calls. */
export function defineMutation<Input, Located extends AnyTarget, Plan, Written, Payload extends object>(
  mutation: Mutation<Input, Located, Plan, Written, Payload>,
) {
  const empty = { ...noOutcome, ...mutation.empty };
  return function run(
    input: Input,
    context: Context,
    selected: ReadonlySet<string>,
  ): Promise<Payloads<Payload & WriteOutcome>> {
    return withProblems<Payload & WriteOutcome>(context, empty, async (payload) => {
      const target = mutation.locate(input, context);
      throwProblems([...(mutation.check?.(input, target) ?? []), ...checkCondition(target)]);
      const collection = target.to ?? target.collection;
      const call = writeCallFor(context, collection);
      const step = { context, target, collection, call, selected };
      const pipelineId = target.key?.pipelineId ?? null;
      const place = { objectType: collection.objectType.name, pipelineId };
      await collection.source.inTurn(place, call, () => readAndWrite(mutation, input, step, payload));
    });
  };
}

/** The steps that ask the upstream, which nothing else that writes the same pipeline comes between. */
async function readAndWrite<Input, Located extends AnyTarget, Plan, Written, Payload extends object>(
  mutation: Mutation<Input, Located, Plan, Written, Payload>,
  input: Input,
  step: Step<Located>,
  payload: Draft<Payload & WriteOutcome>,
): Promise<void> {
  for (let plans = 1; ; plans += 1) {
    try {
      return await planAndWrite(mutation, input, step, payload);
    } catch (error) {
      if (!(error instanceof ChangedMeanwhile)) throw error;
      if (plans === maxPlans) throw error.toFault(step.collection.source.name);
      Object.assign(payload, noOutcome, mutation.empty);
    }
  }
}

async function planAndWrite<Input, Located extends AnyTarget, Plan, Written, Payload extends object>(
  mutation: Mutation<Input, Located, Plan, Written, Payload>,
  input: Input,
  step: Step<Located>,
  payload: Draft<Payload & WriteOutcome>,
): Promise<void> {
  const { target, context, collection } = step;
  const outcome: Draft<WriteOutcome> = payload;
  const current = (await target.read(writeCallFor(context, target.collection))) as CurrentOf<Located>;
  const before = target.key === null ? null : toPipelineOf(current);
  if (mutation.needsWhole === true) requireWholeTarget(current);
  const { plan, problems } = await mutation.prepare(input, current, step);
  throwProblems([...checkCurrent(current, target.condition), ...problems]);
  // Without all its stages it would be no way back.
  outcome.before = before?.unreadStages.length === 0 ? toPipelineSnapshot(before) : null;
  mutation.note?.(payload, current, { plan, input, target });

  const asked = { plan, current, collection };
  if (before?.archived === false && mutation.isAsAsked(before, { ...asked, written: null })) {
    const unchanged = await mutation.recover(plan, step);
    if (unchanged !== null) return show(mutation, payload, unchanged, { plan, current, after: before }, step);
  }
  const { written, isDocumented } = await withStateAfterFailure(mutation.hasSteps === true, step, payload, before, () =>
    write(context, current, () => sendOnce(mutation, asked, step)),
  );
  const key = mutation.made?.(written, step) ?? target.key;
  if (key === null) throw new TypeError('a mutation that makes nothing has a target');
  const { after, kind } = await proveWrite(collection, key, step.call, {
    before,
    maySettle: isDocumented && mutation.neverSettles !== true,
    isAsAsked: (read) => mutation.isAsAsked(read, { ...asked, written }),
    note: (read) => noteAfter(outcome, before, read, collection),
  });
  outcome.settling = kind === 'settling';
  outcome.overwrote = await findOverwritten(before, after, step);
  if (kind !== 'unknown' || mutation.neverSettles !== true) {
    await show(mutation, payload, written, { plan, current, after }, step);
  }
  if (kind === 'unknown') throw notShown(collection.source.name);
}

function noteAfter(
  payload: Draft<WriteOutcome>,
  before: Pipeline | null,
  after: Pipeline | null,
  collection: Collection,
): void {
  payload.pipeline = after;
  if (before === null || after === null) return;
  payload.changes = toPipelineChanges(toWritablePipeline(before, collection), toWritablePipeline(after, collection));
}

async function show<Input, Located extends AnyTarget, Plan, Written, Payload extends object>(
  mutation: Mutation<Input, Located, Plan, Written, Payload>,
  payload: Draft<Payload & WriteOutcome>,
  written: Written,
  shown: Shown<Plan, CurrentOf<Located>>,
  step: Step<Located>,
): Promise<void> {
  const outcome: Draft<WriteOutcome> = payload;
  outcome.pipeline = shown.after;
  await mutation.show?.(payload, written, shown, step);
}

/** Sends a write; if one of several steps stops half way, shows the pipeline as it now reads, and fails all the same. */
async function withStateAfterFailure<T>(
  hasSteps: boolean,
  { target, collection, call }: Step<AnyTarget>,
  payload: Draft<WriteOutcome>,
  before: Pipeline | null,
  send: () => Promise<T>,
): Promise<T> {
  try {
    return await send();
  } catch (error) {
    if (hasSteps && target.key !== null && mayHaveBeenApplied(error)) {
      const after = await readAfterFailure(collection, target.key, call);
      if (after !== null) noteAfter(payload, before, after, collection);
    }
    throw error;
  }
}

function mayHaveBeenApplied(error: unknown): boolean {
  return error instanceof PipelineFault && error.problems.some((problem) => problem.mayHaveBeenApplied);
}

function toPipelineOf(current: Pipeline | Stage | null): Pipeline | null {
  if (current === null) return null;
  return 'stages' in current ? current : current.pipeline;
}

function requireWholeTarget(current: Pipeline | Stage | null): void {
  const pipeline = toPipelineOf(current);
  if (pipeline !== null) requireWhole(pipeline);
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
    return { ...(mayHaveBeenApplied(error) ? payload : empty), errors: error.problems };
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
