import { refuse } from '../api-error.ts';
import { assumptions } from '../assumptions.ts';
import { newStage } from '../build-stages.ts';
import type { Answer, Call } from '../call.ts';
import { findPipeline, requirePipeline, requireStage } from '../find-pipeline.ts';
import { bodies, parseBody } from '../input.ts';
import type { SentMetadata, StageInput } from '../input.ts';
import type { StoredPipeline, StoredStage } from '../model.ts';
import { checkInUse } from '../reference-check.ts';
import { placeStage } from '../stage-order.ts';
import * as rules from '../validation.ts';
import { echoStage } from '../write-answer.ts';
import { writePipeline } from '../write-pipeline.ts';
import { refuseArchived } from './write-pipelines.ts';

/** POST of a stage: a chosen id is kept verbatim, a missing one becomes a numeric one (HubSpot, observed 2026-10). */
export function createStage(call: Call): Answer {
  const { store, shelf, version, type } = call;
  const before = requirePipeline(call, assumptions.missing.createStage);
  const input = parseBody(bodies.stage, call.body);
  const chosenId = input.stageId === '' ? undefined : input.stageId;
  rules.checkIdLengths(undefined, [chosenId]);
  if (chosenId !== undefined) checkStageIdIsFree(call, chosenId);
  checkStage(call, input, before.stages);
  const stage = newStage(call, input, { id: chosenId ?? store.nextId(shelf.account), createdAt: call.now });
  const stored = writeStages(call, before, placeStage(before.stages, stage));
  return {
    status: 201,
    body: echoStage(version, stageOf(stored, stage), input),
    location: `${version.prefix}/${type.name}/${encodeURIComponent(before.id)}/stages/${encodeURIComponent(stage.id)}`,
  };
}

/** PUT of a stage: metadata is merged all the same (HubSpot, observed 2026-10). */
export function replaceStage(call: Call): Answer {
  const found = requireStage(call, 'empty');
  return editStage(call, found, parseBody(bodies.stage, call.body));
}

/** PATCH of a stage: only what is sent changes, metadata key by key (HubSpot, observed 2026-10). */
export function patchStage(call: Call): Answer {
  const found = requireStage(call, 'empty');
  const input = parseBody(bodies.stagePatch, call.body);
  refuseArchived(input.archived);
  return editStage(call, found, input);
}

function editStage(
  call: Call,
  { pipeline, stage }: { pipeline: StoredPipeline; stage: StoredStage },
  sent: { label?: string | undefined; displayOrder?: number | undefined; metadata: SentMetadata },
): Answer {
  const { label = stage.label, displayOrder = stage.displayOrder, metadata } = sent;
  const others = pipeline.stages.filter((each) => each.id !== stage.id);
  checkStage(call, { label, displayOrder }, others);
  const edited = newStage(call, { stageId: stage.id, label, displayOrder, metadata }, stage);
  const stored = writeStages(call, pipeline, placeStage(others, edited));
  return { status: 200, body: echoStage(call.version, stageOf(stored, stage), sent, stage) };
}

/**
 * DELETE of a stage: 204 whether the stage was there or not, was deleted before, or was addressed through a pipeline that
 * is missing or another one, and then nothing happens (HubSpot, observed 2026-10).
 */
export function deleteStage(call: Call): Answer {
  const pipeline = findPipeline(call);
  const stage = pipeline?.stages.find((each) => each.id === call.stageId);
  if (pipeline === undefined || stage === undefined) return { status: 204 };
  const rest = pipeline.stages.filter((each) => each.id !== stage.id);
  rules.checkStages(call, pipeline.id, rest);
  checkInUse(call, 'stage', [stage]);
  writeStages(call, pipeline, rest);
  return { status: 204 };
}

function checkStage(
  call: Call,
  { label, displayOrder }: Pick<StageInput, 'label' | 'displayOrder'>,
  others: readonly StoredStage[],
): void {
  rules.checkLabel(call, label);
  rules.checkOrder(displayOrder);
  if (!others.some((other) => rules.sameLabel(other.label, label))) return;
  refuse(400, {
    message: `Stage with label ${label} already exists`,
    subCategory: 'PipelineError.STAGE_LABEL_EXISTS',
  });
}

// Unlike inside a pipeline create this is a 400, and it has no category (HubSpot, observed 2026-10).
function checkStageIdIsFree({ store, shelf }: Call, id: string): void {
  if (!store.list(shelf).some((pipeline) => pipeline.stages.some((stage) => stage.id === id))) return;
  const message = `An existing active stage in another pipeline is already using stage id ${id}`;
  refuse(400, { message, category: null });
}

function writeStages(call: Call, before: StoredPipeline, stages: readonly StoredStage[]): StoredPipeline {
  rules.checkStages(call, before.id, stages);
  const orders = new Map(before.stages.map((stage) => [stage.id, stage.displayOrder]));
  const dated = stages.map((stage) =>
    orders.get(stage.id) === stage.displayOrder ? stage : { ...stage, updatedAt: call.now },
  );
  const updatedAt = assumptions.stageWriteMovesPipeline ? call.now : before.updatedAt;
  return writePipeline(call, 'stage', before, { ...before, stages: dated, updatedAt });
}

function stageOf(pipeline: StoredPipeline, stage: StoredStage): StoredStage {
  return pipeline.stages.find((each) => each.id === stage.id) ?? stage;
}
