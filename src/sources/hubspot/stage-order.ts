import { isDeepStrictEqual } from 'node:util';
import type { Pipeline, Stage } from '../../domain/pipeline.ts';
import { afterWrite, PipelineFault, upstreamProblem } from '../../domain/problems.ts';
import { requireWhole } from '../../domain/unread-stages.ts';
import type { SourceReads } from '../parts.ts';
import type { Call, ObjectType } from '../source.ts';
import { pause } from '../upstream/retry.ts';
import { toPipelineSubject, toStageSubject } from '../upstream/subject.ts';
import type { HubSpotConnection } from './connection.ts';
import { toMoves } from './reorder.ts';
import { toValidation } from './validation.ts';
import { readEcho, toNewStage } from './wire.ts';

/** More stages than these are moved with one PUT, which leaves no half-done order. */
const maxMoves = 3;

/** How long each of the reads after a write waits, in case HubSpot is slow to show it. */
const delaysMs = [0, 200, 400];

/** Puts stages into orders, and proves it. */
interface StageOrder {
  /**
   * Puts the stages into the order of `stageIds`, given the pipeline as it was just read; those that it does not name go last.
   * Few moves are PATCHes of one stage each. If those do not give the order, as HubSpot treats equal numbers otherwise than
   * observed, one PUT follows. A PipelineFault (UPSTREAM_OUTCOME_UNKNOWN) unless a read then shows the order.
   */
  put(objectType: ObjectType, current: Pipeline, stageIds: readonly string[], call: Call): Promise<void>;
  /** The same after the write of a stage, which a read must show first. */
  putAfterWrite(
    objectType: ObjectType,
    written: { readonly before: Pipeline; readonly stageId: string },
    stageIds: readonly string[],
    call: Call,
  ): Promise<void>;
}

/** How stages are put into orders through a connection. */
export function createStageOrder(connection: HubSpotConnection, reads: SourceReads): StageOrder {
  const read = createProvingRead(reads, connection.sourceName);

  const put: StageOrder['put'] = async (objectType, current, stageIds, call) => {
    const order = toWholeOrder(current, stageIds);
    if (isInOrder(current, order)) return;
    const moves = toMoves(current.stages, order);
    if (moves.length > maxMoves || hasTies(current)) await putWhole(connection, current, order, call);
    else {
      await patchOrders(connection, current, moves, call);
      const isShown = (after: Pipeline) => isInOrder(after, order) || !isSame(current, after);
      const moved = await read(objectType, current, isShown, call);
      if (isInOrder(moved, order)) return;
      // A stage that this read lacks may be there all the same, and a PUT would remove it.
      if (!order.every((stageId) => hasStage(moved, stageId))) throw outcomeUnknown(moved);
      await afterWriting(putWhole(connection, moved, toWholeOrder(moved, order), call));
    }
    const after = await read(objectType, current, (shown) => isInOrder(shown, order), call);
    if (!isInOrder(after, order)) throw outcomeUnknown(after);
  };

  return {
    put,
    async putAfterWrite(objectType, { before, stageId }, stageIds, call) {
      const isShown = (after: Pipeline) => hasStage(after, stageId) && !isSame(before, after);
      const after = await read(objectType, before, isShown, call);
      if (!hasStage(after, stageId)) throw outcomeUnknown(after);
      await afterWriting(put(objectType, after, stageIds, call));
    },
  };
}

/** Reads a pipeline after a write until it shows what is looked for, some times at most; gives it as it was read last. */
function createProvingRead(reads: SourceReads, sourceName: string) {
  return async (objectType: ObjectType, key: Pipeline, isShown: (after: Pipeline) => boolean, call: Call) => {
    let shown: Pipeline | null = null;
    for (const delayMs of delaysMs) {
      const reading = async () => {
        await pause(delayMs, call, sourceName);
        return reads.readPipeline(objectType, key, { ...call, reading: 'alone' });
      };
      shown = await afterWriting(reading());
      if (shown !== null && isShown(shown)) return shown;
    }
    if (shown === null) throw outcomeUnknown(key);
    return shown;
  };
}

/** Gives one stage after the other its number. */
async function patchOrders(
  { upstream, paths }: HubSpotConnection,
  { stages }: Pipeline,
  moves: readonly Pick<Stage, 'stageId' | 'displayOrder'>[],
  call: Call,
): Promise<void> {
  for (const [index, { stageId, displayOrder }] of moves.entries()) {
    const stage = stages.find((candidate) => candidate.stageId === stageId);
    if (stage === undefined) continue;
    // HubSpot's OpenAPI file requires metadata here, and an empty one changes nothing (observed).
    const request = { method: 'PATCH', path: paths.stage(stage), body: { displayOrder, metadata: {} } } as const;
    const writing = upstream.write(request, toStageSubject(stage), readEcho, call);
    await (index > 0 ? afterWriting(writing) : writing);
  }
}

/** Writes all stages as they are but for their numbers, 0 to n-1. It removes those that it does not name, so it names all. */
async function putWhole(
  { upstream, paths }: HubSpotConnection,
  current: Pipeline,
  stageIds: readonly string[],
  call: Call,
): Promise<void> {
  requireWhole(current);
  const { label, displayOrder } = current;
  const stages = stageIds.flatMap((stageId, place) => {
    const stage = current.stages.find((candidate) => candidate.stageId === stageId);
    if (stage === undefined) return [];
    const draft = { stageId, label: stage.label, displayOrder: place, meta: null };
    return [toNewStage(draft, place, stage.meta)];
  });
  const query = toValidation({ validateReferences: true });
  const body = { label, displayOrder, stages };
  const request = { method: 'PUT', path: paths.pipeline(current), query, body } as const;
  await upstream.write(request, toPipelineSubject(current), readEcho, call);
}

/** All stages that there are: those of the order, then the others as they stand. */
function toWholeOrder({ stages }: Pipeline, stageIds: readonly string[]): readonly string[] {
  const present = stages.map(({ stageId }) => stageId);
  return [
    ...stageIds.filter((stageId) => present.includes(stageId)),
    ...present.filter((stageId) => !stageIds.includes(stageId)),
  ];
}

/** Whether the stages that are in both stand in one order, which is certain only if no two have the same number. */
function isInOrder(pipeline: Pipeline, stageIds: readonly string[]): boolean {
  const wanted = stageIds.filter((stageId) => hasStage(pipeline, stageId));
  const present = pipeline.stages.filter(({ stageId }) => stageIds.includes(stageId));
  return !hasTies(pipeline) && present.every(({ stageId }, place) => stageId === wanted[place]);
}

function hasTies({ stages }: Pipeline): boolean {
  return new Set(stages.map(({ displayOrder }) => displayOrder)).size < stages.length;
}

function isSame(before: Pipeline, after: Pipeline): boolean {
  const toOrders = ({ stages }: Pipeline) => stages.map(({ stageId, displayOrder }) => [stageId, displayOrder]);
  return isDeepStrictEqual(toOrders(before), toOrders(after));
}

function hasStage({ stages }: Pipeline, stageId: string): boolean {
  return stages.some((stage) => stage.stageId === stageId);
}

/** The same, whose failure comes after a write that was made. */
async function afterWriting<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof PipelineFault ? afterWrite(error) : error;
  }
}

function outcomeUnknown({ sourceName }: Pipeline): PipelineFault {
  const message = 'The upstream acknowledged the new order, but a read does not show it.';
  const problem = upstreamProblem('UPSTREAM_OUTCOME_UNKNOWN', message, { mayHaveBeenApplied: true });
  return new PipelineFault([problem], sourceName);
}
