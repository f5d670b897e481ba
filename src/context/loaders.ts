import DataLoader from 'dataloader';
import type { PipelineKey, StageKey } from '../domain/ids.ts';
import { settle } from '../domain/look-up.ts';
import type { PipelineList } from '../domain/pipeline-list.ts';
import type { Pipeline, Stage } from '../domain/pipeline.ts';
import type { Call, PipelineSource } from '../sources/source.ts';
import type { Collection } from './collections.ts';
import { lookUp } from './look-ups.ts';
import type { Found, Wanted } from './look-ups.ts';

/**
 * One request's reads. However many look-ups there are, those of one collection cost one upstream call if the source has a
 * list call. If it has none, they cost one for each distinct pipeline. What something kept lacks costs one call more, for
 * all of it together. Each rejects with a PipelineFault.
 */
export interface Loaders {
  /** Null if there is no such pipeline. */
  pipeline(collection: Collection, key: PipelineKey): Promise<Pipeline | null>;
  /** Null if there is no such stage; the pipeline's id spares a source without a list call the search. */
  stage(collection: Collection, key: Omit<StageKey, 'pipelineId'> & Partial<PipelineKey>): Promise<Stage | null>;
  /** Every pipeline of the collection that can be reached without its id. */
  list(collection: Collection, options: { readonly includeArchived: boolean }): Promise<PipelineList>;
  /** When a pipeline was read from its upstream; now if it was not looked up here, but read back after a write. */
  readTimeOf(pipeline: Pipeline): Date;
  /** Looks up something by what it was looked up with before, in this request or another. */
  load(wanted: Wanted): Promise<Found>;
  /** All that was looked up, with what was found; null if something was not, or a write may have changed it. */
  readonly lookedUp: () => readonly LookedUp[] | null;
  /** Forgets everything, because a write may have made it old. */
  clear(): void;
}

/** Something that was looked up and found. */
export interface LookedUp {
  readonly wanted: Wanted;
  readonly found: object;
}

/** Opens the look-ups of one request. */
export function openLoaders(callFor: (source: PipelineSource) => Call): Loaders {
  const readTimes = new Map<string, number>();
  const answers: Answer[] = [];
  const request: Request = { callFor, openedAt: performance.now(), readTimes, answers };
  let hasWritten = false;
  const loader = new DataLoader<Wanted, Found, string>((batch) => loadBatch(batch, request), {
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
    readTimeOf: (pipeline) => findReadTime(readTimes, pipeline),
    load: (wanted) => loader.load(wanted),
    lookedUp: () => (hasWritten ? null : toLookedUp(answers)),
    clear() {
      hasWritten = true;
      loader.clearAll();
      readTimes.clear();
    },
  };
}

interface Request {
  readonly callFor: (source: PipelineSource) => Call;
  /** By performance.now(): what was read since then is new enough to say that something is not there. */
  readonly openedAt: number;
  /** When each list or single pipeline was read, by performance.now(). */
  readonly readTimes: Map<string, number>;
  /** Everything that was answered. */
  readonly answers: Answer[];
}

/** Null if something was not found: it may be there at any moment. */
function toLookedUp(answers: readonly Answer[]): readonly LookedUp[] | null {
  const found = answers.flatMap(([wanted, value]) =>
    value === null || value instanceof Error ? [] : [{ wanted, found: value }],
  );
  return found.length === answers.length ? found : null;
}

function toReadKey({ sourceName, objectType }: Omit<PipelineKey, 'pipelineId'>, pipelineId: string | null): string {
  return JSON.stringify([sourceName, objectType, pipelineId]);
}

function findReadTime(readTimes: ReadonlyMap<string, number>, pipeline: Pipeline): Date {
  const readAt =
    readTimes.get(toReadKey(pipeline, pipeline.pipelineId)) ??
    readTimes.get(toReadKey(pipeline, null)) ??
    performance.now();
  return new Date(performance.timeOrigin + readAt);
}

function toCacheKey({ collection, ...wanted }: Wanted): string {
  return JSON.stringify([collection.source.name, collection.objectType.name, wanted]);
}

async function loadBatch(batch: readonly Wanted[], request: Request): Promise<(Found | Error)[]> {
  const collections = Map.groupBy(batch, ({ collection }) =>
    JSON.stringify([collection.source.name, collection.objectType.name]),
  );
  const reads = [...collections.values()].flatMap(toUpstreamReads);
  const answers = (await Promise.all(reads.map((read) => answer(read, request)))).flat();
  request.answers.push(...answers);
  const found = new Map(answers);
  return batch.map((wanted) => found.get(wanted) ?? null);
}

type Answer = readonly [Wanted, Found | Error];

/** Makes one read, and finds in it what each of its look-ups asks for; what something old lacks is asked for anew. */
async function answer(read: UpstreamRead, { callFor, openedAt, readTimes }: Request): Promise<readonly Answer[]> {
  const { source } = read.collection;
  let keptAt = Infinity;
  const noteKept = (readAt: number): void => void (keptAt = readAt);
  const result = await attempt(async () => makeRead(read, { ...callFor(source), noteKept }));
  const { collection } = read;
  const key = { sourceName: source.name, objectType: collection.objectType.name };
  readTimes.set(toReadKey(key, read.pipelineId), Math.min(keptAt, performance.now()));
  const isOld = keptAt < openedAt;
  const isMissed = (wanted: Wanted): boolean =>
    !(result instanceof Error) && (isOld || mayBeHidden(wanted, read)) && lookUp(wanted, result).kind === 'missing';
  const missed = read.wanted.filter(isMissed);
  const answers = read.wanted.map((wanted) => toAnswer(wanted, result));
  if (missed.length === 0) return answers;
  const renewed = await attempt(async () => readAnew({ ...read, wanted: missed }, callFor(source)));
  return [...answers, ...missed.map((wanted) => toAnswer(wanted, renewed))];
}

/** What was read: a list, or one pipeline as a list, or null if that one is not there; or why nothing was. */
type Result = PipelineList | null | Error;

async function attempt(read: () => Promise<PipelineList | null>): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    return toError(error);
  }
}

function toAnswer(wanted: Wanted, result: Result): Answer {
  if (result instanceof Error) return [wanted, result];
  try {
    return [wanted, settle(lookUp(wanted, result), wanted.collection.source.name)];
  } catch (error) {
    return [wanted, toError(error)];
  }
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error('A look-up failed.', { cause: error });
}

interface UpstreamRead {
  readonly collection: Collection;
  /** Null: the list. */
  readonly pipelineId: string | null;
  readonly wanted: readonly Wanted[];
  /** Whether the list is to hold archived pipelines although nobody wants them all. */
  readonly includeArchived?: boolean;
}

/** The fewest upstream reads that answer the look-ups of one collection. */
function toUpstreamReads(batch: readonly Wanted[]): readonly UpstreamRead[] {
  const [first] = batch;
  if (first === undefined) return [];
  const { collection } = first;
  const byPipeline = Map.groupBy(batch, toPipelineId);
  const hasList = collection.source.capabilities.includes('LIST_PIPELINES');
  if (byPipeline.size > 1 && hasList) return [{ collection, pipelineId: null, wanted: batch }];
  return [...byPipeline].map(([pipelineId, wanted]) => ({ collection, pipelineId, wanted }));
}

async function makeRead(
  { collection, pipelineId, wanted, includeArchived: all = false }: UpstreamRead,
  call: Call,
): Promise<PipelineList | null> {
  const { source, objectType } = collection;
  if (pipelineId === null) {
    const includeArchived = all || wanted.some((each) => each.kind === 'list' && each.includeArchived);
    return source.listPipelines(objectType, { includeArchived }, call);
  }
  const key = { sourceName: source.name, objectType: objectType.name, pipelineId };
  const pipeline = await source.readPipeline(objectType, key, call);
  return pipeline === null ? null : { pipelines: [pipeline], unread: [] };
}

/** One more read for all that something kept lacks: of the one pipeline that it is about, else of the whole list. */
function readAnew({ collection, wanted }: UpstreamRead, call: Call): Promise<PipelineList | null> {
  const pipelineIds = new Set(wanted.map(toPipelineId));
  const [only = null] = pipelineIds;
  const includeArchived = collection.source.traits.hidesArchived && !pipelineIds.has(null);
  const pipelineId = pipelineIds.size === 1 ? only : null;
  // A source knows by itself which pipelines it was asked for one by one.
  const missed = wanted.filter(({ kind }) => kind === 'stage' || pipelineId === null).map(toCacheKey);
  return makeRead({ collection, pipelineId, wanted, includeArchived }, { ...call, missed });
}

/** Whether something is wanted of one pipeline that a list of the active ones lacks, so that it may be an archived one. */
function mayBeHidden(wanted: Wanted, { collection, pipelineId }: UpstreamRead): boolean {
  return pipelineId === null && collection.source.traits.hidesArchived && toPipelineId(wanted) !== null;
}

function toPipelineId(wanted: Wanted): string | null {
  return wanted.kind === 'list' ? null : wanted.pipelineId;
}
