import type { Collection } from '../context/collections.ts';
import { toComparableLabel } from '../domain/pipeline.ts';
import type { Pipeline, Stage } from '../domain/pipeline.ts';
import type { Problem } from '../domain/problems.ts';
import { toOutcome } from '../domain/stage-meta-operations.ts';
import { stageMetaKinds } from '../domain/stage-meta.ts';
import type { PipelineWarning } from '../domain/warnings.ts';
import type { PipelineDraft, StageDraft } from '../sources/source.ts';
import { checkRequiredOutcome, checkStageCount } from './check-input.ts';
import { toPlannedState } from './drafts.ts';

/** In which order a pipeline gets the stages that it lacks and loses those that it is not to have. */
export interface RestoreOrder {
  /**
   * `at once` is one replace. `add first` adds what is missing, then removes by one replace. `remove first` makes room
   * before, because the object type takes no more stages.
   */
  readonly kind: 'at once' | 'add first' | 'remove first';
  /** The stages of the draft that the pipeline lacks. */
  readonly missing: readonly StageDraft[];
  /** Those that it has. */
  readonly surviving: readonly StageDraft[];
  /** Stages that are to go, but stay until the missing ones are there; only if something must be removed first. */
  readonly bridge: readonly Stage[];
}

/** The safest order in which a pipeline can be made what a draft says. What is removed comes last, unless there is no room. */
export function toRestoreOrder(current: Pipeline, draft: PipelineDraft, collection: Collection): RestoreOrder {
  const { source, objectType } = collection;
  const existing = new Set(current.stages.map(({ stageId }) => stageId));
  const isThere = ({ stageId }: StageDraft): boolean => stageId !== null && existing.has(stageId);
  const missing = draft.stages.filter((stage) => !isThere(stage));
  const surviving = draft.stages.filter(isThere);
  const order = { missing, surviving, bridge: [] };
  if (missing.length === 0 || source.traits.replaceAddsStages) return { ...order, kind: 'at once' };
  const room = (objectType.maxStages ?? Number.POSITIVE_INFINITY) - missing.length;
  if (current.stages.length <= room) return { ...order, kind: 'add first' };
  const bridge = toBridge(current, draft, collection).slice(0, Math.max(0, room - surviving.length));
  return { ...order, bridge, kind: 'remove first' };
}

/** Stages that are to go, first those that the object type requires one of. */
function toBridge({ stages }: Pipeline, draft: PipelineDraft, { objectType }: Collection): readonly Stage[] {
  const wanted = new Set(draft.stages.map(({ stageId }) => stageId));
  const required = stageMetaKinds[objectType.metaField].required?.outcome;
  const toRank = ({ outcome }: Stage): number => (outcome === required ? 0 : 1);
  return stages.filter(({ stageId }) => !wanted.has(stageId)).sort((a, b) => toRank(a) - toRank(b));
}

/** The problem of a draft that the stage limit leaves no way to, because what would stay meanwhile cannot stand alone. */
export function checkRestoreOrder(
  current: Pipeline,
  draft: PipelineDraft,
  { kind, surviving, bridge }: RestoreOrder,
  { objectType }: Collection,
): readonly Problem[] {
  if (kind !== 'remove first') return [];
  const ids = new Set(surviving.map(({ stageId }) => stageId));
  const { stages } = toPlannedState(current, draft, objectType);
  const outcomes = [
    ...stages.filter(({ stageId }) => ids.has(stageId)).map(({ meta }) => toOutcome(meta)),
    ...bridge.map(({ outcome }) => outcome),
  ];
  if (outcomes.length > 0 && checkRequiredOutcome(outcomes, objectType, []).length === 0) return [];
  const { maxStages } = objectType;
  return maxStages === null ? [] : checkStageCount(maxStages + 1, objectType, []);
}

/** The warning that stages are removed before the old ones are back. */
export function warnOfOrder({ kind, missing }: RestoreOrder, { objectType }: Collection): readonly PipelineWarning[] {
  if (kind !== 'remove first') return [];
  const message = `${objectType.name} takes ${objectType.maxStages} stages, so newer ones are removed before ${missing.length} missing ones are added. If that fails half way, do it again.`;
  return [{ code: 'REMOVES_BEFORE_ADDING', message, path: null }];
}

/** A label for a stage until the final one is free: its own, if no stage has that. */
export function toFreeLabel(
  label: string,
  stageId: string | null,
  taken: ReadonlySet<string>,
  maxLength: number,
): string {
  if (!taken.has(toComparableLabel(label))) return label;
  const suffix = ` (${stageId ?? 'new'})`;
  const shortened = `${label.slice(0, Math.max(0, maxLength - suffix.length)).toWellFormed()}${suffix}`.trim();
  return taken.has(toComparableLabel(shortened)) ? toFreeLabel(shortened, 'again', taken, maxLength) : shortened;
}
