import type { Pipeline, Stage } from '../../domain/pipeline.ts';
import { toChangedHubSpotMeta } from '../hubspot-api/stage-meta.ts';
import type { SourceReads, StageWrites } from '../parts.ts';
import type { Call, ObjectType, StageDraft, StagePatch } from '../source.ts';
import { toNewStageSubject, toStageSubject } from '../upstream/subject.ts';
import { ignoreAnswer, newIdUnknown } from '../upstream/upstream.ts';
import { nothingMoved } from '../write-results.ts';
import type { Replaced } from '../write-results.ts';
import type { HubSpotConnection } from './connection.ts';
import { toPlacement } from './placement.ts';
import { createStageOrder } from './stage-order.ts';
import { toValidation } from './validation.ts';
import { readCreatedId, readEcho, toNewStage } from './wire.ts';

/** What HubSpot's API can write of a stage. Its answers echo the request. */
export function createStageWrites(connection: HubSpotConnection, reads: SourceReads): StageWrites {
  const { upstream, paths } = connection;
  const writer = { ...connection, order: createStageOrder(connection, reads) };
  return {
    createStage: (objectType, current, draft, call) => createStage(writer, objectType, current, draft, call),

    async replaceStage(objectType, current, draft, call) {
      const { label, displayOrder } = draft;
      const metadata = toChangedHubSpotMeta(current.meta, draft);
      const body = { label, displayOrder: displayOrder ?? current.displayOrder, metadata };
      await writeStage(writer, 'PUT', objectType, current, body, call);
      return nothingMoved;
    },

    async patchStage(objectType, current, patch, call) {
      await writeStage(writer, 'PATCH', objectType, current, toPatch(current, patch), call);
      return nothingMoved;
    },

    async reorderStages(objectType, current, stageIds, call) {
      await writer.order.put(objectType, current, stageIds, call);
      return nothingMoved;
    },

    async archiveStage(_objectType, current, options, call) {
      const request = { method: 'DELETE', path: paths.stage(current), query: toValidation(options) } as const;
      // It answers 204 for anything, even for a stage that it leaves alone: only a read back tells what happened.
      await upstream.write(request, toStageSubject(current), ignoreAnswer, call);
      return { moved: null, ...nothingMoved };
    },
  };
}

interface StageWriter extends HubSpotConnection {
  readonly order: ReturnType<typeof createStageOrder>;
}

async function createStage(
  { sourceName, upstream, paths, order }: StageWriter,
  objectType: ObjectType,
  current: Pipeline,
  draft: StageDraft,
  call: Call,
): Promise<Replaced & { readonly stageId: string }> {
  const placement = toPlacement(current, null, draft.displayOrder);
  const body = toNewStage({ ...draft, displayOrder: placement.displayOrder }, placement.displayOrder);
  const request = { method: 'POST', path: [...paths.pipeline(current), 'stages'], body } as const;
  const subject = toNewStageSubject(current, draft.stageId);
  const createdId = await upstream.write(request, subject, readCreatedId, call);
  const stageId = createdId ?? draft.stageId ?? newIdUnknown(sourceName);
  const stageIds = placement.order?.map((id) => id ?? stageId);
  if (stageIds !== undefined) await order.putAfterWrite(objectType, { before: current, stageId }, stageIds, call);
  return { stageId, ...nothingMoved };
}

/** Writes an existing stage unless that changes nothing, and proves that it stands where its number says. */
async function writeStage(
  { upstream, paths, order }: StageWriter,
  method: 'PUT' | 'PATCH',
  objectType: ObjectType,
  current: Stage,
  { displayOrder, ...fields }: StageBody,
  call: Call,
): Promise<void> {
  if (!isChange({ displayOrder, ...fields }, current)) return;
  const { stageId, pipeline: before } = current;
  const placement = displayOrder === undefined ? null : toPlacement(before, stageId, displayOrder);
  const body = placement === null ? fields : { ...fields, displayOrder: placement.displayOrder };
  const request = { method, path: paths.stage(current), body } as const;
  await upstream.write(request, toStageSubject(current), readEcho, call);
  const stageIds = placement?.order?.map((id) => id ?? stageId);
  if (stageIds !== undefined) await order.putAfterWrite(objectType, { before, stageId }, stageIds, call);
}

/** What is sent of an existing stage. HubSpot's OpenAPI file requires metadata, and an empty one changes nothing (observed). */
interface StageBody {
  readonly label?: string;
  readonly displayOrder?: number | undefined;
  readonly metadata: Readonly<Record<string, unknown>>;
}

function toPatch(current: Stage, { label, displayOrder, meta }: StagePatch): StageBody {
  return {
    ...(label === null || label === current.label ? {} : { label }),
    ...(displayOrder === null || displayOrder === current.displayOrder ? {} : { displayOrder }),
    metadata: toChangedHubSpotMeta(current.meta, { meta }),
  };
}

function isChange({ label, displayOrder, metadata }: StageBody, current: Stage): boolean {
  const isSame =
    (label ?? current.label) === current.label && (displayOrder ?? current.displayOrder) === current.displayOrder;
  return !isSame || Object.keys(metadata).length > 0;
}
