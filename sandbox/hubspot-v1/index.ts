import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Clock } from '../clock.ts';
import { sendAnswer } from '../hubspot/answer.ts';
import { refuse } from '../hubspot/api-error.ts';
import { assumptions } from '../hubspot/assumptions.ts';
import type { Answer, Write } from '../hubspot/call.ts';
import { makePipeline, replacement } from '../hubspot/endpoints/write-pipelines.ts';
import { bodies, parseBody } from '../hubspot/input.ts';
import { guardApi } from '../hubspot/middleware.ts';
import type { Gate } from '../hubspot/middleware.ts';
import type { StoredPipeline } from '../hubspot/model.ts';
import { findObjectType } from '../hubspot/object-types.ts';
import type { ObjectType } from '../hubspot/object-types.ts';
import { shuffled } from '../hubspot/wire.ts';
import { takeAwayPipeline, writePipeline } from '../hubspot/write-pipeline.ts';
import { checkIds, completeReplace, longest, parseCreate, replaceBody } from './input.ts';
import { toV1Envelope, toWirePipeline } from './wire.ts';

export interface V1Settings extends Omit<Gate, 'form'> {
  readonly clock: Clock;
  /** Answers everything as after HubSpot retires the API on 2026-12-04. */
  readonly isRetired: boolean;
}

type Params = { objectType: string; pipelineId: string };
type Call = FastifyRequest<{ Params: Params; Querystring: { includeInactive?: string } }>;

const path = '/crm-pipelines/v1/pipelines/:objectType';
const typeNames = new Map([
  ['deals', 'deals'],
  ['deal', 'deals'],
  ['tickets', 'tickets'],
  ['ticket', 'tickets'],
]);

/** Serves HubSpot's crm-pipelines v1: no GET of one pipeline, no stages of their own, no audit (documented). */
export function hubspotV1Api(app: FastifyInstance, settings: V1Settings): void {
  void app.register(async (api) => {
    guardApi(api, { ...settings, form: { toEnvelope: toV1Envelope, emptyType: null } });
    api.addHook('onRequest', async () => {
      if (settings.isRetired) refuse(assumptions.v1.sunsetStatus, { message: assumptions.v1.sunsetMessage });
    });
    api.get(path, (request: Call, reply) => sendAnswer(reply, list(settings, request)));
    const write =
      (operation: (request: Call, write: Write) => Answer) =>
      (request: Call, reply: Parameters<typeof sendAnswer>[0]) =>
        sendAnswer(
          reply,
          settings.store.transaction(() => operation(request, toWrite(settings, request))),
        );
    api.post(path, write(create));
    api.put(`${path}/:pipelineId`, write(replace));
    api.delete(`${path}/:pipelineId`, write(remove));
  });
}

function toWrite({ store, clock }: V1Settings, request: Call): Write {
  const type = resolveType(request.params.objectType);
  const shelf = { account: request.hubspotAccount, typeId: type.typeId };
  return { store, shelf, type, now: clock(), labelLimit: longest };
}

function resolveType(pathName: string): ObjectType {
  const type = findObjectType(typeNames.get(pathName) ?? '');
  return type ?? refuse(400, { message: `Unable to infer object type from: ${pathName}` });
}

// `includeInactive` is a word, not a boolean (documented).
function list(settings: V1Settings, request: Call): Answer {
  const { store, shelf, type } = toWrite(settings, request);
  const { includeInactive = 'EXCLUDE_DELETED' } = request.query;
  if (includeInactive !== 'EXCLUDE_DELETED' && includeInactive !== 'INCLUDE_DELETED') {
    refuse(400, { message: assumptions.v1.includeInactiveMessage });
  }
  const shown = store.list(shelf).filter((pipeline) => pipeline.active || includeInactive === 'INCLUDE_DELETED');
  return { status: 200, body: { results: shuffled(shown).map((pipeline) => toWirePipeline(type, pipeline)) } };
}

function create(request: Call, write: Write): Answer {
  const input = parseCreate(request.body);
  checkIds(input);
  const body = toWirePipeline(write.type, makePipeline(write, input, input.active));
  return { status: assumptions.v1.createStatus, body };
}

function replace(request: Call, write: Write): Answer {
  const before = requirePipeline(request, write);
  const sent = parseBody(replaceBody, request.body);
  const input = parseBody(bodies.pipeline, completeReplace(before, sent));
  checkIds(input, before);
  const changed = replacement(write, before, input, assumptions.v1.unknownStageIdInReplace);
  const active = sent.active ?? before.active;
  const after = writePipeline(write, 'pipeline', before, { ...before, ...changed, active });
  return { status: 200, body: toWirePipeline(write.type, after) };
}

// Nothing is documented about records in the pipeline, so they do not stop it.
function remove(request: Call, write: Write): Answer {
  const before = requirePipeline(request, write);
  if (!before.active) refuseMissing(request);
  takeAwayPipeline(write, before, assumptions.deleting.v1);
  return { status: 204 };
}

function requirePipeline(request: Call, { store, shelf }: Write): StoredPipeline {
  return store.find(shelf, request.params.pipelineId) ?? refuseMissing(request);
}

function refuseMissing(request: Call): never {
  return refuse(404, { message: `No pipeline found with id ${request.params.pipelineId}` });
}
