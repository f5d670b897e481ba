import * as z from 'zod';
import { assumptions } from '../assumptions.ts';
import type { Answer, Call } from '../call.ts';
import { parseInput, renameList, stageList, trimmedName, typeQuery } from '../input.ts';
import { newObjectId } from '../object-id.ts';
import { applyStageList } from '../stage-list.ts';
import { insertPipeline, pipelineById, requireFreeName } from '../store/pipelines.ts';
import { toWirePipeline } from '../wire.ts';

const createBody = z.object({
  name: trimmedName,
  description: z.string().nullable().default(null),
  isDefault: z.boolean().default(false),
  stages: renameList.default([]),
  pipelineStages: stageList.optional(),
});

/** POST of a new pipeline: `pipelineStages` win over legacy `stages`, and one of them must bring a stage. */
export function createPipeline({ account, unknowns, query, body }: Call): Answer {
  const { type } = parseInput(typeQuery, query);
  const { name, description, isDefault, stages, pipelineStages } = parseInput(createBody, body);
  const legacyList = stages.map(({ newStage, color }) => ({ name: newStage, color }));
  // An `_id` marks an update, and a new pipeline has no stage to update yet.
  const list = parseInput(stageList, pipelineStages ?? legacyList).map(({ _id, ...content }) => content);
  requireFreeName(account, name);
  const id = newObjectId();
  insertPipeline(account, { id, name, description, type, isDefault: isDefault ? 1 : 0 });
  applyStageList(account, id, list);
  const pipeline = toWirePipeline(account, pipelineById(account, id), unknowns.inactiveStages);
  return { status: assumptions.createStatus, body: { message: 'Pipeline created', pipeline } };
}
