import { z } from 'zod';
import type { PipelineList } from '../../domain/pipeline-list.ts';
import { byPipelineOrder, toPipeline } from '../../domain/pipeline.ts';
import type { Pipeline, StageFields } from '../../domain/pipeline.ts';
import { toStageMeta } from '../../domain/stage-meta-operations.ts';
import type { StageMeta } from '../../domain/stage-meta.ts';
import type { StageWritePermissions } from '../../generated/enums.ts';
import { toHubSpotMeta } from '../hubspot-api/stage-meta.ts';
import type { ObjectType, StageDraft } from '../source.ts';
import { readPipelines, readStages, wireId, wireInstant, wireLabel, wireMeta, wireOrder } from '../wire.ts';

const wireStage = z.object({
  id: wireId,
  label: wireLabel,
  displayOrder: wireOrder,
  archived: z.boolean().catch(false),
  createdAt: wireInstant,
  updatedAt: wireInstant,
  archivedAt: wireInstant,
  metadata: wireMeta,
  writePermissions: z.string().nullish().catch(null),
});

const wireEcho = wireStage.pick({ id: true, label: true });

const wirePipeline = wireStage
  .omit({ metadata: true, writePermissions: true })
  .extend({ stages: z.unknown().optional() });

const idFields = { pipelineId: 'id', stageId: 'id' } as const;

const wireCreated = z.object({ id: wireId });

/** A list answer as pipelines in order; rejects where it is no list. */
export async function readPipelineList(
  body: unknown,
  sourceName: string,
  objectType: ObjectType,
): Promise<PipelineList> {
  const read = (item: unknown): Pipeline | null => {
    const { data } = wirePipeline.safeParse(item);
    return data === undefined ? null : toDomain(data, sourceName, objectType);
  };
  const { pipelines, unread } = await readPipelines(body, read, idFields);
  return { pipelines: pipelines.sort(byPipelineOrder), unread };
}

/** A pipeline answer; throws where it is none. */
export function readPipeline(body: unknown, sourceName: string, objectType: ObjectType): Pipeline {
  return toDomain(wirePipeline.parse(body), sourceName, objectType);
}

/** The id in the answer to a create, of which nothing else is believed: write answers echo the request. Throws where there is none. */
export function readCreatedId(body: unknown): string {
  return wireCreated.parse(body).id;
}

/**
 * A stage as HubSpot takes it in a create or a list. A draft without a displayOrder gets `fallbackOrder`; one of an existing
 * stage is written over that one's metadata, `current`.
 */
export function toNewStage(draft: StageDraft, fallbackOrder: number, current: StageMeta | null = null) {
  const { stageId, label, displayOrder } = draft;
  return {
    ...(stageId === null ? {} : { stageId }),
    label,
    displayOrder: displayOrder ?? fallbackOrder,
    metadata: toHubSpotMeta(current, draft),
  };
}

/** Makes sure that the answer to the change of a pipeline or a stage is one; throws if not. Nothing in it is believed. */
export function readEcho(body: unknown): void {
  wireEcho.parse(body);
}

function toDomain(
  { id: pipelineId, stages, ...fields }: z.infer<typeof wirePipeline>,
  sourceName: string,
  objectType: ObjectType,
): Pipeline {
  const { read, unread } = readStages(stages, wireStage, idFields.stageId);
  return toPipeline({
    ...fields,
    sourceName,
    objectType: objectType.name,
    pipelineId,
    // HubSpot says neither in any answer.
    description: null,
    isDefault: null,
    createdBy: null,
    updatedBy: null,
    stages: read.map((stage) => toStageFields(stage, objectType)),
    unreadStages: unread,
  });
}

function toStageFields(
  { id: stageId, metadata, writePermissions, ...fields }: z.infer<typeof wireStage>,
  objectType: ObjectType,
): StageFields {
  return {
    ...fields,
    stageId,
    meta: toStageMeta(objectType.metaField, metadata),
    writePermissions: toWritePermissions(writePermissions),
  };
}

const knownWritePermissions: readonly StageWritePermissions[] = [
  'CRM_PERMISSIONS_ENFORCEMENT',
  'READ_ONLY',
  'INTERNAL_ONLY',
];

function toWritePermissions(value: string | null | undefined): StageWritePermissions | null {
  if (value === null || value === undefined) return null;
  return knownWritePermissions.find((known) => known === value) ?? 'OTHER';
}
