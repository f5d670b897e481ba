import { z } from 'zod';
import { toPipeline } from '../../domain/pipeline.ts';
import type { Pipeline, StageFields } from '../../domain/pipeline.ts';
import { toStageMeta } from '../../domain/stage-meta-operations.ts';
import { stageMetaKinds } from '../../domain/stage-meta.ts';
import type { NextStage } from '../whole-pipeline.ts';
import { readStages, toBoundedList, wireId, wireInstant, wireLabel, wireRecord } from '../wire.ts';
import type { Rename } from './migrations.ts';

const wireText = z.string().nullish().catch(null);

const wireKnown = z.object({
  _id: wireId,
  name: wireLabel,
  position: z.int32().nullish().catch(null),
  isActive: z.boolean().nullish().catch(null),
});
/** What is known of a stage, beside all of it as it came. */
const wireStage = z.preprocess((item) => ({ known: item, item }), z.object({ known: wireKnown, item: wireRecord }));
type WireStage = z.infer<typeof wireStage>;

/** Every field but the id and the name may be missing: the vendor's own sample leaves most out. */
const wirePipeline = z.object({
  _id: wireId,
  name: wireLabel,
  type: wireText,
  description: wireText,
  organizationId: wireText,
  isDefault: z.boolean().nullish().catch(null),
  isActive: z.boolean().catch(true),
  createdBy: wireText,
  updatedBy: wireText,
  // Not documented; MongoDB's libraries add them.
  createdAt: wireInstant,
  updatedAt: wireInstant,
  pipelineStages: z.unknown().optional(),
  stages: toBoundedList(wireRecord).catch([]),
  pipelineStageIds: toBoundedList(wireId).catch([]),
});
type WirePipeline = z.infer<typeof wirePipeline>;

/** The reference does not say whether the object comes bare or wrapped. */
function unwrap(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('pipeline' in body)) return body;
  const { pipeline } = body;
  return typeof pipeline === 'object' && pipeline !== null && !Array.isArray(pipeline) ? pipeline : body;
}

const wireAnswer = z.preprocess(unwrap, wirePipeline);

/** The answer to a create, of which only the id is taken. */
export const wireCreated = z.preprocess(unwrap, z.object({ _id: wireId }));

const maxMigrations = 1_000;
const maxMigrationLength = 1_000;

/** The answer to an edit: how many records each rename moved, by "Old -> New"; no more than a pipeline can have. */
export const wireEdited = z
  .object({ contactsMigrated: z.preprocess(cutMigrations, z.record(z.string(), z.int().catch(0))) })
  .transform(({ contactsMigrated }) => contactsMigrated);

function cutMigrations(counts: unknown): unknown {
  if (typeof counts !== 'object' || counts === null || Array.isArray(counts)) return counts;
  const entries = Object.entries(counts).slice(0, maxMigrations);
  return Object.fromEntries(entries.filter(([text]) => text.length <= maxMigrationLength));
}

/** The answer to a deletion with a target, or to a reassignment. */
export const wireDeleted = z.object({ recordsTransferred: z.int(), movedToStage: z.object({ id: wireId }) });
/** The answer to `stages/reassign`. */
export const wireReassigned = z.object({ recordsTransferred: z.int() });

/** A pipeline answer; null where it is of another type than asked for, which the API does not check. Throws where it is none. */
export function readPipeline(body: unknown, sourceName: string, objectType: string): Pipeline | null {
  const pipeline = wireAnswer.parse(body);
  const { _id: pipelineId, name: label, description, isDefault, isActive, createdBy, updatedBy } = pipeline;
  if ((pipeline.type ?? objectType) !== objectType) return null;
  const stages = readStages(toStageItems(pipeline), wireStage, '_id');
  return toPipeline({
    sourceName,
    objectType,
    organizationId: pipeline.organizationId ?? null,
    pipelineId,
    label,
    description: description ?? null,
    // The API has no order of pipelines.
    displayOrder: 0,
    isDefault: isDefault ?? null,
    archived: !isActive,
    createdAt: pipeline.createdAt,
    updatedAt: pipeline.updatedAt,
    archivedAt: null,
    createdBy: createdBy ?? null,
    updatedBy: updatedBy ?? null,
    stages: stages.read.map(toStageFields),
    unreadStages: stages.unread,
  });
}

/** A stage as the API takes it: its `_id` is what makes it an update, so a new one has none. What else it has is kept. */
export function toWireStage({ current, meta, rawMeta, label, displayOrder }: NextStage) {
  // Null is how the API says none, and nothing says that it takes it.
  const kept = Object.entries(rawMeta ?? current?.meta.raw ?? {}).filter(([, value]) => value !== null);
  return {
    ...Object.fromEntries(kept),
    ...(current === null ? {} : { _id: current.stageId }),
    name: label.trim(),
    ...(meta?.color === undefined ? {} : { color: meta.color }),
    position: displayOrder,
  };
}

/** The renames and merges among the stages, in the legacy form, which is what makes the API move records along. */
export function toRenames(stages: readonly NextStage[], before: Pipeline): readonly (Rename & { color?: string })[] {
  const labels = new Map(before.stages.map((stage) => [stage.stageId, stage.label]));
  return stages.flatMap(({ current, meta, label, mergeStageIds = [] }) => {
    const newStage = label.trim();
    const color = toColor({ current, meta });
    const own = current === null || current.label === newStage ? [] : [current.label];
    // A merged stage's label may be the very one that this stage takes over: its records are to move all the same.
    return [...own, ...mergeStageIds.flatMap((stageId) => labels.get(stageId) ?? [])].map((oldStage) => ({
      oldStage,
      newStage,
      ...(color === null ? {} : { color }),
    }));
  });
}

/**
 * The stages as they came. The legacy lists say the same as the new one if both are as long. A pipeline always has a stage,
 * so an answer without any did not show them: then null.
 */
function toStageItems({ pipelineStages, stages, pipelineStageIds }: WirePipeline): unknown {
  const isShown = pipelineStages !== null && pipelineStages !== undefined && !isEmptyList(pipelineStages);
  if (isShown) return pipelineStages;
  if (isEmptyList(stages) || stages.length !== pipelineStageIds.length) return null;
  return stages.map((stage, position) => ({ ...stage, _id: pipelineStageIds[position], position }));
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function toStageFields({ known, item }: WireStage, index: number): StageFields {
  const { _id: stageId, name: label, position, isActive } = known;
  const { _id, name: _name, position: _position, isActive: _isActive, ...raw } = item;
  return {
    stageId,
    label,
    displayOrder: position ?? index,
    archived: isActive === false,
    createdAt: null,
    updatedAt: null,
    archivedAt: null,
    meta: toStageMeta('color', raw),
    writePermissions: null,
  };
}

function toColor({ current, meta }: Pick<NextStage, 'current' | 'meta'>): string | null {
  return meta?.color ?? (current === null ? null : stageMetaKinds.color.toValue(current.meta));
}
