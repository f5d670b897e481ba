import type { Answer } from '../answer.ts';
import type { Call } from '../call.ts';
import { findPipeline } from '../find-pipeline.ts';
import { checkReferences } from '../reference-check.ts';
import { checkStages } from '../validation.ts';
import { writeStages } from '../write-stages.ts';

/**
 * DELETE of a stage: 204 whether or not there is such a stage, and then nothing happens (HubSpot, observed 2026-10). A
 * missing pipeline, another pipeline's stage and a second DELETE are all answered so.
 */
export function deleteStage(call: Call): Answer {
  const pipeline = findPipeline(call);
  const stage = pipeline?.stages.find((each) => each.id === call.stageId);
  if (pipeline === undefined || stage === undefined) return { status: 204 };
  const rest = pipeline.stages.filter((each) => each.id !== stage.id);
  checkStages(call, pipeline.id, rest);
  checkReferences(call, 'stage', [stage]);
  writeStages(call, pipeline, rest);
  return { status: 204 };
}
