import { requireAccess } from './access.js';
import { openAccount } from './accounts.js';
import { createPipeline } from './create-pipeline.js';
import { deletePipeline } from './delete-pipeline.js';
import { editPipeline } from './edit-pipeline.js';
import { getPipeline } from './get-pipeline.js';
import { readJsonBodies } from './input.js';
import { pipelineById } from './pipelines.js';
import { reassignStage } from './reassign-stage.js';
import { placeRecords } from './records.js';
import { refuseUnknownRoute, answerWithError } from './refusal.js';
import { login, verifyToken } from './sign-in.js';
import { stageById } from './stages.js';
import { clearTables, createTables, inTransaction } from './tables.js';
/** Serves the organization API below /api/, with its own authentication and errors and its data in the database. */
export function organizationApi(app, database) {
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
export function resetOrganization(database) {
  clearTables(database);
}
/** Puts records of the token's organization into a stage, and throws where type, pipeline and stage do not fit together. */
export function addOrganizationRecords(database, token, objectType, pipelineId, stageId, recordIds) {
  const account = openAccount(database, token);
  const { type } = pipelineById(account, pipelineId);
  if (type !== objectType) throw new Error(`Pipeline ${pipelineId} holds records of type ${type}, not ${objectType}`);
  if (stageById(account, stageId).pipelineId !== pipelineId) {
    throw new Error(`Stage ${stageId} is not in pipeline ${pipelineId}`);
  }
  inTransaction(database, () => placeRecords(account, objectType, stageId, recordIds));
}
