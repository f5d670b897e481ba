import type { Answer } from '../answer.ts';
import type { Call } from '../call.ts';
import { requirePipeline } from '../find-pipeline.ts';
import { bodies, parseBody } from '../input.ts';
import * as validation from '../validation.ts';
import { toWirePipeline } from '../wire.ts';
import { writePipeline } from '../write-pipeline.ts';

/** PATCH of a pipeline: changes what is sent and moves `updatedAt`, of every stage too (HubSpot, observed 2026-10). */
export function patchPipeline(call: Call): Answer {
  const before = requirePipeline(call, 'empty');
  const { archived, ...input } = parseBody(bodies.pipelinePatch, call.body);
  validation.checkArchived(archived);
  const { label = before.label, displayOrder = before.displayOrder } = input;
  validation.checkLabel(call, label);
  validation.checkPipelineLabel(call, label, before.id);
  validation.checkOrder(displayOrder);
  const stages = before.stages.map((stage) => ({ ...stage, updatedAt: call.now }));
  const content = { ...before, label, displayOrder, stages, updatedAt: call.now };
  const stored = writePipeline(call, 'pipeline', before, content);
  return { status: 200, body: toWirePipeline(call.version, stored) };
}
