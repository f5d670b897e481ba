import DataLoader from 'dataloader';
import type { PipelineKey, StageKey } from '../domain/ids.ts';
import type { Pipeline, Stage } from '../domain/pipeline.ts';
import { PipelineFault } from '../domain/problems.ts';
import type { Problem } from '../domain/problems.ts';
import type { Call, PipelineList, PipelineSource } from '../sources/source.ts';
import type { Collection } from './collections.ts';

/**
 * One request's reads. However many look-ups there are, those of one collection cost one upstream call if the source has a
 * list call. If it has none, they cost one for each distinct pipeline. Each rejects with a PipelineFault.
 */
export interface Loaders {
  /** Null where there is no such pipeline. */
  pipeline(collection: Collection, key: PipelineKey): Promise<Pipeline | null>;
  /** Null where there is no such stage; the pipeline's id spares a source without a list call the search. */
  stage(collection: Collection, key: Omit<StageKey, 'pipelineId'> & Partial<PipelineKey>): Promise<Stage | null>;
  /** Every pipeline of the collection that can be reached without its id. */
  list(collection: Collection, options: { readonly includeArchived: boolean }): Promise<PipelineList>;
  /** Forgets everything, because a write may have made it old. */
  clear(): void;
}

type Lookup =
  | { readonly collection: Collection; readonly kind: 'pipeline'; readonly pipelineId: string }
  | {
      readonly collection: Collection;
      readonly kind: 'stage';
      readonly pipelineId: string | null;
      readonly stageId: string;
    }
  | { readonly collection: Collection; readonly kind: 'list'; readonly includeArchived: boolean };

type Found = Pipeline | Stage | PipelineList | null;

/** Opens the look-ups of one request. */
export function openLoaders(callFor: (source: PipelineSource) => Call): Loaders {
  const loader = new DataLoader<Lookup, Found, string>((lookups) => loadBatch(lookups, callFor), {
    cacheKeyFn: toCacheKey,
  });
  // What a look-up finds follows from its kind; the loader cannot say so in its types.
  return {
    pipeline: (collection, { pipelineId }) =>
      loader.load({ collection, kind: 'pipeline', pipelineId }) as Promise<Pipeline | null>,
    stage: (collection, { pipelineId = null, stageId }) =>
      loader.load({ collection, kind: 'stage', pipelineId, stageId }) as Promise<Stage | null>,
    list: (collection, { includeArchived }) =>
      loader.load({ collection, kind: 'list', includeArchived }) as Promise<PipelineList>,
    clear: () => void loader.clearAll(),
  };
}

function toCacheKey({ collection, ...lookup }: Lookup): string {
  return JSON.stringify([collection.source.name, collection.objectType.name, lookup]);
}

async function loadBatch(
  lookups: readonly Lookup[],
  callFor: (source: PipelineSource) => Call,
): Promise<(Found | Error)[]> {
  const collections = Map.groupBy(lookups, ({ collection }) =>
    JSON.stringify([collection.source.name, collection.objectType.name]),
  );
  const reads = [...collections.values()].flatMap(toUpstreamReads);
  const found = new Map((await Promise.all(reads.map((read) => answer(read, callFor)))).flat());
  return lookups.map((lookup) => found.get(lookup) ?? null);
}

/** Makes one read, and finds in it what each of its look-ups asks for. */
async function answer(
  read: UpstreamRead,
  callFor: (source: PipelineSource) => Call,
): Promise<(readonly [Lookup, Found | Error])[]> {
  try {
    const find = await makeRead(read, callFor(read.collection.source));
    return read.lookups.map((lookup) => [lookup, find(lookup)]);
  } catch (error) {
    const failure = error instanceof Error ? error : new Error('A look-up failed.', { cause: error });
    return read.lookups.map((lookup) => [lookup, failure]);
  }
}

async function makeRead({ collection, pipelineId, lookups }: UpstreamRead, call: Call) {
  const { source, objectType } = collection;
  if (pipelineId === null) {
    const includeArchived = lookups.some((lookup) => lookup.kind === 'list' && lookup.includeArchived);
    return findInList(await source.listPipelines(objectType, { includeArchived }, call), source.name);
  }
  const pipeline = await source.readPipeline(
    objectType,
    { sourceName: source.name, objectType: objectType.name, pipelineId },
    call,
  );
  return findInList({ pipelines: pipeline === null ? [] : [pipeline], problems: [] }, source.name);
}

interface UpstreamRead {
  readonly collection: Collection;
  /** Null: the list. */
  readonly pipelineId: string | null;
  readonly lookups: readonly Lookup[];
}

/** The fewest upstream reads that answer the look-ups of one collection. */
function toUpstreamReads(lookups: readonly Lookup[]): readonly UpstreamRead[] {
  const [first] = lookups;
  if (first === undefined) return [];
  const { collection } = first;
  const byPipeline = Map.groupBy(lookups, (lookup) => (lookup.kind === 'list' ? null : lookup.pipelineId));
  const hasList = collection.source.capabilities.includes('LIST_PIPELINES');
  if (byPipeline.size > 1 && hasList) return [{ collection, pipelineId: null, lookups }];
  return [...byPipeline].map(([pipelineId, group]) => ({ collection, pipelineId, lookups: group }));
}

function findInList(list: PipelineList, sourceName: string): (lookup: Lookup) => Found | Error {
  const pipelines = new Map(list.pipelines.map((pipeline) => [pipeline.pipelineId, pipeline]));
  return (lookup) => {
    if (lookup.kind === 'list') return list;
    if (lookup.kind === 'pipeline') return visible(pipelines.get(lookup.pipelineId));
    const candidates = lookup.pipelineId === null ? pipelines.values() : [pipelines.get(lookup.pipelineId)];
    for (const pipeline of candidates) {
      const stage = visible(pipeline)?.stages.find((candidate) => candidate.stageId === lookup.stageId);
      if (stage !== undefined) return stage;
    }
    // Where a pipeline could not be read, nobody knows that the stage is not in it.
    const unread = list.problems.find(({ code }) => !isAnswer(code));
    return unread === undefined ? null : new PipelineFault([unread], sourceName);
  };
}

/** Whether the upstream did answer, with something that is nothing or cannot be read. */
function isAnswer(code: Problem['code']): boolean {
  return code === 'UPSTREAM_CONTRACT' || code === 'UPSTREAM_REJECTED';
}

/** A list that was asked for with archived pipelines answers other look-ups as if it had none. */
function visible(pipeline: Pipeline | undefined): Pipeline | null {
  return pipeline === undefined || pipeline.archived ? null : pipeline;
}
