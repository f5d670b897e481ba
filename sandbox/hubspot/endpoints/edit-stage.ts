import type { Answer } from '../answer.ts';
import { buildStage } from '../build-stages.ts';
import type { Call } from '../call.ts';
import { requireStage } from '../find-pipeline.ts';
import { bodies, parseBody } from '../input.ts';
import type { SentMetadata } from '../input.ts';
import type { StoredPipeline, StoredStage } from '../model.ts';
import { insertByOrder } from '../stage-order.ts';
import { checkArchived } from '../validation.ts';
import { toStageWriteAnswer } from '../write-answer.ts';
import { checkStage, storedStage, writeStages } from '../write-stages.ts';

/** PUT of a stage: metadata is merged all the same (HubSpot, observed 2026-10). */
export function replaceStage(call: Call): Answer {
  const found = requireStage(call, 'empty');
  return editStage(call, found, parseBody(bodies.stage, call.body));
}

/** PATCH of a stage: only what is sent changes, metadata key by key (HubSpot, observed 2026-10). */
export function patchStage(call: Call): Answer {
  const found = requireStage(call, 'empty');
  const input = parseBody(bodies.stagePatch, call.body);
  checkArchived(input.archived);
  return editStage(call, found, input);
}

function editStage(
  call: Call,
  { pipeline, stage }: { pipeline: StoredPipeline; stage: StoredStage },
  sent: { label?: string | undefined; displayOrder?: number | undefined; metadata: SentMetadata },
): Answer {
  const { label = stage.label, displayOrder = stage.displayOrder, metadata } = sent;
  const others = pipeline.stages.filter((each) => each.id !== stage.id);
  checkStage(call, { label, displayOrder }, others, stage);
  const edited = buildStage(call, { stageId: stage.id, label, displayOrder, metadata }, stage);
  const stored = writeStages(call, pipeline, insertByOrder(others, edited, call.unknowns.ties));
  return { status: 200, body: toStageWriteAnswer(call.version, storedStage(stored, stage), sent, stage) };
}
