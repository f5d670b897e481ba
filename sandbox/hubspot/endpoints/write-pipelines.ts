import { refuse } from '../api-error.ts';
import { assumptions } from '../assumptions.ts';
import { buildStages } from '../build-stages.ts';
import type { Answer, Call, Write } from '../call.ts';
import { findPipeline, requirePipeline } from '../find-pipeline.ts';
import { bodies, parseBody } from '../input.ts';
import type { PipelineInput } from '../input.ts';
import type { StoredPipeline } from '../model.ts';
import { checkInUse } from '../reference-check.ts';
import { settleTies } from '../stage-order.ts';
import * as rules from '../validation.ts';
import { toWirePipeline } from '../wire.ts';
import { echoPipeline } from '../write-answer.ts';
import { takeAwayPipeline, writePipeline } from '../write-pipeline.ts';

/** POST of a pipeline: chosen ids are kept verbatim, a missing one becomes a numeric one (HubSpot, observed 2026-10). */
export function createPipeline(call: Call): Answer {
  const input = parseBody(bodies.pipeline, call.body);
  const stored = makePipeline(call, input, true);
  return {
    status: 201,
    body: echoPipeline(call.version, stored, input.stages),
    location: `${call.version.prefix}/${call.type.name}/${encodeURIComponent(stored.id)}`,
  };
}

/** Stores a new pipeline as the input says, or refuses it; v1 makes its pipelines with it too. */
export function makePipeline(write: Write, input: PipelineInput, active: boolean): StoredPipeline {
  const { store, shelf, now } = write;
  const chosenId = input.pipelineId === '' ? undefined : input.pipelineId;
  const stageIds = input.stages.map((stage) => stage.stageId);
  rules.checkIdLengths(chosenId, stageIds);
  rules.checkPipelineId(write, chosenId);
  rules.checkStageIds(write, stageIds);
  rules.checkLabel(write, input.label);
  rules.checkPipelineLabel(write, input.label);
  rules.checkOrder(input.displayOrder);
  rules.checkPipelineLimit(write);
  const id = chosenId ?? store.nextId(shelf.account);
  const stages = settleTies(buildStages(write, input.stages, [], 'kept'));
  rules.checkStages(write, id, stages);
  const { label, displayOrder } = input;
  return writePipeline(write, 'pipeline', undefined, {
    id,
    label,
    displayOrder,
    active,
    stages,
    createdAt: now,
    updatedAt: now,
  });
}

/**
 * PUT of a pipeline: everything is replaced. A stage sent without the stageId of an existing one is new, and one that is
 * left out is gone for good (HubSpot, observed 2026-10).
 */
export function replacePipeline(call: Call): Answer {
  const before = requirePipeline(call, assumptions.missing.replace);
  const input = parseBody(bodies.pipeline, call.body);
  const after = { ...before, ...replacement(call, before, input, assumptions.unknownStageIdInReplace) };
  const kept = new Set(after.stages.map((stage) => stage.id));
  const dropped = before.stages.filter((stage) => !kept.has(stage.id));
  checkInUse(call, 'pipeline', dropped);
  const stored = writePipeline(call, 'pipeline', before, after);
  return { status: 200, body: echoPipeline(call.version, stored, input.stages, before) };
}

/** What a pipeline becomes that is replaced as a whole, or a refusal; v1 replaces its pipelines with it too. */
export function replacement(
  write: Write,
  before: StoredPipeline,
  input: Omit<PipelineInput, 'pipelineId'>,
  unknownIds: 'kept' | 'new id',
): Pick<StoredPipeline, 'label' | 'displayOrder' | 'stages' | 'updatedAt'> {
  const { label, displayOrder } = input;
  const stageIds = input.stages.map((stage) => stage.stageId);
  rules.checkIdLengths(undefined, stageIds);
  rules.checkStageIds(write, stageIds, before.id);
  rules.checkLabel(write, label);
  rules.checkPipelineLabel(write, label, before.id);
  rules.checkOrder(displayOrder);
  const drafts = buildStages(write, input.stages, before.stages, unknownIds);
  const stages = assumptions.tiesInReplace === 'settled' ? settleTies(drafts) : drafts;
  rules.checkStages(write, before.id, stages);
  return { label, displayOrder, stages, updatedAt: write.now };
}

/** PATCH of a pipeline: changes what is sent and moves `updatedAt`, of every stage too (HubSpot, observed 2026-10). */
export function patchPipeline(call: Call): Answer {
  const before = requirePipeline(call, 'empty');
  const input = parseBody(bodies.pipelinePatch, call.body);
  refuseArchived(input.archived);
  const { label = before.label, displayOrder = before.displayOrder } = input;
  rules.checkLabel(call, label);
  rules.checkPipelineLabel(call, label, before.id);
  rules.checkOrder(displayOrder);
  const stages = before.stages.map((stage) => ({ ...stage, updatedAt: call.now }));
  const after = writePipeline(call, 'pipeline', before, {
    ...before,
    label,
    displayOrder,
    stages,
    updatedAt: call.now,
  });
  return { status: 200, body: toWirePipeline(call.version, after) };
}

/** Refuses `archived` in a PATCH, which is documented as a 400 in any call but one that restores. */
export function refuseArchived(archived: unknown): void {
  if (archived === undefined || archived === null) return;
  refuse(400, { message: assumptions.archivedInPatchMessage });
}

/** DELETE of a pipeline: a missing one is a JSON 404 here (HubSpot, observed 2026-10). */
export function deletePipeline(call: Call): Answer {
  const message = `No pipeline found with id ${call.pipelineId}`;
  const pipeline = findPipeline(call) ?? refuse(404, { message, category: 'OBJECT_NOT_FOUND' });
  checkNotLastDefault(call, pipeline);
  checkInUse(call, 'pipeline', pipeline.stages);
  takeAwayPipeline(call, pipeline, assumptions.deleting.current);
  return { status: 204 };
}

/** Refuses to take the default pipeline away while it is the only one; "each account has at least one" (documented). */
export function checkNotLastDefault({ store, shelf, type }: Write, pipeline: StoredPipeline): void {
  if (pipeline.id !== type.defaultPipelineId) return;
  if (store.list(shelf).filter((each) => each.active).length > 1) return;
  refuse(400, { message: assumptions.lastDefaultPipelineMessage });
}
