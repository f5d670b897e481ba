import { toPipelineGlobalId, toStageGlobalId } from '../../domain/ids.ts';
import type { PipelineKey } from '../../domain/ids.ts';
import { orderAfterLast } from '../../domain/pipeline.ts';
import type { Pipeline, Stage } from '../../domain/pipeline.ts';
import { maxV1LabelLength, toObjectType } from '../hubspot-api/object-types.ts';
import { readHubSpotRateLimits } from '../hubspot-api/rate-limits.ts';
import { readHubSpotRejection } from '../hubspot-api/rejection.ts';
import { hubSpotRetryPolicy } from '../hubspot-api/retry-policy.ts';
import type { Call, ObjectType, PipelineSource } from '../source.ts';
import type { Subject } from '../upstream/subject.ts';
import type { PathSegment } from '../upstream/transport.ts';
import { createUpstream, ignoreAnswer, listNotFound, newIdUnknown } from '../upstream/upstream.ts';
import type { UpstreamOptions } from '../upstream/upstream.ts';
import {
  addStage,
  changeStage,
  draftStages,
  isInOrder,
  keepStages,
  removeStage,
  reorderStages,
} from '../whole-pipeline.ts';
import type { NextStage } from '../whole-pipeline.ts';
import type { HubSpotV1Settings } from './settings.ts';
import { maxIdLength, newIdPattern, withStageIds } from './stage-ids.ts';
import { readPipelineList, toWireStage, wireCreated } from './wire.ts';

/** The path's first segments. */
const prefix = ['crm-pipelines', 'v1', 'pipelines'];

/**
 * HubSpot's crm-pipelines v1 API, which HubSpot retires in December 2026. It lists, creates, replaces and deletes whole
 * pipelines and nothing else, so one pipeline is read from the list, and each change is a replacement of the whole. It
 * cannot be asked whether records are in a stage.
 */
export function createHubSpotV1Source(settings: HubSpotV1Settings, upstreamOptions: UpstreamOptions): PipelineSource {
  const { name: sourceName } = settings;
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
  const pipelinePath = ({ objectType, pipelineId }: PipelineKey): readonly PathSegment[] => [
    ...prefix,
    { objectType },
    { pipelineId },
  ];

  const source: PipelineSource = {
    name: sourceName,
    kind: 'HUBSPOT_LEGACY',
    apiVersion: 'v1',
    sunsetAt: '2026-12-04T00:00:00.000Z',
    objectTypes: settings.objectTypes.map(toV1ObjectType),
    capabilities: [
      ...(['LIST_PIPELINES', 'CREATE_PIPELINE', 'REPLACE_PIPELINE', 'PATCH_PIPELINE', 'ARCHIVE_PIPELINE'] as const),
      ...(['CREATE_STAGE', 'REPLACE_STAGE', 'PATCH_STAGE', 'ARCHIVE_STAGE'] as const),
    ],
    credential: settings.credential,
    inputRules: {
      maxLabelLength: maxV1LabelLength,
      newIds: { maxPipelineId: maxIdLength, maxStageId: maxIdLength, pattern: newIdPattern },
      pipelineFields: { description: false, isDefault: false, displayOrder: true },
      trimsLabels: false,
      hasUpdatedAt: true,
    },

    async listPipelines(objectType, { includeArchived }, call) {
      const request = {
        path: [...prefix, { objectType: objectType.name }],
        query: { includeInactive: includeArchived ? 'INCLUDE_DELETED' : 'EXCLUDE_DELETED' },
      };
      const parse = (body: unknown) => readPipelineList(body, sourceName, objectType);
      return (await upstream.read(request, { id: null }, parse, call)) ?? listNotFound;
    },

    async readPipeline({ objectType, pipelineId }, call) {
      const options = { includeArchived: false };
      const { pipelines } = await source.listPipelines(toV1ObjectType(objectType), options, call);
      return pipelines.find((pipeline) => pipeline.pipelineId === pipelineId) ?? null;
    },

    async createPipeline(objectType, draft, call) {
      const needsList = draft.displayOrder === null || draft.comesBack || lacksIds(draft.stages);
      const existing = needsList ? await listAll(objectType, call) : [];
      const active = existing.filter((pipeline) => !pipeline.archived);
      const former = draft.comesBack
        ? existing.find((it) => it.archived && it.pipelineId === draft.pipelineId)
        : undefined;
      if (former !== undefined) {
        await put(former, { ...draft, stages: draftStages(draft.stages, former) }, { id: null }, call);
        return { pipelineId: former.pipelineId };
      }
      const body = {
        label: draft.label,
        displayOrder: draft.displayOrder ?? orderAfterLast(active),
        active: true,
        stages: withStageIds(draftStages(draft.stages, null), toTakenIds(existing)).map(toWireStage),
        ...(draft.pipelineId === null ? {} : { pipelineId: draft.pipelineId }),
      };
      const request = { method: 'POST', path: [...prefix, { objectType: objectType.name }], body } as const;
      const created = await upstream.write(request, { id: null }, (answer) => wireCreated.parse(answer), call);
      return { pipelineId: created?.pipelineId ?? draft.pipelineId ?? newIdUnknown(sourceName) };
    },

    async replacePipeline(current, draft, _options, call) {
      const stages = draftStages(draft.stages, current);
      await put(current, { ...draft, stages }, toPipelineSubject(current), call);
      return { migrations: [] };
    },

    async patchPipeline(target, patch, call) {
      const current = await target.read();
      await put(current, { ...patch, stages: keepStages(current) }, toPipelineSubject(current), call);
    },

    async archivePipeline(current, _options, call) {
      const request = { method: 'DELETE', path: pipelinePath(current) } as const;
      await upstream.write(request, toPipelineSubject(current), ignoreAnswer, call);
      return { moved: null };
    },

    async createStage(current, draft, call) {
      const stages = addStage(current, draft);
      const sent = await put(current, { stages }, toPipelineSubject(current), call);
      return { stageId: sent.find((stage) => stage.current === null)?.stageId ?? null };
    },

    async replaceStage(current, draft, call) {
      await putStages(current, changeStage(current, draft), call);
    },

    async patchStage(current, patch, call) {
      await putStages(current, changeStage(current, patch), call);
    },

    async reorderStages(current, stageIds, call) {
      if (isInOrder(current, stageIds)) return;
      await put(current, { stages: reorderStages(current, stageIds) }, toPipelineSubject(current), call);
    },

    async archiveStage(current, _options, call) {
      await putStages(current, removeStage(current), call);
      return { moved: null };
    },

    ...upstream.controls,
  };

  /** Makes the pipeline what `next` says, and gives its stages with all their ids. */
  async function put(current: Pipeline, next: NextPipeline, subject: Subject, call: Call) {
    const { label, displayOrder } = next;
    const existing = lacksIds(next.stages) ? await listAll(toV1ObjectType(current.objectType), call) : [];
    const stages = withStageIds(next.stages, toTakenIds(existing));
    const body = {
      label: label ?? current.label,
      displayOrder: displayOrder ?? current.displayOrder,
      active: true,
      stages: stages.map(toWireStage),
    };
    await upstream.write({ method: 'PUT', path: pipelinePath(current), body }, subject, ignoreAnswer, call);
    return stages;
  }

  async function putStages(stage: Stage, stages: readonly NextStage[], call: Call): Promise<void> {
    await put(stage.pipeline, { stages }, { id: toStageGlobalId(stage) }, call);
  }

  /** Deleted pipelines too: their stages' ids are still taken. */
  async function listAll(objectType: ObjectType, call: Call): Promise<readonly Pipeline[]> {
    return (await source.listPipelines(objectType, { includeArchived: true }, { ...call, reading: 'alone' })).pipelines;
  }

  return source;
}

/** The state that a pipeline is to have; what is absent or null stays as it is. */
interface NextPipeline {
  readonly label?: string | null;
  readonly displayOrder?: number | null;
  readonly stages: readonly NextStage[];
}

function toV1ObjectType(name: string): ObjectType {
  return { ...toObjectType(name), maxLabelLength: maxV1LabelLength };
}

/** v1 wants an id for every stage (documented), and one that no other stage of the object type has. */
function lacksIds(stages: readonly { readonly stageId: string | null }[]): boolean {
  return stages.some(({ stageId }) => stageId === null);
}

function toTakenIds(pipelines: readonly Pipeline[]): readonly string[] {
  return pipelines.flatMap(({ stages }) => stages.map(({ stageId }) => stageId));
}

function toPipelineSubject(key: PipelineKey): Subject {
  return { id: toPipelineGlobalId(key) };
}
