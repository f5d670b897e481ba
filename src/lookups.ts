import DataLoader from 'dataloader';
import type { PipelineKey, StageKey } from './ids.ts';
import type { Pipeline, Stage } from './model.ts';
import type { Call, ObjectType, PipelineList, PipelineSource } from './sources/source.ts';

/** An object type of one source: what one list call reads. */
export interface Place {
  readonly source: PipelineSource;
  readonly objectType: ObjectType;
}

/**
 * One request's reads. However many look-ups there are, those of one place cost one upstream call where the source has a
 * list call, and one for each distinct pipeline where it has none. Each rejects with a PipelineFault.
 */
export interface Lookups {
  /** Null where there is no such pipeline. */
  pipeline(place: Place, key: PipelineKey): Promise<Pipeline | null>;
  /** Null where there is no such stage; the pipeline's id spares a source without a list call the search. */
  stage(place: Place, key: Omit<StageKey, 'pipelineId'> & Partial<PipelineKey>): Promise<Stage | null>;
  /** Every pipeline of the place that can be reached without its id. */
  list(place: Place, options: { readonly includeArchived: boolean }): Promise<PipelineList>;
  /** Forgets everything, because a write may have made it old. */
  clear(): void;
}

type Lookup =
  | { readonly place: Place; readonly kind: 'pipeline'; readonly pipelineId: string }
  | { readonly place: Place; readonly kind: 'stage'; readonly pipelineId: string | null; readonly stageId: string }
  | { readonly place: Place; readonly kind: 'list'; readonly includeArchived: boolean };

type Found = Pipeline | Stage | PipelineList | null;

/** Opens the look-ups of one request. */
export function openLookups(callFor: (source: PipelineSource) => Call): Lookups {
  const loader = new DataLoader<Lookup, Found, string>((lookups) => loadBatch(lookups, callFor), {
    cacheKeyFn: toCacheKey,
  });
  // What a look-up finds follows from its kind; the loader cannot say so in its types.
  return {
    pipeline: (place, { pipelineId }) =>
      loader.load({ place, kind: 'pipeline', pipelineId }) as Promise<Pipeline | null>,
    stage: (place, { pipelineId = null, stageId }) =>
      loader.load({ place, kind: 'stage', pipelineId, stageId }) as Promise<Stage | null>,
    list: (place, { includeArchived }) =>
      loader.load({ place, kind: 'list', includeArchived }) as Promise<PipelineList>,
    clear: () => void loader.clearAll(),
  };
}

function toCacheKey({ place, ...lookup }: Lookup): string {
  return JSON.stringify([place.source.name, place.objectType.name, lookup]);
}

async function loadBatch(
  lookups: readonly Lookup[],
  callFor: (source: PipelineSource) => Call,
): Promise<(Found | Error)[]> {
  const places = Map.groupBy(lookups, ({ place }) => JSON.stringify([place.source.name, place.objectType.name]));
  const found = new Map<Lookup, Found | Error>();
  const loads = [...places.values()].map(async (group) => {
    for (const [lookup, result] of await loadPlace(group, callFor)) found.set(lookup, result);
  });
  await Promise.all(loads);
  return lookups.map((lookup) => found.get(lookup) ?? null);
}

/** Answers look-ups that all have the same place. */
async function loadPlace(
  lookups: readonly Lookup[],
  callFor: (source: PipelineSource) => Call,
): Promise<ReadonlyMap<Lookup, Found | Error>> {
  const [first] = lookups;
  if (first === undefined) return new Map();
  const { source, objectType } = first.place;
  const readOne = (pipelineId: string, call: Call) =>
    source.readPipeline({ sourceName: source.name, objectType: objectType.name, pipelineId }, call);
  const readList = (call: Call) => {
    const includeArchived = lookups.some((lookup) => lookup.kind === 'list' && lookup.includeArchived);
    return source.listPipelines(objectType, { includeArchived }, call);
  };

  const results = new Map<Lookup, Found | Error>();
  const settle = async (group: readonly Lookup[], load: (call: Call) => Promise<(lookup: Lookup) => Found>) => {
    try {
      const find = await load(callFor(source));
      for (const lookup of group) results.set(lookup, find(lookup));
    } catch (error) {
      const failure = error instanceof Error ? error : new Error('A look-up failed.', { cause: error });
      for (const lookup of group) results.set(lookup, failure);
    }
  };
  await Promise.all(
    toUpstreamReads(lookups, source).map(({ pipelineId, lookups: group }) =>
      settle(group, async (call) =>
        pipelineId === null ? findInList(await readList(call)) : findIn(await readOne(pipelineId, call)),
      ),
    ),
  );
  return results;
}

interface UpstreamRead {
  /** Null: the list. */
  readonly pipelineId: string | null;
  readonly lookups: readonly Lookup[];
}

/** The fewest upstream reads that answer the look-ups of one place. */
function toUpstreamReads(lookups: readonly Lookup[], source: PipelineSource): readonly UpstreamRead[] {
  const byPipeline = Map.groupBy(lookups, (lookup) => (lookup.kind === 'list' ? null : lookup.pipelineId));
  if (byPipeline.size > 1 && source.capabilities.includes('LIST_PIPELINES')) return [{ pipelineId: null, lookups }];
  return [...byPipeline].map(([pipelineId, group]) => ({ pipelineId, lookups: group }));
}

function findInList(list: PipelineList): (lookup: Lookup) => Found {
  const pipelines = new Map(list.pipelines.map((pipeline) => [pipeline.pipelineId, pipeline]));
  return (lookup) => {
    if (lookup.kind === 'list') return list;
    if (lookup.kind === 'pipeline') return visible(pipelines.get(lookup.pipelineId));
    const candidates = lookup.pipelineId === null ? pipelines.values() : [pipelines.get(lookup.pipelineId)];
    for (const pipeline of candidates) {
      const stage = visible(pipeline)?.stages.find((candidate) => candidate.stageId === lookup.stageId);
      if (stage !== undefined) return stage;
    }
    return null;
  };
}

function findIn(pipeline: Pipeline | null): (lookup: Lookup) => Found {
  return findInList({ pipelines: pipeline === null ? [] : [pipeline], problems: [] });
}

/** A list that was asked for with archived pipelines answers other look-ups as if it had none. */
function visible(pipeline: Pipeline | undefined): Pipeline | null {
  return pipeline === undefined || pipeline.archived ? null : pipeline;
}
