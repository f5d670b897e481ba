import type { DatabaseSync } from 'node:sqlite';
import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import { assumptions } from '../assumptions.ts';
import { bearerToken } from '../authentication.ts';
import { objectId, parseInput, renameList, stageList, trimmedName, typeQuery } from '../input.ts';
import { migrateRecords, toStageList } from '../legacy-stages.ts';
import type { Account, Pipeline } from '../model.ts';
import { applyStageList } from '../stage-list.ts';
import { openAccount } from '../store/accounts.ts';
import { pipelineByIdOrDefault, requireFreeName, updatePipeline } from '../store/pipelines.ts';
import { stagesOf } from '../store/stages.ts';
import { inTransaction } from '../store/tables.ts';
import { toShortPipeline } from '../wire.ts';

const editBody = z.object({
  name: trimmedName.optional(),
  description: z.string().nullable().optional(),
  pipelineId: objectId.optional(),
  stages: renameList.optional(),
  pipelineStages: stageList.optional(),
});

type Edit = z.infer<typeof editBody>;

/** Serves POST /pipelines: edits the pipeline of the given id, and without one the default of the type. */
export function editPipeline(routes: FastifyInstance, database: DatabaseSync): void {
  routes.post('/pipelines', (request) => {
    const { type } = parseInput(typeQuery, request.query);
    const edit = parseInput(editBody, request.body);
    const account = openAccount(database, bearerToken(request));
    return inTransaction(database, () => {
      const found = pipelineByIdOrDefault(account, edit.pipelineId, type);
      const { name = found.name, description = found.description } = edit;
      const pipeline = { ...found, name, description };
      requireFreeName(account, name, found.id);
      updatePipeline(account, pipeline);
      const migrated = editStages(account, pipeline, edit);
      return {
        message: 'Pipeline updated',
        pipeline: toShortPipeline(pipeline),
        [assumptions.migrationsKey]: migrated,
      };
    });
  });
}

/** Where both forms were sent, `pipelineStages` are the stages and `stages` tell only where records go. */
function editStages(account: Account, pipeline: Pipeline, edit: Edit): Record<string, number> {
  const { pipelineStages, stages: pairs = [] } = edit;
  const before = stagesOf(account, pipeline.id);
  const active = before.filter((stage) => stage.isActive);
  if (pipelineStages) applyStageList(account, pipeline.id, pipelineStages);
  else if (pairs.length > 0) applyStageList(account, pipeline.id, toStageList(active, pairs));
  return migrateRecords(account, pipeline, before, pairs);
}
