import type { Answer } from '../answer.ts';
import { refuse } from '../api-error.ts';
import { assumptions } from '../assumptions.ts';
import { buildStage } from '../build-stages.ts';
import type { Call } from '../call.ts';
import { requirePipeline } from '../find-pipeline.ts';
import { bodies, parseBody } from '../input.ts';
import { insertByOrder } from '../stage-order.ts';
import { checkIdLengths } from '../validation.ts';
import { toStageWriteAnswer } from '../write-answer.ts';
import { checkStage, storedStage, writeStages } from '../write-stages.ts';

/** POST of a stage: a chosen id is kept verbatim, a missing one becomes a numeric one (HubSpot, observed 2026-10). */
export function createStage(call: Call): Answer {
  const { store, collection, version, type } = call;
  const before = requirePipeline(call, assumptions.notFound.createStage);
  const input = parseBody(bodies.stage, call.body);
  const chosenId = input.stageId === '' ? undefined : input.stageId;
  checkIdLengths(undefined, [chosenId]);
  if (chosenId !== undefined) checkStageIdIsFree(call, chosenId);
  checkStage(call, input, before.stages);
  const stage = buildStage(call, input, { id: chosenId ?? store.nextId(collection.account), createdAt: call.now });
  const stored = writeStages(call, before, insertByOrder(before.stages, stage, call.unknowns.ties));
  return {
    status: 201,
    body: toStageWriteAnswer(version, storedStage(stored, stage), input),
    location: `${version.prefix}/${type.name}/${encodeURIComponent(before.id)}/stages/${encodeURIComponent(stage.id)}`,
  };
}

// Unlike inside a pipeline create this is a 400, and it has no category (HubSpot, observed 2026-10).
function checkStageIdIsFree({ store, collection }: Call, id: string): void {
  const pipelines = store.pipelines.list(collection);
  if (!pipelines.some((pipeline) => pipeline.stages.some((stage) => stage.id === id))) return;
  const message = `An existing active stage in another pipeline is already using stage id ${id}`;
  refuse(400, { message, category: null });
}
