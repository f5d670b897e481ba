import * as z from 'zod';
import { refuse } from '../hubspot/api-error.ts';
import { bodies, parseBody } from '../hubspot/input.ts';
import type { PipelineInput } from '../hubspot/input.ts';
import type { StoredPipeline } from '../hubspot/model.ts';
import { assumptions } from './assumptions.ts';

/** Longest id or label at v1 (documented). */
export const longest = 36;

// What later versions do not ask for: `active`, and an id for every stage (documented).
const createBody = z.looseObject({
  active: z.boolean(),
  stages: z.array(z.looseObject({ stageId: z.string() })),
});

/** The body of a create, or a 400 that names what is wrong with it. */
export function parseCreate(body: unknown): PipelineInput & { readonly active: boolean } {
  const sent = parseBody(createBody, body);
  return { ...parseBody(bodies.pipeline, sent), active: sent.active };
}

/** The body of a replace, in which any member may be missing (documented). */
export const replaceBody = z.looseObject({
  active: z.boolean().optional(),
  stages: z.array(z.looseObject({ stageId: z.string().optional() })).optional(),
});

/** A replace with what it leaves out taken from the pipeline, and from the stages that it names. */
export function completeReplace(before: StoredPipeline, sent: z.infer<typeof replaceBody>): Record<string, unknown> {
  const stages = sent.stages ?? before.stages.map((stage) => ({ stageId: stage.id }));
  return {
    label: before.label,
    displayOrder: before.displayOrder,
    ...sent,
    stages: stages.map((stage) => ({ ...before.stages.find(({ id }) => id === stage.stageId), ...stage })),
  };
}

/** Refuses over-long ids, and new stage ids with other characters than v1 takes; ids that exist already may stay. */
export function checkIds(input: PipelineInput, before?: StoredPipeline): void {
  if ((input.pipelineId ?? '').length > longest) {
    refuse(400, { message: `pipelineId ${assumptions.tooLongMessage}` });
  }
  const existing = new Set(before?.stages.map((stage) => stage.id));
  for (const { stageId } of input.stages) if (stageId !== undefined && !existing.has(stageId)) checkNewStageId(stageId);
}

function checkNewStageId(id: string): void {
  if (id.length > longest) refuse(400, { message: `stageId ${assumptions.tooLongMessage}` });
  if (id !== id.toLowerCase()) {
    // HubSpot makes a property of each stage, and it is the property that it complains of (hubspot-php#295).
    const message = `Property name must be lowercase, but given: hs_date_entered_${id}`;
    refuse(assumptions.lowerCaseStatus, { message });
  }
  if (!/^[a-z0-9_-]+$/.test(id)) refuse(400, { message: assumptions.idFormMessage });
}

/** Refuses new probabilities that are not in steps of 0.1 (documented); those that exist already may stay. */
export function checkProbabilities(input: PipelineInput, before?: StoredPipeline): void {
  const existing = new Map(before?.stages.map((stage) => [stage.id, Number(stage.metadata['probability'])]));
  for (const { stageId = '', metadata } of input.stages) {
    const probability = Number(metadata['probability']);
    const isStep = Math.abs(probability * 10 - Math.round(probability * 10)) < 1e-9;
    if (Number.isNaN(probability) || isStep || existing.get(stageId) === probability) continue;
    refuse(400, { message: assumptions.probabilityMessage });
  }
}
