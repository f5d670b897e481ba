import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Clock } from '../clock.ts';
import { splitUrl } from '../request-log.ts';
import { sendAnswer } from './answer.ts';
import { apiVersions } from './api-versions.ts';
import type { ApiVersion } from './api-versions.ts';
import type { Answer, Call } from './call.ts';
import * as read from './endpoints/read-pipelines.ts';
import * as pipelines from './endpoints/write-pipelines.ts';
import * as stages from './endpoints/write-stages.ts';
import { guardApi } from './middleware.ts';
import type { Gate } from './middleware.ts';
import { resolveObjectType } from './object-types.ts';

/** What the API needs besides what all of HubSpot's APIs share. */
export interface HubspotSettings extends Gate {
  readonly clock: Clock;
  /** Longest label of a pipeline or stage, 0 for none. */
  readonly labelLimit: number;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

const one = '/:pipelineId';
const all = '/:pipelineId/stages';
const stage = '/:pipelineId/stages/:stageId';

// The fourteen operations (HubSpot's OpenAPI files), below /:objectType.
const operations: readonly (readonly [Method, string, (call: Call) => Answer])[] = [
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
export function hubspotApi(app: FastifyInstance, settings: HubspotSettings): void {
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

function answer(
  settings: HubspotSettings,
  version: ApiVersion,
  method: Method,
  operation: (call: Call) => Answer,
  request: FastifyRequest,
): Answer {
  const call = toCall(settings, version, request);
  return method === 'GET' ? operation(call) : settings.store.transaction(() => operation(call));
}

function toCall({ store, clock, labelLimit }: HubspotSettings, version: ApiVersion, request: FastifyRequest): Call {
  const params = request.params as { objectType: string; pipelineId?: string; stageId?: string };
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
