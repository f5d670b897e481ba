import { z } from 'zod';
import type { AuditEntryFields } from '../../domain/audit.ts';
import type { PipelineKey, StageKey } from '../../domain/ids.ts';
import { byStageOrder } from '../../domain/pipeline.ts';
import type { StageSnapshot } from '../../domain/snapshot.ts';
import { toOutcome, toStageMeta } from '../../domain/stage-meta-operations.ts';
import type { StageMeta } from '../../domain/stage-meta.ts';
import type { AuditEntryAction } from '../../generated/enums.ts';
import type { ObjectType } from '../source.ts';
import { parseExactJson } from '../../domain/exact-json.ts';
import { wireId, wireInstant, wireRecord, wireText } from '../wire.ts';
import { wireResults } from './wire.ts';

const wireEntry = z.object({
  portalId: wireText.catch(''),
  identifier: wireText.catch(''),
  action: wireText.catch(''),
  timestamp: wireInstant,
  message: z.string().nullish().catch(null),
  fromUserId: wireText.nullish().catch(null),
  rawObject: z.unknown().optional(),
});

const wireRawMeta = wireRecord.nullish();

/** HubSpot's internal form of a stage, which its audit shows. No part has a default: a guess could be restored. */
const wireRawStage = z.object({ stageId: wireId, label: z.string(), displayOrder: z.int32(), metadata: wireRawMeta });

/** HubSpot's internal form of a pipeline. */
const wireRawPipeline = z.object({
  pipelineId: wireId,
  label: z.string(),
  displayOrder: z.int32(),
  stages: z.array(wireRawStage),
});

const knownActions: readonly AuditEntryAction[] = ['CREATE', 'UPDATE', 'DELETE'];

/**
 * An audit answer as entries, in the order in which they came; throws if it is no list. What is no entry is one of which
 * nothing is known, so that its neighbours are not taken for each other's.
 */
export function readAuditEntries(
  body: unknown,
  key: PipelineKey | StageKey,
  objectType: ObjectType,
): readonly AuditEntryFields[] {
  return wireResults
    .parse(body)
    .results.map((item) => toEntry(wireEntry.safeParse(item).data ?? wireEntry.parse({}), key, objectType));
}

function toEntry(
  entry: z.infer<typeof wireEntry>,
  key: PipelineKey | StageKey,
  objectType: ObjectType,
): AuditEntryFields {
  const rawObject = parseIfText(entry.rawObject) ?? null;
  const action = knownActions.find((known) => known === entry.action.toUpperCase()) ?? 'OTHER';
  return {
    ...entry,
    rawAction: entry.action,
    action,
    message: entry.message ?? null,
    fromUserId: entry.fromUserId ?? null,
    rawObject,
    // Whatever a deletion shows, it leaves no object.
    object: action === 'DELETE' ? null : readObject(rawObject, key, objectType),
  };
}

/** The guides show `rawObject` as a JSON string, HubSpot's OpenAPI file as an object: both are taken. */
function parseIfText(rawObject: unknown): unknown {
  if (typeof rawObject !== 'string') return rawObject;
  try {
    return parseExactJson(rawObject);
  } catch {
    return rawObject;
  }
}

function readObject(
  rawObject: unknown,
  key: PipelineKey | StageKey,
  objectType: ObjectType,
): AuditEntryFields['object'] {
  return 'stageId' in key ? readStage(rawObject, objectType) : readPipeline(rawObject, key, objectType);
}

function readPipeline(rawObject: unknown, key: PipelineKey, objectType: ObjectType): AuditEntryFields['object'] {
  const result = wireRawPipeline.safeParse(rawObject);
  if (!result.success) return null;
  const { stages, ...fields } = result.data;
  return {
    __typename: 'PipelineSnapshot',
    ...fields,
    sourceName: key.sourceName,
    objectType: objectType.name,
    description: null,
    isDefault: null,
    stages: stages.map((stage) => toStageSnapshot(stage, objectType)).sort(byStageOrder),
  };
}

function readStage(rawObject: unknown, objectType: ObjectType): AuditEntryFields['object'] {
  const result = wireRawStage.safeParse(rawObject);
  return result.success ? toStageSnapshot(result.data, objectType) : null;
}

function toStageSnapshot({ metadata, ...fields }: z.infer<typeof wireRawStage>, objectType: ObjectType): StageSnapshot {
  const meta = toStageMeta(objectType.metaField, metadata ?? {});
  return { __typename: 'StageSnapshot', ...fields, meta: withIsClosed(meta) };
}

/** In HubSpot's own example `isClosed` can still be that of the state before, so it follows the outcome instead. */
function withIsClosed(meta: StageMeta): StageMeta {
  if (!('isClosed' in meta)) return meta;
  return { ...meta, isClosed: ['WON', 'LOST', 'CLOSED'].includes(toOutcome(meta)) };
}
