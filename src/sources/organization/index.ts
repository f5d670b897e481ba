import { toPipelineGlobalId, toStageGlobalId } from '../../domain/ids.ts';
import type { PipelineKey, StageKey } from '../../domain/ids.ts';
import type { Pipeline, Stage } from '../../domain/pipeline.ts';
import { PipelineFault } from '../../domain/problems.ts';
import type { Archived, Call, ObjectType, PipelineSource } from '../source.ts';
import type { RetryPolicy } from '../upstream/retry-policy.ts';
import type { Subject } from '../upstream/subject.ts';
import { brokenContract, createUpstream, newIdUnknown } from '../upstream/upstream.ts';
import type { UpstreamOptions } from '../upstream/upstream.ts';
import { addStage, changeStage, draftStages, isInOrder, removeStage, reorderStages } from '../whole-pipeline.ts';
import type { NextStage } from '../whole-pipeline.ts';
import { toPipelineList } from './list.ts';
import { isIdRefused, readOrganizationRejection, toStageInUse } from './rejection.ts';
import type { OrganizationSettings } from './settings.ts';
import {
  readPipeline,
  toMigrations,
  toRenames,
  toWireStage,
  wireCreated,
  wireDeleted,
  wireEdited,
  wireReassigned,
} from './wire.ts';

/** That of a create is not documented. */
const paths = {
  pipelines: ['api', 'pipelines'],
  create: ['api', 'pipelines', 'create'],
  reassign: ['api', 'pipelines', 'stages', 'reassign'],
} as const;

/** The API documents no such status; a lock (423) or a move (477) before it is waited for as elsewhere. */
const retryPolicy: RetryPolicy = {
  delaysMs: new Map([
    [423, 2_000],
    [477, null],
  ]),
  lastingLimits: [],
};

/** The organization API: one default pipeline for each type, and others that can be reached by their ids only. */
export function createOrganizationSource(
  settings: OrganizationSettings,
  upstreamOptions: UpstreamOptions,
): PipelineSource {
  const { name: sourceName } = settings;
  const upstream = createUpstream(
    {
      sourceName,
      baseUrl: settings.url,
      readRejection: readOrganizationRejection,
      retryPolicy,
      probe: { path: paths.pipelines, query: { type: settings.objectTypes[0] ?? '' } },
      rateLimits: settings.rateLimits,
    },
    upstreamOptions,
  );

  const source: PipelineSource = {
    name: sourceName,
    kind: 'ORGANIZATION',
    apiVersion: '1',
    sunsetAt: null,
    objectTypes: settings.objectTypes.map(toObjectType),
    capabilities: [
      ...(['CREATE_PIPELINE', 'REPLACE_PIPELINE', 'PATCH_PIPELINE', 'ARCHIVE_PIPELINE'] as const),
      ...(['CREATE_STAGE', 'REPLACE_STAGE', 'PATCH_STAGE', 'ARCHIVE_STAGE', 'MOVE_RECORDS'] as const),
    ],
    credential: settings.credential,
    inputRules: {
      // The API states no bound for names; this one is the gateway's own.
      maxLabelLength: 255,
      newIds: null,
      pipelineFields: { description: true, isDefault: true, displayOrder: false },
      trimsLabels: true,
      hasUpdatedAt: false,
    },

    async listPipelines({ name: type }, _options, call) {
      const ids = settings.pipelineIds.filter((reference) => reference.type === type).map(({ id }) => id);
      const reads = [null, ...new Set(ids)].map((pipelineId) => read(type, pipelineId, { id: null }, call));
      return toPipelineList(await Promise.allSettled(reads));
    },

    async readPipeline(key, call) {
      const { objectType, pipelineId } = key;
      return read(objectType, pipelineId, toPipelineSubject(key), call).catch((error: unknown) => {
        if (isIdRefused(pipelineId, error)) return null;
        throw error;
      });
    },

    async createPipeline({ name: type }, draft, call) {
      const { description, isDefault } = draft;
      const body = {
        name: draft.label,
        ...(description === null ? {} : { description }),
        ...(isDefault === null ? {} : { isDefault }),
        pipelineStages: draftStages(draft.stages, null).map(toWireStage),
      };
      const request = { method: 'POST', path: paths.create, query: { type }, body } as const;
      const created = await upstream.write(request, { id: null }, (answer) => wireCreated.parse(answer), call);
      return { pipelineId: created?._id ?? newIdUnknown(sourceName) };
    },

    async replacePipeline(current, { label, description, stages: drafts }, _options, call) {
      const stages = draftStages(drafts, current);
      const counts = await edit(current, { label, description, stages }, toPipelineSubject(current), call);
      return { migrations: toMigrations(toRenames(stages), counts) };
    },

    async patchPipeline(target, { label, description }, call) {
      // Read first, as nothing says that an edit of a missing pipeline would not create one.
      const current = await target.read();
      await edit(current, { ...unchanged, label, description }, toPipelineSubject(current), call);
    },

    async archivePipeline(current, { moveRecordsTo }, call) {
      const body = moveRecordsTo === null ? {} : { body: { targetPipelineId: moveRecordsTo.pipelineId } };
      const request = {
        method: 'DELETE',
        path: [...paths.pipelines, { pipelineId: current.pipelineId }],
        ...body,
      } as const;
      const subject = toPipelineSubject(current);
      try {
        const answer = await upstream.write(request, subject, (text) => wireDeleted.parse(text), call);
        return toArchived(moveRecordsTo, answer?.movedToStage.id, answer?.recordsTransferred);
      } catch (error) {
        throw moveRecordsTo === null && current.isDefault === false ? toStageInUse(error) : error;
      }
    },

    async createStage(current, draft, call) {
      requireStages(current);
      await edit(current, { ...unchanged, stages: addStage(current, draft) }, toPipelineSubject(current), call);
      return { stageId: null };
    },

    async replaceStage(current, draft, call) {
      await editStages(current, changeStage(current, draft), call);
    },

    async patchStage(current, patch, call) {
      await editStages(current, changeStage(current, patch), call);
    },

    async reorderStages(current, stageIds, call) {
      if (isInOrder(current, stageIds)) return;
      const stages = reorderStages(current, stageIds);
      await edit(current, { ...unchanged, stages }, toPipelineSubject(current), call);
    },

    async archiveStage(current, { moveRecordsTo }, call) {
      if (moveRecordsTo === null) {
        await editStages(current, removeStage(current), call);
        return { moved: null };
      }
      const body = { sourceStageId: current.stageId, targetStageId: moveRecordsTo.stageId };
      const request = { method: 'POST', path: paths.reassign, body } as const;
      const subject = toStageSubject(current);
      const answer = await upstream.write(request, subject, (text) => wireReassigned.parse(text), call);
      return toArchived(moveRecordsTo, moveRecordsTo.stageId, answer?.recordsTransferred);
    },

    ...upstream.controls,
  };

  /** Null asks for the default pipeline. Nothing says that an unknown id does not too, so the answer must have the id. */
  async function read(type: string, pipelineId: string | null, subject: Subject, call: Call) {
    const query: Readonly<Record<string, string>> = pipelineId === null ? { type } : { type, pipelineId };
    const parse = (body: unknown) => readPipeline(body, sourceName, type);
    const pipeline = await upstream.read({ path: paths.pipelines, query }, subject, parse, call);
    return pipelineId === null || pipeline?.pipelineId === pipelineId ? pipeline : null;
  }

  /** Without an id the API would edit the default pipeline, so it always gets one. Gives its counts of moved records. */
  async function edit(current: Pipeline, { label, description, stages }: Edit, subject: Subject, call: Call) {
    const renames = toRenames(stages ?? []);
    const body = {
      pipelineId: current.pipelineId,
      ...(label === null ? {} : { name: label }),
      ...(description === null ? {} : { description }),
      ...(stages === null ? {} : { pipelineStages: stages.map(toWireStage) }),
      ...(renames.length === 0 ? {} : { stages: renames }),
    };
    const request = { method: 'POST', path: paths.pipelines, query: { type: current.objectType }, body } as const;
    return (await upstream.write(request, subject, (answer) => wireEdited.parse(answer), call)) ?? {};
  }

  async function editStages(stage: Stage, stages: readonly NextStage[], call: Call): Promise<void> {
    await edit(stage.pipeline, { ...unchanged, stages }, toStageSubject(stage), call);
  }

  return source;
}

/** What an edit is to change; null leaves it as it is. */
interface Edit {
  readonly label: string | null;
  readonly description: string | null;
  readonly stages: readonly NextStage[] | null;
}

const unchanged: Edit = { label: null, description: null, stages: null };

/** Sent for a new stage whose colour is left out, as nothing says that the API does without one. */
const defaultColor = '#6B7280';

function toObjectType(name: string): ObjectType {
  return {
    name,
    maxStages: null,
    maxLabelLength: null,
    metaField: 'color',
    newStageMeta: { color: defaultColor },
    stageIdMeanings: {},
    portableLabels: null,
  };
}

/** A pipeline has at least one stage, so one without any did not show them, and a list that lacks them would remove them. */
function requireStages({ stages, sourceName }: Pipeline): void {
  if (stages.length === 0) throw new PipelineFault([brokenContract(null)], sourceName);
}

/** Nothing is known to have moved where nothing was to move, or where the answer does not say so. */
function toArchived(target: PipelineKey | null, stageId?: string, recordCount?: number): Archived {
  if (target === null || stageId === undefined || recordCount === undefined) return { moved: null };
  const { sourceName, objectType, pipelineId } = target;
  return { moved: { to: { sourceName, objectType, pipelineId, stageId }, recordCount } };
}

function toPipelineSubject(key: PipelineKey): Subject {
  return { id: toPipelineGlobalId(key) };
}

function toStageSubject(key: StageKey): Subject {
  return { id: toStageGlobalId(key) };
}
