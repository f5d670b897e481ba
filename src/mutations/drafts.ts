import type { Collection } from '../context/collections.ts';
import type { PipelineState, StageState } from '../domain/diff.ts';
import { toStageMeta, writeOver } from '../domain/stage-meta-operations.ts';
import type { StageMetaDraft, StageMetaGiven } from '../domain/stage-meta.ts';
import type { PipelineStageInput } from '../generated/schema.ts';
import type { InputRules } from '../sources/input-rules.ts';
import type { ObjectType, PipelineDraft, StageDraft } from '../sources/source.ts';

/** Checked input of a whole list of stages as drafts; `existing` are the stages that they are, null for new ones. */
export function toStageDrafts(
  stages: readonly PipelineStageInput[],
  existing: readonly (StageState | null)[],
  { source, objectType }: Collection,
): readonly StageDraft[] {
  const orders = toDisplayOrders(stages);
  return stages.map((stage, index) => {
    const match = existing[index] ?? null;
    const meta = toMetaDraft(stage.meta);
    return {
      stageId: match?.stageId ?? stage.stageId ?? null,
      label: toStoredLabel(stage.label, source.inputRules),
      displayOrder: orders[index] ?? index,
      meta: match === null ? { ...objectType.newStageMeta, ...meta } : meta,
      mergeStageIds: stage.mergeStageIds ?? undefined,
    };
  });
}

/** A label as the upstream is going to store it. */
export function toStoredLabel(label: string, { trimsLabels }: InputRules): string {
  return trimsLabels ? label.trim() : label;
}

/** Checked metadata without the fields that are null; null if none is left. */
export function toMetaDraft(meta: StageMetaGiven | null | undefined): StageMetaDraft | null {
  const given = Object.entries(meta ?? {}).filter(([, value]) => value !== null && value !== undefined);
  return given.length === 0 ? null : Object.fromEntries(given);
}

/** The state that a pipeline has once the draft is written; stages that get their id from the upstream have none yet. */
export function toPlannedState(current: PipelineState, draft: PipelineDraft, { metaField }: ObjectType): PipelineState {
  const existing = new Map(current.stages.map((stage) => [stage.stageId, stage]));
  const stages = draft.stages.map(({ stageId, label, displayOrder, meta, rawMeta }, index) => ({
    stageId: stageId ?? '',
    label,
    displayOrder: displayOrder ?? index,
    meta: writeOver(
      rawMeta === undefined ? (existing.get(stageId ?? '')?.meta ?? null) : toStageMeta(metaField, rawMeta),
      meta,
      metaField,
    ),
  }));
  return {
    label: draft.label,
    displayOrder: draft.displayOrder ?? current.displayOrder,
    description: draft.description ?? current.description,
    isDefault: current.isDefault,
    stages: stages.toSorted((a, b) => a.displayOrder - b.displayOrder),
  };
}

/**
 * The displayOrder of each stage of a list: what it asks for, else its position. Upstreams differ in what they make of a number
 * that is taken twice, so none is ever sent. Then the stages are numbered anew, in the order asked for and then the list's.
 */
export function toDisplayOrders(stages: readonly Pick<PipelineStageInput, 'displayOrder'>[]): readonly number[] {
  const asked = stages.map((stage, index) => stage.displayOrder ?? index);
  if (new Set(asked).size === asked.length) return asked;
  const ranked = asked.map((order, index) => ({ order, index })).sort((a, b) => a.order - b.order || a.index - b.index);
  const orders = new Map(ranked.map(({ index }, rank) => [index, rank]));
  return asked.map((_, index) => orders.get(index) ?? index);
}
