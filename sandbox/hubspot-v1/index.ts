import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Clock } from '../clock.ts';
import { refuse } from '../hubspot/api-error.ts';
import { useHubspotMiddleware } from '../hubspot/middleware.ts';
import type { HubspotMiddleware } from '../hubspot/middleware.ts';
import { findObjectType } from '../hubspot/object-types.ts';
import type { ObjectType } from '../hubspot/object-types.ts';
import { serveOperations } from '../hubspot/operations.ts';
import type { Operation } from '../hubspot/operations.ts';
import type { Store } from '../hubspot/store/index.ts';
import type { Unknowns } from '../unknowns.ts';
import { assumptions } from './assumptions.ts';
import type { Call } from './call.ts';
import { createPipeline } from './endpoints/create-pipeline.ts';
import { deletePipeline } from './endpoints/delete-pipeline.ts';
import { listPipelines } from './endpoints/list-pipelines.ts';
import { replacePipeline } from './endpoints/replace-pipeline.ts';
import { longest } from './input.ts';
import { toV1Envelope } from './wire.ts';

interface V1Settings extends Omit<HubspotMiddleware, 'errorFormat'> {
  readonly clock: Clock;
  /** The store as reads show it. */
  readonly readStore: Store;
  readonly unknowns: Unknowns;
  /** The last day in UTC on which the API answers, null if it goes on for ever. */
  readonly lastDay: string | null;
}

// No GET of one pipeline, no stages of their own, no audit (documented).
const operations: readonly Operation<Call>[] = [
  ['GET', '', listPipelines],
  ['POST', '', createPipeline],
  ['PUT', '/:pipelineId', replacePipeline],
  ['DELETE', '/:pipelineId', deletePipeline],
];

const typeNames = new Map([
  ['deals', 'deals'],
  ['deal', 'deals'],
  ['tickets', 'tickets'],
  ['ticket', 'tickets'],
]);

/** Serves HubSpot's crm-pipelines v1, on the same accounts as the later versions. */
export function hubspotV1Api(app: FastifyInstance, settings: V1Settings): void {
  void app.register(async (api) => {
    useHubspotMiddleware(api, { ...settings, errorFormat: { toEnvelope: toV1Envelope, emptyContentType: null } });
    api.addHook('onRequest', async () => {
      if (isOver(settings.lastDay)) refuse(assumptions.sunsetStatus, { message: assumptions.sunsetMessage });
    });
    serveOperations(api, settings.store, '/crm-pipelines/v1/pipelines/:objectType', operations, (request) =>
      toCall(settings, request),
    );
  });
}

function isOver(lastDay: string | null): boolean {
  return lastDay !== null && new Date().toISOString().slice(0, 10) > lastDay;
}

function toCall({ store, readStore, clock, unknowns }: V1Settings, request: FastifyRequest): Call {
  const params = request.params as { objectType: string; pipelineId?: string };
  const type = resolveObjectType(params.objectType);
  return {
    store: request.method === 'GET' ? readStore : store,
    type,
    labelLimit: longest,
    unknowns,
    collection: { account: request.hubspotAccount, typeId: type.typeId },
    now: clock(),
    pipelineId: params.pipelineId ?? '',
    includeInactive: (request.query as { includeInactive?: unknown }).includeInactive,
    body: request.body,
  };
}

function resolveObjectType(pathName: string): ObjectType {
  const type = findObjectType(typeNames.get(pathName) ?? '');
  return type ?? refuse(400, { message: `Unable to infer object type from: ${pathName}` });
}
