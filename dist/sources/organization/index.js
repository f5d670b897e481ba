import { toPipelineGlobalId, toStageGlobalId } from '../../ids.js';
import { PipelineFault } from '../../problem.js';
import { brokenContract, createUpstream, newIdUnknown } from '../upstream.js';
import { addStage, changeStage, draftStages, isInOrder, removeStage, reorderStages } from '../whole-pipeline.js';
import { toPipelineList } from './list.js';
import { isIdRefused, readOrganizationRefusal, toStageInUse } from './refusal.js';
import {
  readPipeline,
  toMigrations,
  toRenames,
  toWireStage,
  wireCreated,
  wireDeleted,
  wireEdited,
  wireReassigned,
} from './wire.js';
/** That of a create is not documented. */
const paths = {
  pipelines: ['api', 'pipelines'],
  create: ['api', 'pipelines', 'create'],
  reassign: ['api', 'pipelines', 'stages', 'reassign'],
};
/** The organization API: one default pipeline for each type, and others that can be reached by their ids only. */
export function createOrganizationSource(settings) {
  const { name: sourceName } = settings;
  const upstream = createUpstream(sourceName, settings.url, readOrganizationRefusal);
  const source = {
    name: sourceName,
    kind: 'ORGANIZATION',
    apiVersion: '1',
    sunsetAt: null,
    objectTypes: settings.objectTypes.map(toObjectType),
    capabilities: [
      ...['CREATE_PIPELINE', 'REPLACE_PIPELINE', 'PATCH_PIPELINE', 'ARCHIVE_PIPELINE'],
      ...['CREATE_STAGE', 'REPLACE_STAGE', 'PATCH_STAGE', 'ARCHIVE_STAGE', 'MOVE_RECORDS'],
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
      return read(objectType, pipelineId, toPipelineSubject(key), call).catch((error) => {
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
      const request = { method: 'POST', path: paths.create, query: { type }, body };
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
      };
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
      const request = { method: 'POST', path: paths.reassign, body };
      const subject = toStageSubject(current);
      const answer = await upstream.write(request, subject, (text) => wireReassigned.parse(text), call);
      return toArchived(moveRecordsTo, moveRecordsTo.stageId, answer?.recordsTransferred);
    },
    close: () => upstream.close(),
  };
  /** Null asks for the default pipeline. Nothing says that an unknown id does not too, so the answer must have the id. */
  async function read(type, pipelineId, subject, call) {
    const query = pipelineId === null ? { type } : { type, pipelineId };
    const parse = (body) => readPipeline(body, sourceName, type);
    const pipeline = await upstream.read({ path: paths.pipelines, query }, subject, parse, call);
    return pipelineId === null || pipeline?.pipelineId === pipelineId ? pipeline : null;
  }
  /** Without an id the API would edit the default pipeline, so it always gets one. Gives its counts of moved records. */
  async function edit(current, { label, description, stages }, subject, call) {
    const renames = toRenames(stages ?? []);
    const body = {
      pipelineId: current.pipelineId,
      ...(label === null ? {} : { name: label }),
      ...(description === null ? {} : { description }),
      ...(stages === null ? {} : { pipelineStages: stages.map(toWireStage) }),
      ...(renames.length === 0 ? {} : { stages: renames }),
    };
    const request = { method: 'POST', path: paths.pipelines, query: { type: current.objectType }, body };
    return (await upstream.write(request, subject, (answer) => wireEdited.parse(answer), call)) ?? {};
  }
  async function editStages(stage, stages, call) {
    await edit(stage.pipeline, { ...unchanged, stages }, toStageSubject(stage), call);
  }
  return source;
}
const unchanged = { label: null, description: null, stages: null };
/** Sent for a new stage whose colour is left out, as nothing says that the API does without one. */
const defaultColor = '#6B7280';
function toObjectType(name) {
  return { name, maxStages: null, maxLabelLength: null, metaField: 'color', newStageMeta: { color: defaultColor } };
}
/** A pipeline has at least one stage, so one without any did not show them, and a list that lacks them would remove them. */
function requireStages({ stages, sourceName }) {
  if (stages.length === 0) throw new PipelineFault([brokenContract(null)], sourceName);
}
/** Nothing is known to have moved where nothing was to move, or where the answer does not say so. */
function toArchived(target, stageId, recordCount) {
  if (target === null || stageId === undefined || recordCount === undefined) return { moved: null };
  const { sourceName, objectType, pipelineId } = target;
  return { moved: { to: { sourceName, objectType, pipelineId, stageId }, recordCount } };
}
function toPipelineSubject(key) {
  return { id: toPipelineGlobalId(key) };
}
function toStageSubject(key) {
  return { id: toStageGlobalId(key) };
}
