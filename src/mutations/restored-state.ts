import type { Collection } from '../context/collections.ts';
import type { PipelineState } from '../domain/diff.ts';
import type { Pipeline, Stage } from '../domain/pipeline.ts';
import type { DocumentedPipeline } from '../domain/snapshot-document.ts';
import type { PipelineSnapshot } from '../domain/snapshot.ts';
import { toStageMeta, toStageMetaDraft, withoutComputed, writeOver } from '../domain/stage-meta-operations.ts';
import type { NewPipeline, ObjectType } from '../sources/source.ts';
import { toDisplayOrders } from './drafts.ts';

/** A state that a pipeline was in, and is to be in again. */
export type RestoredState = Omit<DocumentedPipeline, 'sourceName' | 'objectType'>;

/** The state that an entry of a history tells. */
export function toRestoredState(snapshot: PipelineSnapshot): RestoredState {
  const { pipelineId, label, displayOrder, description, isDefault } = snapshot;
  const stages = snapshot.stages.map((stage) => ({
    stageId: stage.stageId,
    label: stage.label,
    displayOrder: stage.displayOrder,
    archived: stage.archived === true,
    meta: toStageMetaDraft(stage.meta),
    rawMeta: withoutComputed(stage.meta.raw),
  }));
  return { pipelineId, label, displayOrder, description, isDefault, stages };
}

/** The same state as it is compared with others. */
export function toComparedState(state: RestoredState, { metaField }: ObjectType): PipelineState {
  const stages = state.stages.map(({ stageId, label, displayOrder, meta, rawMeta }) => {
    const raw = rawMeta === undefined ? null : toStageMeta(metaField, rawMeta);
    return { stageId, label, displayOrder, meta: writeOver(raw, meta, metaField) };
  });
  return { ...state, stages };
}

/**
 * The draft that brings a state back, given the pipeline as it is, or null if it is gone. It lacks what the source does not
 * take. Archived stages are left out if a write would make them active.
 */
export function toRestoringDraft(state: RestoredState, current: Pipeline | null, { source }: Collection): NewPipeline {
  const { newIds, pipelineFields, writesArchivedStages } = source.inputRules;
  const stages = state.stages.filter(({ archived }) => writesArchivedStages || !archived);
  const orders = toDisplayOrders(stages);
  const ids = newIds === null ? findIds(stages, current?.stages ?? []) : stages.map(({ stageId }) => stageId);
  // Null would leave the description that there is.
  const description = state.description ?? (current === null || current.description === null ? null : '');
  return {
    label: state.label,
    comesBack: true,
    pipelineId: newIds === null ? null : state.pipelineId,
    displayOrder: pipelineFields.displayOrder ? state.displayOrder : null,
    description: pipelineFields.description ? description : null,
    isDefault: pipelineFields.isDefault ? state.isDefault : null,
    stages: stages.map((stage, index) => ({
      ...stage,
      stageId: ids[index] ?? null,
      displayOrder: orders[index] ?? index,
    })),
  };
}

/** The existing stage that each one is whose upstream gives ids itself: by its id, else by its label; null for none. */
function findIds(stages: RestoredState['stages'], existing: readonly Stage[]): readonly (string | null)[] {
  const ids = new Set(existing.map(({ stageId }) => stageId));
  const claimed = new Set(stages.map(({ stageId }) => stageId).filter((stageId) => ids.has(stageId)));
  return stages.map(({ stageId, label }) => {
    if (ids.has(stageId)) return stageId;
    const alike = existing.find((stage) => !stage.archived && stage.label === label && !claimed.has(stage.stageId));
    if (alike === undefined) return null;
    claimed.add(alike.stageId);
    return alike.stageId;
  });
}
