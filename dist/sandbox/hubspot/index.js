import { splitUrl } from '../request-log.js';
import { sendAnswer } from './answer.js';
import { guardApi } from './gate.js';
import { resolveObjectType } from './object-types.js';
import * as pipelines from './pipeline-writes.js';
import * as read from './read.js';
import * as stages from './stage-writes.js';
import { apiVersions } from './versions.js';
const one = '/:pipelineId';
const all = '/:pipelineId/stages';
const stage = '/:pipelineId/stages/:stageId';
// The fourteen operations (HubSpot's OpenAPI files), below /:objectType.
const operations = [
  ['GET', '', read.listPipelines],
  ['POST', '', pipelines.createPipeline],
  ['GET', one, read.getPipeline],
  ['PUT', one, pipelines.replacePipeline],
  ['PATCH', one, pipelines.patchPipeline],
  ['DELETE', one, pipelines.deletePipeline],
  ['GET', `${one}/audit`, read.auditPipeline],
  ['GET', all, read.listStages],
  ['POST', all, stages.createStage],
  ['GET', stage, read.getStage],
  ['PUT', stage, stages.replaceStage],
  ['PATCH', stage, stages.patchStage],
  ['DELETE', stage, stages.deleteStage],
  ['GET', `${stage}/audit`, read.auditStage],
];
/** Serves HubSpot's pipelines API in every version; all are views of one account per token. */
export function hubspotApi(app, settings) {
  void app.register(async (api) => {
    guardApi(api, settings);
    for (const version of apiVersions) {
      for (const [method, path, operation] of operations) {
        api.route({
          method,
          url: `${version.prefix}/:objectType${path}`,
          handler: (request, reply) => sendAnswer(reply, answer(settings, version, method, operation, request)),
        });
      }
    }
  });
}
function answer(settings, version, method, operation, request) {
  const call = toCall(settings, version, request);
  return method === 'GET' ? operation(call) : settings.store.transaction(() => operation(call));
}
function toCall({ store, clock, labelLimit }, version, request) {
  const params = request.params;
  const type = resolveObjectType(params.objectType);
  return {
    store,
    version,
    type,
    labelLimit,
    shelf: { account: request.hubspotAccount, typeId: type.typeId },
    now: clock(),
    pipelineId: params.pipelineId ?? '',
    stageId: params.stageId ?? '',
    query: new URLSearchParams(splitUrl(request.url).query),
    body: request.body,
  };
}
