import { findCollection, requireSource } from '../context/collections.ts';
import type { Collection } from '../context/collections.ts';
import type { Context } from '../context/context.ts';
import { isAddressable, readCursor, toCursor } from '../domain/ids.ts';
import type { PipelinePage, SourceFailure, StaleRead } from '../domain/page.ts';
import { toListProblems } from '../domain/pipeline-list.ts';
import type { PipelineList } from '../domain/pipeline-list.ts';
import { byPipelineOrder } from '../domain/pipeline.ts';
import type { Pipeline } from '../domain/pipeline.ts';
import { invalidInput, PipelineFault, toQueryErrorCode } from '../domain/problems.ts';
import type { Problem } from '../domain/problems.ts';
import type { PipelineFilter, QueryPipelinesArgs } from '../generated/schema.ts';
import type { Sources } from '../sources/source.ts';
import { toFindings } from './findings.ts';
import { notACursor, readFirst, toPage } from './pagination.ts';

const defaultFirst = 50;
const maxPipelineIds = 500;

/**
 * The pipelines that `where` keeps, of every collection side by side. Sources come in configured order, then object types in the
 * order asked for or configured, then displayOrder, label, id. What cannot be read becomes a failure; only bad arguments
 * make the whole list fail (PipelineFault).
 */
export async function listPipelines(args: Partial<QueryPipelinesArgs>, context: Context): Promise<PipelinePage> {
  const first = readFirst(args.first, defaultFirst);
  const where = args.where ?? {};
  const collections = toCollections(where, context.sources);
  const after = args.after === null || args.after === undefined ? null : readListCursor(args.after, collections);
  const parts = await Promise.all(collections.map((collection) => readPart(collection, where, context)));
  const failures = parts.flatMap((part) => part.failures);
  for (const { code } of failures) context.telemetry.noteProblem(code);
  const wanted = parts.map(({ pipelines }, index) =>
    pipelines.filter(
      (pipeline) => isWanted(pipeline, where) && isRemarked(pipeline, where, collections[index], context),
    ),
  );
  const start = after === null ? 0 : countUpTo(after, wanted);
  return { ...toPage(wanted.flat(), start, first), failures, stale: toStale(collections, context) };
}

/** What of the collections was served old, in their order. */
function toStale(collections: readonly Collection[], { stale }: Context): readonly StaleRead[] {
  const reads = [...stale.values()];
  return collections.flatMap(({ source, objectType }) =>
    reads.filter((read) => read.sourceName === source.name && read.objectType === objectType.name),
  );
}

/** The cursor of a pipeline: its position in the order, which outlives the pipeline itself. */
export function toPipelineCursor({ sourceName, objectType, displayOrder, label, pipelineId }: Pipeline): string {
  return toCursor([sourceName, objectType, displayOrder, label, pipelineId]);
}

interface Part {
  readonly pipelines: readonly Pipeline[];
  readonly failures: readonly SourceFailure[];
}

async function readPart(collection: Collection, where: PipelineFilter, context: Context): Promise<Part> {
  try {
    const list = await readList(collection, where, context);
    return {
      pipelines: list.pipelines,
      failures: toListProblems(list).map((problem) => toFailure(collection, problem)),
    };
  } catch (error) {
    if (!(error instanceof PipelineFault)) throw error;
    return { pipelines: [], failures: [toFailure(collection, error.problems[0])] };
  }
}

async function readList(collection: Collection, where: PipelineFilter, { loaders }: Context): Promise<PipelineList> {
  const { source, objectType } = collection;
  const { pipelineIds } = where;
  if (!isGiven(pipelineIds) || source.capabilities.includes('LIST_PIPELINES')) {
    return loaders.list(collection, { includeArchived: where.includeArchived === true });
  }
  // Without a list call, naming pipelines is the only way to those that the source does not reach by itself.
  const keys = [...new Set(pipelineIds)].map((pipelineId) => ({
    sourceName: source.name,
    objectType: objectType.name,
    pipelineId,
  }));
  const found = await Promise.all(keys.map((key) => loaders.pipeline(collection, key)));
  return { pipelines: found.filter((pipeline) => pipeline !== null).sort(byPipelineOrder), unread: [] };
}

function toFailure({ source, objectType }: Collection, problem: Problem): SourceFailure {
  return {
    sourceName: source.name,
    objectType: objectType.name,
    code: toQueryErrorCode(problem),
    message: problem.message,
    retryAfterSeconds: 'retryAfterSeconds' in problem ? problem.retryAfterSeconds : null,
    correlationId: problem.correlationId,
  };
}

function toCollections(
  { sourceNames, objectTypes, pipelineIds }: PipelineFilter,
  sources: Sources,
): readonly Collection[] {
  const named = sourceNames?.map((name, index) => requireSource(sources, name, ['where', 'sourceNames', `${index}`]));
  const selected = named === undefined ? sources : sources.filter((source) => named.includes(source));
  checkPipelineIds(pipelineIds ?? []);
  if (!isGiven(objectTypes)) {
    return selected.flatMap((source) => source.objectTypes.map((objectType) => ({ source, objectType })));
  }
  for (const [index, name] of objectTypes.entries()) {
    if (selected.some((source) => findCollection(source, name) !== null)) continue;
    const path = ['where', 'objectTypes', `${index}`];
    throw new PipelineFault([invalidInput(path, 'None of the sources has this object type.')]);
  }
  const names = [...new Set(objectTypes)];
  return selected.flatMap((source) =>
    names.map((name) => findCollection(source, name)).filter((collection) => collection !== null),
  );
}

function checkPipelineIds(pipelineIds: readonly string[]): void {
  const path = ['where', 'pipelineIds'];
  if (pipelineIds.length > maxPipelineIds) {
    const message = `${pipelineIds.length} ids are more than the limit of ${maxPipelineIds}.`;
    throw new PipelineFault([invalidInput(path, message)]);
  }
  const index = pipelineIds.findIndex((id) => !isAddressable(id));
  if (index !== -1) throw new PipelineFault([invalidInput([...path, `${index}`], 'This cannot be an upstream id.')]);
}

function isWanted(pipeline: Pipeline, { pipelineIds, labelContains, includeArchived }: PipelineFilter): boolean {
  return (
    (includeArchived === true || !pipeline.archived) &&
    (!isGiven(pipelineIds) || pipelineIds.includes(pipeline.pipelineId)) &&
    (!isGiven(labelContains) || pipeline.label.toLowerCase().includes(labelContains.toLowerCase()))
  );
}

/** Whether a pipeline has one of the findings that are looked for, if any are. */
function isRemarked(
  pipeline: Pipeline,
  { hasFindings }: PipelineFilter,
  collection: Collection | undefined,
  { now }: Context,
): boolean {
  if (!isGiven(hasFindings) || collection === undefined) return true;
  const findings = toFindings({ pipeline, ...collection, now });
  return findings.some(({ rule }) => hasFindings.length === 0 || hasFindings.includes(rule));
}

/** A position in the list: which part, and where in its order. */
interface ListPosition {
  readonly part: number;
  readonly pipeline: Pick<Pipeline, 'displayOrder' | 'label' | 'pipelineId'>;
}

function readListCursor(cursor: string, collections: readonly Collection[]): ListPosition {
  const [sourceName, objectType, displayOrder, label, pipelineId] = readCursor(cursor, 5) ?? [];
  const part = collections.findIndex(
    (collection) => collection.source.name === sourceName && collection.objectType.name === objectType,
  );
  if (part === -1 || typeof displayOrder !== 'number') throw notACursor();
  if (typeof label !== 'string' || typeof pipelineId !== 'string') throw notACursor();
  return { part, pipeline: { displayOrder, label, pipelineId } };
}

/** How many pipelines come up to and with a position. */
function countUpTo({ part, pipeline }: ListPosition, parts: readonly (readonly Pipeline[])[]): number {
  const earlier = parts.slice(0, part).flat().length;
  return earlier + (parts[part] ?? []).filter((candidate) => byPipelineOrder(candidate, pipeline) <= 0).length;
}

function isGiven<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}
