import { refuse } from './api-error.ts';
import { assumptions } from './assumptions.ts';
import type { Write } from './call.ts';
import type { StoredPipeline, StoredStage } from './model.ts';
import { findObjectType } from './object-types.ts';
import type { ObjectType } from './object-types.ts';
import { isClosed } from './stage-metadata.ts';

const longestPipelineId = 36;
const longestStageId = 100;

/** Labels alike but for case and outer spaces are the same label (HubSpot, observed 2026-10). */
export function sameLabel(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}

/** Refuses a label that is blank or over the limit. */
export function checkLabel(write: Write, label: string): void {
  if (label.trim() === '') refuse(400, { message: assumptions.emptyLabelMessage });
  if (write.labelLimit === 0 || label.length <= write.labelLimit) return;
  refuse(400, { message: `Label must be at most ${write.labelLimit} characters` });
}

/** Refuses a negative order, for pipelines and stages alike (HubSpot, observed 2026-10). */
export function checkOrder(displayOrder: number): void {
  if (displayOrder < 0) refuse(400, { message: 'Pipeline display order cannot be negative', category: null });
}

/** Refuses over-long ids with the 500 that HubSpot gives, observed 2026-10. */
export function checkIdLengths(pipelineId: string | undefined, stageIds: readonly (string | undefined)[]): void {
  const tooLong = (pipelineId ?? '').length > longestPipelineId;
  if (!tooLong && !stageIds.some((id) => (id ?? '').length > longestStageId)) return;
  refuse(500, { message: assumptions.internalErrorMessage, category: null });
}

/** Refuses a label that another active pipeline of the object type has, whatever its case (HubSpot, observed 2026-10). */
export function checkPipelineLabel({ store, shelf }: Write, label: string, ownId?: string): void {
  const others = store.list(shelf).filter((other) => other.active && other.id !== ownId);
  if (!others.some((other) => sameLabel(other.label, label))) return;
  refuse(400, { message: `An active pipeline with label ${label} already exists.` });
}

/** Refuses a chosen pipeline id that the object type has already, or that the other of deals and tickets has. */
export function checkPipelineId({ store, shelf, type }: Write, id: string | undefined): void {
  if (id === undefined) return;
  if (store.find(shelf, id) !== undefined) {
    refuse(400, { message: `There's another pipeline in this portal with pipelineId (${id}).` });
  }
  const rival = rivalOf(type);
  if (rival === undefined) return;
  const holder = store.find({ account: shelf.account, typeId: rival.typeId }, id);
  if (holder !== undefined) refuseTakenStages(holder.stages.map(() => store.nextId(shelf.account)));
}

// Observed 2026-10: pipeline ids are unique across deals and tickets together.
function rivalOf(type: ObjectType): ObjectType | undefined {
  if (type.name === 'deals') return findObjectType('tickets');
  return type.name === 'tickets' ? findObjectType('deals') : undefined;
}

/** Refuses, inside a pipeline create or replace, stage ids that other pipelines of the object type have. */
export function checkStageIds({ store, shelf }: Write, ids: readonly (string | undefined)[], ownId?: string): void {
  const chosen = ids.filter((id) => id !== undefined);
  if (new Set(chosen).size < chosen.length) refuse(400, { message: assumptions.duplicateStageIdMessage });
  const others = store.list(shelf).filter((pipeline) => pipeline.id !== ownId);
  const taken = new Set(others.flatMap((pipeline) => pipeline.stages.map((stage) => stage.id)));
  const clashes = chosen.filter((id) => taken.has(id));
  if (clashes.length > 0) refuseTakenStages(clashes);
}

// The same answer whether a stage id or, misleadingly, a pipeline id is taken; in that case it lists stages that exist
// nowhere (HubSpot, observed 2026-10).
function refuseTakenStages(ids: readonly string[]): never {
  const list = `[${ids.join(', ')}]`;
  refuse(409, {
    message: `There's another pipeline in this portal with one of the same stages: ${list}`,
    category: 'OBJECT_ALREADY_EXISTS',
    subCategory: 'PipelineError.STAGE_ID_EXISTS_IN_ANOTHER_PIPELINE',
    context: { stageIds: [list] },
  });
}

/** Refuses a set of stages that no pipeline may have: none, too many, or, for tickets, none that is closed. */
export function checkStages({ type }: Write, pipelineId: string, stages: readonly StoredStage[]): void {
  if (stages.length === 0) refuse(400, { message: 'Pipeline must have at least one stage', category: null });
  if (stages.length > type.stageLimit) {
    refuse(400, { message: `${assumptions.stageLimitMessage}: ${stages.length} > ${type.stageLimit}` });
  }
  if (type.metadata !== 'ticketState' || stages.some((stage) => isClosed(stage.metadata))) return;
  refuse(400, {
    message: `${type.internalName} pipeline: ${pipelineId} must have at least one closed stage`,
    subCategory: 'PipelineError.MISSING_CLOSED_STAGE',
  });
}

/** Refuses one more pipeline where the account has its share; the default one does not count (HubSpot, observed 2026-10). */
export function checkPipelineLimit({ store, shelf, type }: Write): void {
  const counts = (pipeline: StoredPipeline): boolean => pipeline.active && pipeline.id !== type.defaultPipelineId;
  if (store.list(shelf).filter(counts).length >= type.pipelineLimit) refuse(400, assumptions.pipelineLimit);
}
