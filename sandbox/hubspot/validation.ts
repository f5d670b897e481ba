import { refuse } from './api-error.ts';
import { assumptions } from './assumptions.ts';
import type { WriteContext } from './call.ts';
import type { StoredPipeline, StoredStage } from './model.ts';
import { findObjectType } from './object-types.ts';
import type { ObjectType } from './object-types.ts';
import { isClosed } from './stage-metadata.ts';

const longestPipelineId = 36;
const longestStageId = 100;

/** Labels alike but for case and outer spaces are the same label (HubSpot, observed 2026-10). */
export function isSameLabel(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}

/** Refuses a new label that is blank or over the limit; one that stays as it is may be either. */
export function checkLabel({ labelLimit }: WriteContext, label: string, current?: string): void {
  if (label === current) return;
  if (label.trim() === '') refuse(400, { message: assumptions.emptyLabelMessage });
  if (labelLimit === 0 || label.length <= labelLimit) return;
  refuse(400, { message: `Label must be at most ${labelLimit} characters` });
}

/** Refuses a negative order, for pipelines and stages alike (HubSpot, observed 2026-10). */
export function checkOrder(displayOrder: number): void {
  if (displayOrder < 0) refuse(400, { message: 'Pipeline display order cannot be negative', category: null });
}

/** Refuses over-long ids with the 500 that HubSpot gives, observed 2026-10. */
export function checkIdLengths(pipelineId: string | undefined, stageIds: readonly (string | undefined)[]): void {
  const isTooLong = (pipelineId ?? '').length > longestPipelineId;
  if (!isTooLong && !stageIds.some((id) => (id ?? '').length > longestStageId)) return;
  refuse(500, { message: assumptions.internalErrorMessage, category: null });
}

/** Refuses a label that another active pipeline of the object type has, whatever its case (HubSpot, observed 2026-10). */
export function checkPipelineLabel({ store, collection }: WriteContext, label: string, ownId?: string): void {
  const others = store.pipelines.list(collection).filter((other) => other.active && other.id !== ownId);
  if (!others.some((other) => isSameLabel(other.label, label))) return;
  refuse(400, { message: `An active pipeline with label ${label} already exists.` });
}

/** Refuses a chosen pipeline id that the object type has already, or that the other of deals and tickets has. */
export function checkPipelineId({ store, collection, type }: WriteContext, id: string | undefined): void {
  if (id === undefined) return;
  if (store.pipelines.find(collection, id) !== undefined) {
    refuse(400, { message: `There's another pipeline in this portal with pipelineId (${id}).` });
  }
  const other = typeWithSharedIds(type);
  if (other === undefined) return;
  const { account } = collection;
  const holder = store.pipelines.find({ account, typeId: other.typeId }, id);
  if (holder !== undefined) refuseTakenStageIds(holder.stages.map(() => store.nextId(account)));
}

// Observed 2026-10: pipeline ids are unique across deals and tickets together.
function typeWithSharedIds(type: ObjectType): ObjectType | undefined {
  if (type.name === 'deals') return findObjectType('tickets');
  return type.name === 'tickets' ? findObjectType('deals') : undefined;
}

/** Refuses, inside a pipeline create or replace, stage ids that other pipelines of the object type have. */
export function checkStageIds(
  { store, collection }: WriteContext,
  ids: readonly (string | undefined)[],
  ownId?: string,
): void {
  const chosen = ids.filter((id) => id !== undefined);
  if (new Set(chosen).size < chosen.length) refuse(400, { message: assumptions.duplicateStageIdMessage });
  const others = store.pipelines.list(collection).filter((pipeline) => pipeline.id !== ownId);
  const taken = new Set(others.flatMap((pipeline) => pipeline.stages.map((stage) => stage.id)));
  const clashes = chosen.filter((id) => taken.has(id));
  if (clashes.length > 0) refuseTakenStageIds(clashes);
}

// The answer is the same, misleadingly, if it is a pipeline id that is taken: then it lists stages that exist nowhere
// (HubSpot, observed 2026-10).
function refuseTakenStageIds(ids: readonly string[]): never {
  const list = `[${ids.join(', ')}]`;
  refuse(409, {
    message: `There's another pipeline in this portal with one of the same stages: ${list}`,
    category: 'OBJECT_ALREADY_EXISTS',
    subCategory: 'PipelineError.STAGE_ID_EXISTS_IN_ANOTHER_PIPELINE',
    context: { stageIds: [list] },
  });
}

/** Refuses a set of stages that no pipeline may have: none, too many, or, for tickets, none that is closed. */
export function checkStages({ type }: WriteContext, pipelineId: string, stages: readonly StoredStage[]): void {
  if (stages.length === 0) refuse(400, { message: 'Pipeline must have at least one stage', category: null });
  if (stages.length > type.stageLimit) {
    refuse(400, { message: `${assumptions.stageLimitMessage}: ${stages.length} > ${type.stageLimit}` });
  }
  if (type.metadataKey !== 'ticketState' || stages.some((stage) => isClosed(stage.metadata))) return;
  refuse(400, {
    message: `${type.internalName} pipeline: ${pipelineId} must have at least one closed stage`,
    subCategory: 'PipelineError.MISSING_CLOSED_STAGE',
  });
}

/** Refuses one more pipeline if the account has its share; the default one does not count (HubSpot, observed 2026-10). */
export function checkPipelineLimit({ store, collection, type }: WriteContext): void {
  const counts = (pipeline: StoredPipeline): boolean => pipeline.active && pipeline.id !== type.defaultPipelineId;
  if (store.pipelines.list(collection).filter(counts).length >= type.pipelineLimit) {
    refuse(400, assumptions.pipelineLimit);
  }
}

/** Refuses `archived` in a PATCH, which is documented as a 400 in any call but one that restores. */
export function checkArchived(archived: unknown): void {
  if (archived === undefined || archived === null) return;
  refuse(400, { message: assumptions.archivedInPatchMessage });
}
