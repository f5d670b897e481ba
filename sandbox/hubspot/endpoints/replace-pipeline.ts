import type { Answer } from '../answer.ts';
import { assumptions } from '../assumptions.ts';
import type { Call } from '../call.ts';
import { requirePipeline } from '../find-pipeline.ts';
import { bodies, parseBody } from '../input.ts';
import { checkReferences } from '../reference-check.ts';
import { toReplacement } from '../replacement.ts';
import { toPipelineWriteAnswer } from '../write-answer.ts';
import { writePipeline } from '../write-pipeline.ts';

/**
 * PUT of a pipeline: everything is replaced. A stage sent without the stageId of an existing one is new, and one that is
 * left out is gone for good (HubSpot, observed 2026-10).
 */
export function replacePipeline(call: Call): Answer {
  const before = requirePipeline(call, assumptions.notFound.replace);
  const input = parseBody(bodies.pipeline, call.body);
  const after = { ...before, ...toReplacement(call, before, input, call.unknowns.unknownStageIds) };
  const kept = new Set(after.stages.map((stage) => stage.id));
  const dropped = before.stages.filter((stage) => !kept.has(stage.id));
  checkReferences(call, 'pipeline', dropped);
  const stored = writePipeline(call, 'pipeline', before, after);
  return { status: 200, body: toPipelineWriteAnswer(call.version, stored, input.stages, before) };
}
