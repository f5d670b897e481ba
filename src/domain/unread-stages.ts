import type { LookUp } from './look-up.ts';
import type { Pipeline, Stage, UnreadStage } from './pipeline.ts';
import { PipelineFault, upstreamProblem } from './problems.ts';
import type { Problem } from './problems.ts';

/** Looks for a stage by its upstream id, among those that could not be read too. */
export function findStage(pipeline: Pipeline, stageId: string): LookUp<Stage> {
  const stage = pipeline.stages.find((candidate) => candidate.stageId === stageId);
  if (stage !== undefined) return { kind: 'found', value: stage };
  const unread = pipeline.unreadStages.find((candidate) => candidate.stageId === stageId);
  if (unread !== undefined) return { kind: 'unread', problem: toProblem(pipeline, unread) };
  const nameless = pipeline.unreadStages.find((candidate) => candidate.stageId === null);
  return { kind: 'missing', doubt: nameless === undefined ? null : toProblem(pipeline, nameless) };
}

/** A problem (UPSTREAM_CONTRACT) for each stage that the upstream has but that could not be read. */
export function toUnreadProblems(pipeline: Pipeline): readonly Problem[] {
  return pipeline.unreadStages.map((stage) => toProblem(pipeline, stage));
}

/** Makes sure that a pipeline shows all that it has; a PipelineFault (UPSTREAM_CONTRACT) that names what would be lost. */
export function requireWhole({ label, sourceName, unreadStages }: Pipeline): void {
  if (unreadStages.length === 0) return;
  const names = unreadStages.map(({ name }) => name).join(', ');
  const message = `Pipeline "${label}": ${names} cannot be read, and would be lost.`;
  throw new PipelineFault([upstreamProblem('UPSTREAM_CONTRACT', message)], sourceName);
}

function toProblem({ label }: Pipeline, { name }: UnreadStage): Problem {
  return upstreamProblem('UPSTREAM_CONTRACT', `Pipeline "${label}": ${name} cannot be read.`);
}
