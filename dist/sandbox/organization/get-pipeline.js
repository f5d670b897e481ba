import { bearerToken } from './access.js';
import { openAccount } from './accounts.js';
import { assumptions } from './assumptions.js';
import { objectId, parseInput, typeQuery } from './input.js';
import { toPipeline } from './pipeline-answers.js';
import { pipelineByIdOrDefault } from './pipelines.js';
const query = typeQuery.extend({ pipelineId: objectId.optional() });
/** Serves GET /pipelines: one pipeline, of the given id, else the default of the type; the API has no list call. */
export function getPipeline(routes, database) {
  routes.get('/pipelines', (request) => {
    const { type, pipelineId } = parseInput(query, request.query);
    const account = openAccount(database, bearerToken(request));
    return assumptions.toGetAnswer(toPipeline(account, pipelineByIdOrDefault(account, pipelineId, type)));
  });
}
