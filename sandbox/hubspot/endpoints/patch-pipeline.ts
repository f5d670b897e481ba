import type { Answer } from '../answer.ts';
import type { Call } from '../call.ts';
import { requirePipeline } from '../find-pipeline.ts';
import { bodies, parseBody } from '../input.ts';
import type { StoredPipeline } from '../model.ts';
import * as validation from '../validation.ts';
import { toWirePipeline } from '../wire.ts';
import { writePipeline } from '../write-pipeline.ts';

/** PATCH of a pipeline: changes what is sent and moves `updatedAt`, of every stage too (HubSpot, observed 2026-10). */
export function patchPipeline(call: Call): Answer {
  const archived = findArchived(call);
  const before = archived ?? requirePipeline(call, 'empty');
  const input = parseBody(bodies.pipelinePatch, call.body);
  if (archived === undefined) validation.checkArchived(input.archived);
  const { label = before.label, displayOrder = before.displayOrder } = input;
  validation.checkLabel(call, label, before.label);
  validation.checkPipelineLabel(call, label, before.id);
  validation.checkOrder(displayOrder);
  const stages = before.stages.map((stage) => ({ ...stage, updatedAt: call.now }));
  const content = { ...before, label, displayOrder, stages, active: true, updatedAt: call.now };
  const stored = writePipeline(call, 'pipeline', before, content);
  return { status: 200, body: toWirePipeline(call.version, stored) };
}

// Only a PATCH that restores reaches an archived pipeline (HubSpot's OpenAPI files).
function findArchived({ store, collection, pipelineId, unknowns, body }: Call): StoredPipeline | undefined {
  if (unknowns.deleteEffect !== 'deactivate' || !isRestore(body)) return undefined;
  const pipeline = store.pipelines.find(collection, pipelineId);
  return pipeline?.active === false ? pipeline : undefined;
}

function isRestore(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'archived' in body && body.archived === false;
}
