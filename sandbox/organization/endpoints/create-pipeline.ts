import type { DatabaseSync } from 'node:sqlite';
import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import { assumptions } from '../assumptions.ts';
import { bearerToken } from '../authentication.ts';
import { parseInput, renameList, stageList, trimmedName, typeQuery } from '../input.ts';
import { applyStageList, newObjectId } from '../stage-list.ts';
import { openAccount } from '../store/accounts.ts';
import { insertPipeline, pipelineById, requireFreeName } from '../store/pipelines.ts';
import { inTransaction } from '../store/tables.ts';
import { toPipeline } from '../wire.ts';

const createBody = z.object({
  name: trimmedName,
  description: z.string().nullable().default(null),
  isDefault: z.boolean().default(false),
  stages: renameList.default([]),
  pipelineStages: stageList.optional(),
});

/** Serves the creation of a pipeline: `pipelineStages` win over legacy `stages`, and one of them must bring a stage. */
export function createPipeline(routes: FastifyInstance, database: DatabaseSync): void {
  routes.post(assumptions.createPath, (request, reply) => {
    const { type } = parseInput(typeQuery, request.query);
    const { name, description, isDefault, stages, pipelineStages } = parseInput(createBody, request.body);
    const legacyList = stages.map(({ newStage, color }) => ({ name: newStage, color }));
    // An `_id` marks an update, and a new pipeline has no stage to update yet.
    const list = parseInput(stageList, pipelineStages ?? legacyList).map(({ _id, ...content }) => content);
    const account = openAccount(database, bearerToken(request));
    const pipeline = inTransaction(database, () => {
      requireFreeName(account, name);
      const id = newObjectId();
      insertPipeline(account, { id, name, description, type, isDefault: isDefault ? 1 : 0 });
      applyStageList(account, id, list);
      return toPipeline(account, pipelineById(account, id));
    });
    return reply.code(assumptions.createStatus).send({ message: 'Pipeline created', pipeline });
  });
}
