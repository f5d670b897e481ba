import type { DatabaseSync } from 'node:sqlite';
import type { FastifyInstance } from 'fastify';
import { refuseUnknownRoute, answerWithError } from './api-error.ts';
import { requireAccess } from './authentication.ts';
import { createPipeline } from './endpoints/create-pipeline.ts';
import { deletePipeline } from './endpoints/delete-pipeline.ts';
import { editPipeline } from './endpoints/edit-pipeline.ts';
import { getPipeline } from './endpoints/get-pipeline.ts';
import { login, verifyToken } from './endpoints/login.ts';
import { reassignStage } from './endpoints/reassign-stage.ts';
import { readJsonBodies } from './input.ts';
import type { PipelineType } from './model.ts';
import { openAccount } from './store/accounts.ts';
import { pipelineById } from './store/pipelines.ts';
import { placeRecords } from './store/records.ts';
import { stageById } from './store/stages.ts';
import { clearTables, createTables, inTransaction } from './store/tables.ts';

/** Serves the organization API below /api/, with its own authentication and errors and its data in the database. */
export function organizationApi(app: FastifyInstance, database: DatabaseSync): void {
  createTables(database);
  void app.register(
    async (api) => {
      readJsonBodies(api);
      api.setErrorHandler(answerWithError);
      api.setNotFoundHandler(refuseUnknownRoute);
      login(api, database);
      void api.register(async (guarded) => {
        guarded.addHook('onRequest', requireAccess);
        verifyToken(guarded);
        getPipeline(guarded, database);
        editPipeline(guarded, database);
        createPipeline(guarded, database);
        deletePipeline(guarded, database);
        reassignStage(guarded, database);
      });
    },
    { prefix: '/api' },
  );
}

/** Puts every organization back to its seed data, which it gets on its token's next request. */
export function resetOrganization(database: DatabaseSync): void {
  clearTables(database);
}

/** Puts records of the token's organization into a stage, and throws where type, pipeline and stage do not fit together. */
export function addOrganizationRecords(
  database: DatabaseSync,
  token: string,
  objectType: PipelineType,
  pipelineId: string,
  stageId: string,
  recordIds: readonly string[],
): void {
  const account = openAccount(database, token);
  const { type } = pipelineById(account, pipelineId);
  if (type !== objectType) throw new Error(`Pipeline ${pipelineId} holds records of type ${type}, not ${objectType}`);
  if (stageById(account, stageId).pipelineId !== pipelineId) {
    throw new Error(`Stage ${stageId} is not in pipeline ${pipelineId}`);
  }
  inTransaction(database, () => placeRecords(account, objectType, stageId, recordIds));
}
