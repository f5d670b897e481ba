import { toPipelineGlobalId, toStageGlobalId } from '../../ids.js';
import { orderAfterLast } from '../../model.js';
import { afterWrite, PipelineFault, upstreamProblem } from '../../problem.js';
import { createUpstream, ignoreAnswer, listNotFound, newIdUnknown } from '../upstream.js';
import { readAuditEntries } from './audit.js';
import { toObjectType } from './object-types.js';
import { readHubSpotRefusal } from './refusal.js';
import { toMoves } from './reorder.js';
import { toHubSpotMeta } from './stage-meta.js';
import { pathPrefixes } from './versions.js';
import { readPipeline, readPipelineList, wireCreated } from './wire.js';
/** HubSpot's CRM pipelines API: v3 and the date versions, which share one form. Its write answers echo the request. */
export function createHubSpotSource(settings) {
  const { name: sourceName, apiVersion } = settings;
  const prefix = pathPrefixes[apiVersion];
  const upstream = createUpstream(sourceName, settings.url, readHubSpotRefusal);
  const pipelinePath = ({ objectType, pipelineId }) => [...prefix, { objectType }, { pipelineId }];
  const stagePath = (key) => [...pipelinePath(key), 'stages', { stageId: key.stageId }];
  const source = {
    name: sourceName,
    kind: 'HUBSPOT',
    apiVersion,
    sunsetAt: null,
    objectTypes: settings.objectTypes.map(toObjectType),
    capabilities: [
      ...['LIST_PIPELINES', 'CREATE_PIPELINE', 'REPLACE_PIPELINE', 'PATCH_PIPELINE', 'ARCHIVE_PIPELINE'],
      ...['CREATE_STAGE', 'REPLACE_STAGE', 'PATCH_STAGE', 'ARCHIVE_STAGE', 'READ_AUDIT'],
    ],
    credential: settings.credential,
    inputRules: {
      // HubSpot states no bound for labels in these versions; this one is the gateway's own.
      maxLabelLength: 255,
      newIds: { maxPipelineId: 36, maxStageId: 100, pattern: null },
      pipelineFields: { description: false, isDefault: false, displayOrder: true },
      trimsLabels: false,
      hasUpdatedAt: true,
    },
    async listPipelines(objectType, _options, call) {
      const path = [...prefix, { objectType: objectType.name }];
      const parse = (body) => readPipelineList(body, sourceName, objectType);
      const subject = { id: null };
      return (await upstream.read({ path }, subject, parse, call)) ?? listNotFound;
    },
    readPipeline: (key, call) =>
      upstream.read(
        { path: pipelinePath(key) },
        toPipelineSubject(key),
        (body) => readPipeline(body, sourceName, toObjectType(key.objectType)),
        call,
      ),
    readAudit: (key, call) =>
      upstream.read(
        { path: [...('stageId' in key ? stagePath(key) : pipelinePath(key)), 'audit'] },
        toPipelineSubject(key),
        (body) => readAuditEntries(body, key, toObjectType(key.objectType)),
        call,
      ),
    async createPipeline(objectType, draft, call) {
      const body = {
        label: draft.label,
        displayOrder: draft.displayOrder ?? (await nextDisplayOrder(source, objectType.name, call)),
        stages: draft.stages.map((stage, index) => toNewStage(stage, index)),
        ...(draft.pipelineId === null ? {} : { pipelineId: draft.pipelineId }),
      };
      const request = { method: 'POST', path: [...prefix, { objectType: objectType.name }], body };
      const subject = { id: null };
      const created = await upstream.write(request, subject, (answer) => wireCreated.parse(answer), call);
      return { pipelineId: created?.id ?? draft.pipelineId ?? newIdUnknown(sourceName) };
    },
    async replacePipeline(current, draft, options, call) {
      const stages = new Map(current.stages.map((stage) => [stage.stageId, stage]));
      const body = {
        label: draft.label,
        displayOrder: draft.displayOrder ?? current.displayOrder,
        stages: draft.stages.map((stage, index) => ({
          ...toNewStage(stage, index),
          metadata: toHubSpotMeta(stages.get(stage.stageId ?? '')?.meta ?? null, stage.meta),
        })),
      };
      const request = { method: 'PUT', path: pipelinePath(current), query: validation(options), body };
      await upstream.write(request, toPipelineSubject(current), ignoreAnswer, call);
      return { migrations: [] };
    },
    async patchPipeline({ key }, { label, displayOrder }, call) {
      const body = { ...(label === null ? {} : { label }), ...(displayOrder === null ? {} : { displayOrder }) };
      const query = validation({ validateReferences: true });
      const request = { method: 'PATCH', path: pipelinePath(key), query, body };
      await upstream.write(request, toPipelineSubject(key), ignoreAnswer, call);
    },
    async archivePipeline(current, options, call) {
      const request = { method: 'DELETE', path: pipelinePath(current), query: validation(options) };
      await upstream.write(request, toPipelineSubject(current), ignoreAnswer, call);
      return { moved: null };
    },
    async createStage(current, draft, call) {
      const request = {
        method: 'POST',
        path: [...pipelinePath(current), 'stages'],
        body: toNewStage(draft, orderAfterLast(current.stages)),
      };
      const created = await upstream.write(
        request,
        toPipelineSubject(current),
        (answer) => wireCreated.parse(answer),
        call,
      );
      return { stageId: created?.id ?? draft.stageId ?? newIdUnknown(sourceName) };
    },
    async replaceStage(current, { label, displayOrder, meta }, call) {
      const metadata = toHubSpotMeta(current.meta, meta);
      const body = { label, displayOrder: displayOrder ?? current.displayOrder, metadata };
      const request = { method: 'PUT', path: stagePath(current), body };
      await upstream.write(request, toStageSubject(current), ignoreAnswer, call);
    },
    async patchStage(current, { label, displayOrder, meta }, call) {
      const body = {
        ...(label === null ? {} : { label }),
        ...(displayOrder === null ? {} : { displayOrder }),
        // HubSpot's OpenAPI file requires metadata here, so the whole of it is sent.
        metadata: toHubSpotMeta(current.meta, meta),
      };
      const request = { method: 'PATCH', path: stagePath(current), body };
      await upstream.write(request, toStageSubject(current), ignoreAnswer, call);
    },
    async reorderStages(current, stageIds, call) {
      for (const [index, { stageId, displayOrder }] of toMoves(current.stages, stageIds).entries()) {
        const stage = current.stages.find((candidate) => candidate.stageId === stageId);
        if (stage === undefined) continue;
        await source.patchStage(stage, { label: null, displayOrder, meta: null }, call).catch((error) => {
          throw index > 0 && error instanceof PipelineFault ? afterWrite(error) : error;
        });
      }
    },
    async archiveStage(current, { validateReferences }, call) {
      const query = { validateReferencesBeforeDelete: validateReferences };
      const request = { method: 'DELETE', path: stagePath(current), query };
      await upstream.write(request, toStageSubject(current), ignoreAnswer, call);
      await proveStageIsGone(source, current, call);
      return { moved: null };
    },
    close: () => upstream.close(),
  };
  return source;
}
/** Both flags, always: which of the two HubSpot honours depends on the object type, and the defaults on the version. */
function validation({ validateReferences }) {
  return {
    validateDealStageUsagesBeforeDelete: validateReferences,
    validateReferencesBeforeDelete: validateReferences,
  };
}
function toNewStage({ stageId, label, displayOrder, meta }, place) {
  return {
    ...(stageId === null ? {} : { stageId }),
    label,
    displayOrder: displayOrder ?? place,
    metadata: toHubSpotMeta(null, meta),
  };
}
/** HubSpot requires a displayOrder and refuses -1, so the last one is looked up. */
async function nextDisplayOrder(source, objectType, call) {
  const list = await source.listPipelines(
    toObjectType(objectType),
    { includeArchived: false },
    { ...call, fresh: true },
  );
  return orderAfterLast(list.pipelines);
}
/** The stage DELETE answers 204 for anything, even for a stage that it left alone; only a read shows what happened. */
async function proveStageIsGone(source, stage, call) {
  const pipeline = await source.readPipeline(stage, { ...call, fresh: true }).catch((error) => {
    throw error instanceof PipelineFault ? afterWrite(error) : error;
  });
  if (pipeline?.stages.some((other) => other.stageId === stage.stageId) !== true) return;
  const message = 'The upstream acknowledged the removal, but a read still shows the stage.';
  const problem = upstreamProblem('UPSTREAM_OUTCOME_UNKNOWN', message, { mayHaveBeenApplied: true });
  throw new PipelineFault([problem], stage.sourceName);
}
function toPipelineSubject(key) {
  return { id: toPipelineGlobalId(key) };
}
function toStageSubject(key) {
  return { id: toStageGlobalId(key) };
}
