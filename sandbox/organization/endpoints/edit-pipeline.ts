import * as z from 'zod';
import { assumptions } from '../assumptions.ts';
import type { Answer, Call } from '../call.ts';
import { objectId, parseInput, renameList, stageList, trimmedName, typeQuery } from '../input.ts';
import { migrateRecords, toStageList } from '../legacy-stages.ts';
import type { Account, Pipeline } from '../model.ts';
import { applyStageList } from '../stage-list.ts';
import { pipelineByIdOrDefault, requireFreeName, updatePipeline } from '../store/pipelines.ts';
import { stagesOf } from '../store/stages.ts';
import { toWireSummary } from '../wire.ts';

const editBody = z.object({
  name: trimmedName.optional(),
  description: z.string().nullable().optional(),
  pipelineId: objectId.optional(),
  stages: renameList.optional(),
  pipelineStages: stageList.optional(),
});

/** POST /pipelines: edits the pipeline of the given id, and without one the default of the type. */
export function editPipeline({ account, query, body }: Call): Answer {
  const { type } = parseInput(typeQuery, query);
  const edit = parseInput(editBody, body);
  const found = pipelineByIdOrDefault(account, edit.pipelineId, type);
  const { name = found.name, description = found.description } = edit;
  const pipeline = { ...found, name, description };
  requireFreeName(account, name, found.id);
  updatePipeline(account, pipeline);
  const migrated = editStages(account, pipeline, edit);
  return {
    body: {
      message: 'Pipeline updated',
      pipeline: toWireSummary(pipeline),
      [assumptions.migrationsKey]: migrated,
    },
  };
}

// If both forms were sent, `pipelineStages` are the stages and `stages` tell only where records go.
function editStages(account: Account, pipeline: Pipeline, edit: z.infer<typeof editBody>): Record<string, number> {
  const { pipelineStages, stages: pairs = [] } = edit;
  const before = stagesOf(account, pipeline.id);
  const active = before.filter((stage) => stage.isActive);
  if (pipelineStages) applyStageList(account, pipeline.id, pipelineStages);
  else if (pairs.length > 0) applyStageList(account, pipeline.id, toStageList(active, pairs));
  return migrateRecords(account, pipeline, before, pairs);
}
