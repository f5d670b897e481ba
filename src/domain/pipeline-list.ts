import type { LookUp } from './look-up.ts';
import type { Pipeline, Stage } from './pipeline.ts';
import type { Problem } from './problems.ts';
import { findStage, toUnreadProblems } from './unread-stages.ts';

/** The pipelines that could be read, in display order, and those that could not. */
export interface PipelineList {
  readonly pipelines: readonly Pipeline[];
  readonly unread: readonly UnreadPipeline[];
}

/** A pipeline that the upstream has, or may have, but that could not be read. */
export interface UnreadPipeline {
  /** Null if not even that is known. */
  readonly pipelineId: string | null;
  /** The upstream ids of all its stages; null if they are not known. */
  readonly stageIds: readonly string[] | null;
  readonly problem: Problem;
}

/** Everything that is wrong with a list: a problem for each pipeline and each stage that could not be read. */
export function toListProblems({ pipelines, unread }: PipelineList): readonly Problem[] {
  return [...unread.map(({ problem }) => problem), ...pipelines.flatMap(toUnreadProblems)];
}

/** Looks for a pipeline by its upstream id. */
export function findPipeline({ pipelines, unread }: PipelineList, pipelineId: string): LookUp<Pipeline> {
  const pipeline = toIndex(pipelines).get(pipelineId);
  if (pipeline !== undefined) return { kind: 'found', value: pipeline };
  const known = unread.find((candidate) => candidate.pipelineId === pipelineId);
  if (known !== undefined) return { kind: 'unread', problem: known.problem };
  return { kind: 'missing', doubt: unread.find((candidate) => candidate.pipelineId === null)?.problem ?? null };
}

const indexes = new WeakMap<readonly Pipeline[], ReadonlyMap<string, Pipeline>>();

/** The pipelines by their ids. Made once for each list, of which a kept one answers very many look-ups. */
function toIndex(pipelines: readonly Pipeline[]): ReadonlyMap<string, Pipeline> {
  const known = indexes.get(pipelines);
  if (known !== undefined) return known;
  // The first one counts if an upstream gives an id twice.
  const index = new Map(pipelines.toReversed().map((pipeline) => [pipeline.pipelineId, pipeline]));
  indexes.set(pipelines, index);
  return index;
}

/** Looks for a stage by its upstream id in every pipeline that is not archived. */
export function findStageAnywhere({ pipelines, unread }: PipelineList, stageId: string): LookUp<Stage> {
  let best: LookUp<Stage> = { kind: 'missing', doubt: null };
  for (const pipeline of pipelines) {
    if (pipeline.archived) continue;
    const lookUp = findStage(pipeline, stageId);
    if (lookUp.kind === 'found') return lookUp;
    if (isSurer(lookUp, best)) best = lookUp;
  }
  for (const pipeline of unread) {
    const lookUp = findUnreadStage(pipeline, stageId);
    if (isSurer(lookUp, best)) best = lookUp;
  }
  return best;
}

/** Whether one look-up says more of what it did not find than another. */
function isSurer(a: LookUp<Stage>, b: LookUp<Stage>): boolean {
  if (b.kind !== 'missing') return false;
  return a.kind !== 'missing' || (b.doubt === null && a.doubt !== null);
}

function findUnreadStage({ stageIds, problem }: UnreadPipeline, stageId: string): LookUp<Stage> {
  if (stageIds === null) return { kind: 'missing', doubt: problem };
  return stageIds.includes(stageId) ? { kind: 'unread', problem } : { kind: 'missing', doubt: null };
}
