import DataLoader from 'dataloader';
/** Opens the look-ups of one request. */
export function openLookups(callFor) {
  const loader = new DataLoader((lookups) => loadBatch(lookups, callFor), {
    cacheKeyFn: toCacheKey,
  });
  // What a look-up finds follows from its kind; the loader cannot say so in its types.
  return {
    pipeline: (place, { pipelineId }) => loader.load({ place, kind: 'pipeline', pipelineId }),
    stage: (place, { pipelineId = null, stageId }) => loader.load({ place, kind: 'stage', pipelineId, stageId }),
    list: (place, { includeArchived }) => loader.load({ place, kind: 'list', includeArchived }),
    clear: () => void loader.clearAll(),
  };
}
function toCacheKey({ place, ...lookup }) {
  return JSON.stringify([place.source.name, place.objectType.name, lookup]);
}
async function loadBatch(lookups, callFor) {
  const places = Map.groupBy(lookups, ({ place }) => JSON.stringify([place.source.name, place.objectType.name]));
  const found = new Map();
  const loads = [...places.values()].map(async (group) => {
    for (const [lookup, result] of await loadPlace(group, callFor)) found.set(lookup, result);
  });
  await Promise.all(loads);
  return lookups.map((lookup) => found.get(lookup) ?? null);
}
/** Answers look-ups that all have the same place. */
async function loadPlace(lookups, callFor) {
  const [first] = lookups;
  if (first === undefined) return new Map();
  const { source, objectType } = first.place;
  const readOne = (pipelineId, call) =>
    source.readPipeline({ sourceName: source.name, objectType: objectType.name, pipelineId }, call);
  const readList = (call) => {
    const includeArchived = lookups.some((lookup) => lookup.kind === 'list' && lookup.includeArchived);
    return source.listPipelines(objectType, { includeArchived }, call);
  };
  const results = new Map();
  const settle = async (group, load) => {
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
/** The fewest upstream reads that answer the look-ups of one place. */
function toUpstreamReads(lookups, source) {
  const byPipeline = Map.groupBy(lookups, (lookup) => (lookup.kind === 'list' ? null : lookup.pipelineId));
  if (byPipeline.size > 1 && source.capabilities.includes('LIST_PIPELINES')) return [{ pipelineId: null, lookups }];
  return [...byPipeline].map(([pipelineId, group]) => ({ pipelineId, lookups: group }));
}
function findInList(list) {
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
function findIn(pipeline) {
  return findInList({ pipelines: pipeline === null ? [] : [pipeline], problems: [] });
}
/** A list that was asked for with archived pipelines answers other look-ups as if it had none. */
function visible(pipeline) {
  return pipeline === undefined || pipeline.archived ? null : pipeline;
}
