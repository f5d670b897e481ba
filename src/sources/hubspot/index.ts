import { toPipelineGlobalId, toStageGlobalId } from '../../domain/ids.ts';
import type { PipelineKey, StageKey } from '../../domain/ids.ts';
import { orderAfterLast } from '../../domain/pipeline.ts';
import { afterWrite, PipelineFault, upstreamProblem } from '../../domain/problems.ts';
import { toObjectType } from '../hubspot-api/object-types.ts';
import { readHubSpotRateLimits } from '../hubspot-api/rate-limits.ts';
import { readHubSpotRejection } from '../hubspot-api/rejection.ts';
import { hubSpotRetryPolicy } from '../hubspot-api/retry-policy.ts';
import { toHubSpotMeta } from '../hubspot-api/stage-meta.ts';
import type { Call, PipelineSource, StageDraft, WriteOptions } from '../source.ts';
import type { Subject } from '../upstream/subject.ts';
import { createUpstream, ignoreAnswer, listNotFound, newIdUnknown } from '../upstream/upstream.ts';
import type { UpstreamOptions } from '../upstream/upstream.ts';
import { readAuditEntries } from './audit.ts';
import { toMoves } from './reorder.ts';
import type { HubSpotSettings } from './settings.ts';
import { pathPrefixes } from './versions.ts';
import { readPipeline, readPipelineList, wireCreated } from './wire.ts';

/** HubSpot's CRM pipelines API: v3 and the date versions, which share one form. Its write answers echo the request. */
export function createHubSpotSource(settings: HubSpotSettings, upstreamOptions: UpstreamOptions): PipelineSource {
  const { name: sourceName, apiVersion } = settings;
  const prefix = pathPrefixes[apiVersion];
  const upstream = createUpstream(
    {
      sourceName,
      baseUrl: settings.url,
      readRejection: readHubSpotRejection,
      retryPolicy: hubSpotRetryPolicy,
      probe: { path: [...prefix, { objectType: settings.objectTypes[0] ?? '' }] },
      readRateLimits: readHubSpotRateLimits,
      rateLimits: settings.rateLimits,
    },
    upstreamOptions,
  );
  const pipelinePath = ({ objectType, pipelineId }: PipelineKey) => [...prefix, { objectType }, { pipelineId }];
  const stagePath = (key: StageKey) => [...pipelinePath(key), 'stages', { stageId: key.stageId }];

  const source: PipelineSource = {
    name: sourceName,
    kind: 'HUBSPOT',
    apiVersion,
    sunsetAt: null,
    objectTypes: settings.objectTypes.map(toObjectType),
    capabilities: [
      ...(['LIST_PIPELINES', 'CREATE_PIPELINE', 'REPLACE_PIPELINE', 'PATCH_PIPELINE', 'ARCHIVE_PIPELINE'] as const),
      ...(['CREATE_STAGE', 'REPLACE_STAGE', 'PATCH_STAGE', 'ARCHIVE_STAGE', 'READ_AUDIT'] as const),
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
      const parse = (body: unknown) => readPipelineList(body, sourceName, objectType);
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
      const request = { method: 'POST', path: [...prefix, { objectType: objectType.name }], body } as const;
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
      const request = { method: 'PUT', path: pipelinePath(current), query: validation(options), body } as const;
      await upstream.write(request, toPipelineSubject(current), ignoreAnswer, call);
      return { migrations: [] };
    },

    async patchPipeline({ key }, { label, displayOrder }, call) {
      const body = { ...(label === null ? {} : { label }), ...(displayOrder === null ? {} : { displayOrder }) };
      const query = validation({ validateReferences: true });
      const request = { method: 'PATCH', path: pipelinePath(key), query, body } as const;
      await upstream.write(request, toPipelineSubject(key), ignoreAnswer, call);
    },

    async archivePipeline(current, options, call) {
      const request = { method: 'DELETE', path: pipelinePath(current), query: validation(options) } as const;
      await upstream.write(request, toPipelineSubject(current), ignoreAnswer, call);
      return { moved: null };
    },

    async createStage(current, draft, call) {
      const request = {
        method: 'POST',
        path: [...pipelinePath(current), 'stages'],
        body: toNewStage(draft, orderAfterLast(current.stages)),
      } as const;
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
      const request = { method: 'PUT', path: stagePath(current), body } as const;
      await upstream.write(request, toStageSubject(current), ignoreAnswer, call);
    },

    async patchStage(current, { label, displayOrder, meta }, call) {
      const body = {
        ...(label === null ? {} : { label }),
        ...(displayOrder === null ? {} : { displayOrder }),
        // HubSpot's OpenAPI file requires metadata here, so the whole of it is sent.
        metadata: toHubSpotMeta(current.meta, meta),
      };
      const request = { method: 'PATCH', path: stagePath(current), body } as const;
      await upstream.write(request, toStageSubject(current), ignoreAnswer, call);
    },

    async reorderStages(current, stageIds, call) {
      for (const [index, { stageId, displayOrder }] of toMoves(current.stages, stageIds).entries()) {
        const stage = current.stages.find((candidate) => candidate.stageId === stageId);
        if (stage === undefined) continue;
        await source.patchStage(stage, { label: null, displayOrder, meta: null }, call).catch((error: unknown) => {
          throw index > 0 && error instanceof PipelineFault ? afterWrite(error) : error;
        });
      }
    },

    async archiveStage(current, { validateReferences }, call) {
      const query = { validateReferencesBeforeDelete: validateReferences };
      const request = { method: 'DELETE', path: stagePath(current), query } as const;
      await upstream.write(request, toStageSubject(current), ignoreAnswer, call);
      await proveStageIsGone(source, current, call);
      return { moved: null };
    },

    ...upstream.controls,
  };
  return source;
}

/** Both flags, always: which of the two HubSpot honours depends on the object type, and the defaults on the version. */
function validation({ validateReferences }: WriteOptions): Record<string, boolean> {
  return {
    validateDealStageUsagesBeforeDelete: validateReferences,
    validateReferencesBeforeDelete: validateReferences,
  };
}

function toNewStage({ stageId, label, displayOrder, meta }: StageDraft, index: number) {
  return {
    ...(stageId === null ? {} : { stageId }),
    label,
    displayOrder: displayOrder ?? index,
    metadata: toHubSpotMeta(null, meta),
  };
}

/** HubSpot requires a displayOrder and refuses -1, so the last one is looked up. */
async function nextDisplayOrder(source: PipelineSource, objectType: string, call: Call): Promise<number> {
  const list = await source.listPipelines(
    toObjectType(objectType),
    { includeArchived: false },
    { ...call, reading: 'alone' },
  );
  return orderAfterLast(list.pipelines);
}

/** The stage DELETE answers 204 for anything, even for a stage that it left alone; only a read shows what happened. */
async function proveStageIsGone(source: PipelineSource, stage: StageKey, call: Call): Promise<void> {
  const pipeline = await source.readPipeline(stage, { ...call, reading: 'alone' }).catch((error: unknown) => {
    throw error instanceof PipelineFault ? afterWrite(error) : error;
  });
  if (pipeline?.stages.some((other) => other.stageId === stage.stageId) !== true) return;
  const message = 'The upstream acknowledged the removal, but a read still shows the stage.';
  const problem = upstreamProblem('UPSTREAM_OUTCOME_UNKNOWN', message, { mayHaveBeenApplied: true });
  throw new PipelineFault([problem], stage.sourceName);
}

function toPipelineSubject(key: PipelineKey): Subject {
  return { id: toPipelineGlobalId(key) };
}

function toStageSubject(key: StageKey): Subject {
  return { id: toStageGlobalId(key) };
}
