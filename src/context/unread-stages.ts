import { responsePathAsArray } from 'graphql';
import type { GraphQLResolveInfo } from 'graphql';
import type { Pipeline } from '../domain/pipeline.ts';
import type { Problem } from '../domain/problems.ts';
import { toUnreadProblems } from '../domain/unread-stages.ts';
import type { Context } from './context.ts';

/** A stage that an answer lacks where it lists the stages of its pipeline. */
interface Lack {
  /** Of the list in the answer. */
  readonly path: readonly (string | number)[];
  readonly problem: Problem;
  readonly sourceName: string;
}

/** By the context of one operation: each operation of a batch has its own. */
const lacks = new WeakMap<Context, Lack[]>();

/**
 * Notes that a list of stages, which is about to be answered, lacks those that cannot be read. A page of pipelines names them
 * in its `failures`, and a mutation tells what its upstream did in its payload only.
 */
export function noteUnreadStages(
  pipeline: Pipeline,
  context: Context,
  { path }: Pick<GraphQLResolveInfo, 'path'>,
): void {
  if (pipeline.unreadStages.length === 0 || isToldElsewhere(path)) return;
  const known = lacks.get(context) ?? [];
  lacks.set(context, known);
  for (const problem of toUnreadProblems(pipeline)) {
    context.telemetry.noteProblem(problem.code);
    known.push({ path: responsePathAsArray(path), problem, sourceName: pipeline.sourceName });
  }
}

/** What an operation's answer lacks. */
export function listUnreadStages(context: Context): readonly Lack[] {
  return lacks.get(context) ?? [];
}

function isToldElsewhere(path: GraphQLResolveInfo['path']): boolean {
  for (let at: GraphQLResolveInfo['path'] | undefined = path; at !== undefined; at = at.prev) {
    if (at.typename === 'PipelineConnection' || at.typename === 'Mutation') return true;
  }
  return false;
}
