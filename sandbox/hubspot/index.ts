import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Clock } from '../clock.ts';
import { splitUrl } from '../request-log.ts';
import type { Unknowns } from '../unknowns.ts';
import { apiVersions } from './api-versions.ts';
import type { ApiVersion } from './api-versions.ts';
import type { Call } from './call.ts';
import { createPipeline } from './endpoints/create-pipeline.ts';
import { createStage } from './endpoints/create-stage.ts';
import { deletePipeline } from './endpoints/delete-pipeline.ts';
import { deleteStage } from './endpoints/delete-stage.ts';
import { patchStage, replaceStage } from './endpoints/edit-stage.ts';
import { patchPipeline } from './endpoints/patch-pipeline.ts';
import { readPipelineAudit, readStageAudit } from './endpoints/read-audit.ts';
import { listPipelines, readPipeline } from './endpoints/read-pipelines.ts';
import { listStages, readStage } from './endpoints/read-stages.ts';
import { replacePipeline } from './endpoints/replace-pipeline.ts';
import { useHubspotMiddleware } from './middleware.ts';
import type { HubspotMiddleware } from './middleware.ts';
import { resolveObjectType } from './object-types.ts';
import { serveOperations } from './operations.ts';
import type { Operation } from './operations.ts';
import type { Store } from './store/index.ts';

interface HubspotSettings extends HubspotMiddleware {
  readonly clock: Clock;
  /** The store as reads show it. */
  readonly readStore: Store;
  /** Longest label of a pipeline or stage, 0 for none. */
  readonly labelLimit: number;
  readonly unknowns: Unknowns;
}

const pipeline = '/:pipelineId';
const stages = '/:pipelineId/stages';
const stage = '/:pipelineId/stages/:stageId';

// The fourteen operations (HubSpot's OpenAPI files), below /:objectType.
const operations: readonly Operation<Call>[] = [
  ['GET', '', listPipelines],
  ['POST', '', createPipeline],
  ['GET', pipeline, readPipeline],
  ['PUT', pipeline, replacePipeline],
  ['PATCH', pipeline, patchPipeline],
  ['DELETE', pipeline, deletePipeline],
  ['GET', `${pipeline}/audit`, readPipelineAudit],
  ['GET', stages, listStages],
  ['POST', stages, createStage],
  ['GET', stage, readStage],
  ['PUT', stage, replaceStage],
  ['PATCH', stage, patchStage],
  ['DELETE', stage, deleteStage],
  ['GET', `${stage}/audit`, readStageAudit],
];

/** Serves HubSpot's pipelines API in every version; all are views of one account per token. */
export function hubspotApi(app: FastifyInstance, settings: HubspotSettings): void {
  void app.register(async (api) => {
    useHubspotMiddleware(api, settings);
    for (const version of apiVersions) {
      serveOperations(api, settings.store, `${version.prefix}/:objectType`, operations, (request) =>
        toCall(settings, version, request),
      );
    }
  });
}

function toCall(settings: HubspotSettings, version: ApiVersion, request: FastifyRequest): Call {
  const { clock, labelLimit, unknowns } = settings;
  const params = request.params as { objectType: string; pipelineId?: string; stageId?: string };
  const type = resolveObjectType(params.objectType);
  return {
    store: request.method === 'GET' ? settings.readStore : settings.store,
    version,
    type,
    labelLimit,
    unknowns,
    collection: { account: request.hubspotAccount, typeId: type.typeId },
    now: clock(),
    pipelineId: params.pipelineId ?? '',
    stageId: params.stageId ?? '',
    query: new URLSearchParams(splitUrl(request.url).query),
    body: request.body,
  };
}
