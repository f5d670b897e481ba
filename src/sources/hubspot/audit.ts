import { z } from 'zod';
import type { AuditEntryFields } from '../../domain/audit.ts';
import { parseExactJson } from '../../domain/exact-json.ts';
import type { PipelineKey, StageKey } from '../../domain/ids.ts';
import { byStageOrder } from '../../domain/pipeline.ts';
import type { StageSnapshot } from '../../domain/snapshot.ts';
import { toOutcome, toStageMeta } from '../../domain/stage-meta-operations.ts';
import type { StageMeta } from '../../domain/stage-meta.ts';
import type { AuditEntryAction } from '../../generated/enums.ts';
import { once } from '../once.ts';
import type { ObjectType } from '../source.ts';
import {
  forEachResult,
  givenUp,
  toBoundedList,
  wireId,
  wireInstant,
  wireLabel,
  wireRecord,
  wireText,
} from '../wire.ts';

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
const wireRawStage = z.object({ stageId: wireId, label: wireLabel, displayOrder: z.int32(), metadata: wireRawMeta });

/** HubSpot's internal form of a pipeline. */
const wireRawPipeline = z.object({
  pipelineId: wireId,
  label: wireLabel,
  displayOrder: z.int32(),
  stages: toBoundedList(wireRawStage),
});

const knownActions: readonly AuditEntryAction[] = ['CREATE', 'UPDATE', 'DELETE'];

/** Far more changes than an upstream keeps of one object. */
const maxEntries = 200_000;

/**
 * An audit answer as entries, in the order in which they came; rejects if it is no list. What is no entry is one of which
 * nothing is known, so that its neighbours are not taken for each other's. Lets others have their turn.
 */
export async function readAuditEntries(
  body: unknown,
  key: PipelineKey | StageKey,
  objectType: ObjectType,
): Promise<readonly AuditEntryFields[]> {
  const entries: AuditEntryFields[] = [];
  await forEachResult(body, (item) => {
    entries.push(toEntry(wireEntry.safeParse(item).data ?? wireEntry.parse({}), key, objectType));
    if (entries.length > maxEntries) throw givenUp(`The history has more than ${maxEntries} entries.`);
  });
  return entries;
}

/** What an entry holds of its object is read when it is asked for, and once: a page shows a few of very many. */
function toEntry(
  { rawObject: sent, ...entry }: z.infer<typeof wireEntry>,
  key: PipelineKey | StageKey,
  objectType: ObjectType,
): AuditEntryFields {
  const action = knownActions.find((known) => known === entry.action.toUpperCase()) ?? 'OTHER';
  const rawObject = once(() => parseIfText(sent) ?? null);
  // Whatever a deletion shows, it leaves no object.
  const object = once(() => (action === 'DELETE' ? null : readObject(rawObject(), key, objectType)));
  return {
    ...entry,
    rawAction: entry.action,
    action,
    message: entry.message ?? null,
    fromUserId: entry.fromUserId ?? null,
    get rawObject() {
      return rawObject();
    },
    get object() {
      return object();
    },
  };
}

/** Longer than what any object looks like; it stays text. */
const maxObjectLength = 256 * 1024;

/** The guides show `rawObject` as a JSON string, HubSpot's OpenAPI file as an object: both are taken. */
function parseIfText(rawObject: unknown): unknown {
  if (typeof rawObject !== 'string' || rawObject.length > maxObjectLength) return rawObject;
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
