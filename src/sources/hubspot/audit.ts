import { z } from 'zod';
import type { AuditEntryFields } from '../../domain/audit.ts';
import type { PipelineKey, StageKey } from '../../domain/ids.ts';
import type { StageSnapshot } from '../../domain/snapshot.ts';
import { toStageMeta } from '../../domain/stage-meta-operations.ts';
import type { AuditEntryAction } from '../../generated/enums.ts';
import type { ObjectType } from '../source.ts';
import { parseExactJson } from '../upstream/exact-json.ts';
import { wireId, wireInstant, wireMeta, wireOrder, wireText } from '../wire.ts';
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

/** HubSpot's internal form of a stage, which its audit shows. */
const wireRawStage = z.object({ stageId: wireId, label: z.string(), displayOrder: wireOrder, metadata: wireMeta });

/** HubSpot's internal form of a pipeline. */
const wireRawPipeline = z.object({
  pipelineId: wireId,
  label: z.string(),
  displayOrder: wireOrder,
  stages: z.array(wireRawStage),
});

const knownActions: readonly AuditEntryAction[] = ['CREATE', 'UPDATE', 'DELETE'];

/** An audit answer as entries, in the order in which they came; throws where it is no list. */
export function readAuditEntries(
  body: unknown,
  key: PipelineKey | StageKey,
  objectType: ObjectType,
): readonly AuditEntryFields[] {
  return wireResults.parse(body).results.flatMap((item) => {
    const entry = wireEntry.safeParse(item);
    return entry.success ? [toEntry(entry.data, key, objectType)] : [];
  });
}

function toEntry(
  entry: z.infer<typeof wireEntry>,
  key: PipelineKey | StageKey,
  objectType: ObjectType,
): AuditEntryFields {
  const rawObject = parseWhereText(entry.rawObject) ?? null;
  return {
    ...entry,
    rawAction: entry.action,
    action: knownActions.find((known) => known === entry.action.toUpperCase()) ?? 'OTHER',
    message: entry.message ?? null,
    fromUserId: entry.fromUserId ?? null,
    rawObject,
    before: 'stageId' in key ? readStage(rawObject, objectType) : readPipeline(rawObject, key, objectType),
  };
}

/** The guides show `rawObject` as a JSON string, HubSpot's OpenAPI file as an object: both are taken. */
function parseWhereText(rawObject: unknown): unknown {
  if (typeof rawObject !== 'string') return rawObject;
  try {
    return parseExactJson(rawObject);
  } catch {
    return rawObject;
  }
}

function readPipeline(rawObject: unknown, key: PipelineKey, objectType: ObjectType): AuditEntryFields['before'] {
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
    stages: stages.map((stage) => toStageSnapshot(stage, objectType)).sort((a, b) => a.displayOrder - b.displayOrder),
  };
}

function readStage(rawObject: unknown, objectType: ObjectType): AuditEntryFields['before'] {
  const result = wireRawStage.safeParse(rawObject);
  return result.success ? toStageSnapshot(result.data, objectType) : null;
}

function toStageSnapshot({ metadata, ...fields }: z.infer<typeof wireRawStage>, objectType: ObjectType): StageSnapshot {
  return { __typename: 'StageSnapshot', ...fields, meta: toStageMeta(objectType.metaField, metadata) };
}
