import { requireCollection } from '../context/collections.ts';
import type { Collection } from '../context/collections.ts';
import type { Context } from '../context/context.ts';
import { readPipelineGlobalId, readStageGlobalId } from '../domain/ids.ts';
import type { PipelineKey, StageKey } from '../domain/ids.ts';
import { toComparableLabel } from '../domain/pipeline.ts';
import type { Pipeline, Stage } from '../domain/pipeline.ts';
import { afterWrite, invalidInput, nothingMore, notFound, PipelineFault, upstreamProblem } from '../domain/problems.ts';
import type { Problem } from '../domain/problems.ts';
import type { Call, WriteTarget } from '../sources/source.ts';

/** The collection and key that a mutation's pipeline id means; a PipelineFault that names `field` where it means none. */
export function requirePipelineKey(
  { sources }: Context,
  id: string,
  field = 'id',
): { collection: Collection; key: PipelineKey } {
  const key = readPipelineGlobalId(id);
  if (key === null) throw new PipelineFault([invalidInput([field], 'This is not the id of a pipeline.')]);
  return { collection: requireCollection(sources, key, [field]), key };
}

/** The collection and key that a mutation's stage id means; a PipelineFault that names `field` where it means none. */
export function requireStageKey(
  { sources }: Context,
  id: string,
  field = 'id',
): { collection: Collection; key: StageKey } {
  const key = readStageGlobalId(id);
  if (key === null) throw new PipelineFault([invalidInput([field], 'This is not the id of a stage.')]);
  return { collection: requireCollection(sources, key, [field]), key };
}

/** The call that a write and the reads round it are made with: such reads share nothing and are served from nothing kept. */
export function writeCallFor(context: Context, { source }: Collection): Call {
  return { ...context.callFor(source), reading: 'alone' };
}

/** The pipeline that a write is about. `read` rejects with NOT_FOUND where it is gone; `id` is the id the caller named. */
export function openTarget({ source }: Collection, key: PipelineKey, call: Call, id: string): WriteTarget {
  let reading: Promise<Pipeline> | null = null;
  const read = async (): Promise<Pipeline> => {
    const pipeline = await source.readPipeline(key, call);
    if (pipeline === null) throw new PipelineFault([notFound(id, 'There is no such pipeline.')], source.name);
    return pipeline;
  };
  return { key, read: () => (reading ??= read()) };
}

/** A stage of a pipeline as it was read; NOT_FOUND where it is not there. */
export function requireStage(pipeline: Pipeline, { stageId }: StageKey, id: string): Stage {
  const stage = pipeline.stages.find((candidate) => candidate.stageId === stageId);
  if (stage === undefined) throw new PipelineFault([notFound(id, 'There is no such stage.')], pipeline.sourceName);
  return stage;
}

/** The problem of an object that is not as old as the caller thinks; null where the caller does not say. */
export function checkUpdatedAt(
  { updatedAt }: Pipeline | Stage,
  ifUpdatedAt: string | null | undefined,
): readonly Problem[] {
  if (ifUpdatedAt === null || ifUpdatedAt === undefined || ifUpdatedAt === updatedAt) return [];
  const message = `The object's updatedAt is ${updatedAt ?? 'not known'}, not ${ifUpdatedAt}.`;
  return [{ ...nothingMore, code: 'STALE_OBJECT', message, path: ['ifUpdatedAt'], updatedAt }];
}

/** The problem of an `ifUpdatedAt` at a source that never gives an updatedAt to compare it with. */
export function checkIfUpdatedAt({ source }: Collection, ifUpdatedAt: string | null | undefined): readonly Problem[] {
  if (ifUpdatedAt === null || ifUpdatedAt === undefined || source.inputRules.hasUpdatedAt) return [];
  return [invalidInput(['ifUpdatedAt'], `Source "${source.name}" never gives an updatedAt.`)];
}

/**
 * Makes the write. Whatever comes of it, what this request looked up before is forgotten, and a stage in use is named from
 * the pipeline as it was read before, if it was.
 */
export async function write<T>({ loaders }: Context, before: Pipeline | null, send: () => Promise<T>): Promise<T> {
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

/** The pipeline as a later read shows it, after an acknowledged write. */
export async function readBack({ source }: Collection, key: PipelineKey, call: Call): Promise<Pipeline> {
  const pipeline = await source.readPipeline(key, call).catch((error: unknown) => {
    throw error instanceof PipelineFault ? afterWrite(error) : error;
  });
  return pipeline ?? notShown(key.sourceName);
}

/** A stage as a later read shows it; by its label, which is unique in the pipeline, where the upstream does not tell the new id. */
export async function readStageBack(
  collection: Collection,
  key: PipelineKey,
  { stageId, label }: { readonly stageId: string | null; readonly label: string | null },
  call: Call,
): Promise<Stage> {
  const { stages } = await readBack(collection, key, call);
  const stage = stages.find((candidate) =>
    stageId === null
      ? toComparableLabel(candidate.label) === toComparableLabel(label ?? '')
      : candidate.stageId === stageId,
  );
  return stage ?? notShown(key.sourceName);
}

/** After a write that stopped half way or may have: shows the pipeline as it now reads, and fails all the same. */
export function readBackAfterFailure(
  { source }: Collection,
  key: PipelineKey,
  call: Call,
  show: (pipeline: Pipeline) => void,
): (error: unknown) => Promise<never> {
  return async (error) => {
    if (error instanceof PipelineFault && error.problems.some((problem) => problem.mayHaveBeenApplied)) {
      const pipeline = await source.readPipeline(key, call).catch(() => null);
      if (pipeline !== null) show(pipeline);
    }
    throw error;
  };
}

function nameStages(problem: Problem, { stages }: Pipeline): Problem {
  if (problem.code !== 'STAGE_IN_USE') return problem;
  return { ...problem, stages: stages.filter((stage) => problem.stageIds.includes(stage.stageId)) };
}

function notShown(sourceName: string): never {
  const message = 'The upstream acknowledged the write, but a read does not show it.';
  const problem = upstreamProblem('UPSTREAM_OUTCOME_UNKNOWN', message, { mayHaveBeenApplied: true });
  throw new PipelineFault([problem], sourceName);
}
