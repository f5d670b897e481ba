import { z } from 'zod';
import type { PipelineList } from '../../domain/pipeline-list.ts';
import { byPipelineOrder, toPipeline } from '../../domain/pipeline.ts';
import type { Pipeline, StageFields } from '../../domain/pipeline.ts';
import { toStageMeta } from '../../domain/stage-meta-operations.ts';
import { stageMetaKinds } from '../../domain/stage-meta.ts';
import type { MetaField } from '../../domain/stage-meta.ts';
import { toHubSpotMeta } from '../hubspot-api/stage-meta.ts';
import type { ObjectType } from '../source.ts';
import type { NextStage } from '../whole-pipeline.ts';
import { readPipelines, readStages, wireId, wireInstant, wireLabel, wireMeta, wireOrder } from '../wire.ts';

const common = {
  label: wireLabel,
  displayOrder: wireOrder,
  active: z.boolean().catch(true),
  createdAt: wireInstant,
  updatedAt: wireInstant,
};

const wireStage = z.looseObject({ ...common, stageId: wireId, metadata: wireMeta });

const wirePipeline = z.object({
  ...common,
  pipelineId: wireId,
  default: z.boolean().nullish().catch(null),
  stages: z.unknown().optional(),
});

const idFields = { pipelineId: 'pipelineId', stageId: 'stageId' } as const;

const wireCreated = z.object({ pipelineId: wireId });

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

/**
 * A stage as v1 takes it, with the fields that nobody here knows as they were, as a PUT replaces the whole. Documented:
 * `active` is to be sent as true, and a probability is a number.
 */
export function toWireStage(stage: NextStage & { readonly stageId: string }) {
  const { current, stageId, label, displayOrder } = stage;
  const metadata = toHubSpotMeta(current?.meta ?? null, stage);
  const probability = stageMetaKinds.probability.read(metadata);
  return {
    ...current?.rest,
    stageId,
    label,
    displayOrder,
    active: !(stage.archived ?? current?.archived ?? false),
    metadata: probability === null ? metadata : { ...metadata, probability },
  };
}

/** The id in the answer to a create, of which nothing else is believed. Throws where there is none. */
export function readCreatedId(body: unknown): string {
  return wireCreated.parse(body).pipelineId;
}

function toDomain(
  { default: isDefault, active, stages, ...fields }: z.infer<typeof wirePipeline>,
  sourceName: string,
  { name: objectType, metaField }: ObjectType,
): Pipeline {
  const { read, unread } = readStages(stages, wireStage, idFields.stageId);
  return toPipeline({
    ...fields,
    sourceName,
    objectType,
    isDefault: isDefault ?? null,
    archived: !active,
    // v1 says none of these in any answer.
    description: null,
    archivedAt: null,
    createdBy: null,
    updatedBy: null,
    unreadStages: unread,
    stages: read.map((stage) => toStageFields(stage, metaField)),
  });
}

function toStageFields(stage: z.infer<typeof wireStage>, metaField: MetaField): StageFields {
  const { stageId, label, displayOrder, active, createdAt, updatedAt, metadata, ...rest } = stage;
  return {
    stageId,
    label,
    displayOrder,
    archived: !active,
    createdAt,
    updatedAt,
    archivedAt: null,
    meta: toStageMeta(metaField, metadata),
    writePermissions: null,
    ...(Object.keys(rest).length === 0 ? {} : { rest }),
  };
}
