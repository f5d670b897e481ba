import { sendAnswer } from '../hubspot/answer.js';
import { assumptions } from '../hubspot/assumptions.js';
import { guardApi } from '../hubspot/gate.js';
import { bodies, parseBody } from '../hubspot/input.js';
import { findObjectType } from '../hubspot/object-types.js';
import { makePipeline, replacement } from '../hubspot/pipeline-writes.js';
import { refuse } from '../hubspot/refusal.js';
import { shuffled } from '../hubspot/wire.js';
import { takeAwayPipeline, writePipeline } from '../hubspot/write-pipeline.js';
import { checkIds, completeReplace, longest, parseCreate, replaceBody } from './input.js';
import { toV1Envelope, toWirePipeline } from './wire.js';
const path = '/crm-pipelines/v1/pipelines/:objectType';
const typeNames = new Map([
  ['deals', 'deals'],
  ['deal', 'deals'],
  ['tickets', 'tickets'],
  ['ticket', 'tickets'],
]);
/** Serves HubSpot's crm-pipelines v1: no GET of one pipeline, no stages of their own, no audit (documented). */
export function hubspotV1Api(app, settings) {
  void app.register(async (api) => {
    guardApi(api, { ...settings, form: { toEnvelope: toV1Envelope, emptyType: null } });
    api.addHook('onRequest', async () => {
      if (settings.isRetired) refuse(assumptions.v1.sunsetStatus, { message: assumptions.v1.sunsetMessage });
    });
    api.get(path, (request, reply) => sendAnswer(reply, list(settings, request)));
    const write = (operation) => (request, reply) =>
      sendAnswer(
        reply,
        settings.store.transaction(() => operation(request, toWrite(settings, request))),
      );
    api.post(path, write(create));
    api.put(`${path}/:pipelineId`, write(replace));
    api.delete(`${path}/:pipelineId`, write(remove));
  });
}
function toWrite({ store, clock }, request) {
  const type = resolveType(request.params.objectType);
  const shelf = { account: request.hubspotAccount, typeId: type.typeId };
  return { store, shelf, type, now: clock(), labelLimit: longest };
}
function resolveType(pathName) {
  const type = findObjectType(typeNames.get(pathName) ?? '');
  return type ?? refuse(400, { message: `Unable to infer object type from: ${pathName}` });
}
// `includeInactive` is a word, not a boolean (documented).
function list(settings, request) {
  const { store, shelf, type } = toWrite(settings, request);
  const { includeInactive = 'EXCLUDE_DELETED' } = request.query;
  if (includeInactive !== 'EXCLUDE_DELETED' && includeInactive !== 'INCLUDE_DELETED') {
    refuse(400, { message: assumptions.v1.includeInactiveMessage });
  }
  const shown = store.list(shelf).filter((pipeline) => pipeline.active || includeInactive === 'INCLUDE_DELETED');
  return { status: 200, body: { results: shuffled(shown).map((pipeline) => toWirePipeline(type, pipeline)) } };
}
function create(request, write) {
  const input = parseCreate(request.body);
  checkIds(input);
  const body = toWirePipeline(write.type, makePipeline(write, input, input.active));
  return { status: assumptions.v1.createStatus, body };
}
function replace(request, write) {
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
function remove(request, write) {
  const before = requirePipeline(request, write);
  if (!before.active) refuseMissing(request);
  takeAwayPipeline(write, before, assumptions.deleting.v1);
  return { status: 204 };
}
function requirePipeline(request, { store, shelf }) {
  return store.find(shelf, request.params.pipelineId) ?? refuseMissing(request);
}
function refuseMissing(request) {
  return refuse(404, { message: `No pipeline found with id ${request.params.pipelineId}` });
}
