import type { StageKey } from '../../domain/ids.ts';
import type { Stage } from '../../domain/pipeline.ts';
import type { StageWrites } from '../parts.ts';
import type { Call } from '../source.ts';
import { toPipelineSubject, toStageSubject } from '../upstream/subject.ts';
import { addStage, changeStage, isInOrder, removeStage, reorderStages } from '../whole-pipeline.ts';
import type { NextStage } from '../whole-pipeline.ts';
import { nothingMoved } from '../write-results.ts';
import type { Archived, Replaced } from '../write-results.ts';
import { amongActive, withoutInactive } from './active-stages.ts';
import { toArchived } from './archived.ts';
import { paths } from './connection.ts';
import type { OrganizationConnection } from './connection.ts';
import { edit, unchanged } from './edit.ts';
import { wireReassigned } from './wire.ts';

/** What the API can write of a stage: each change edits its pipeline, but for one whose records are to be moved. */
export function createStageWrites(connection: OrganizationConnection): StageWrites {
  const editStages = async (stage: Stage, stages: readonly NextStage[], call: Call): Promise<Replaced> =>
    edit(connection, stage.pipeline, { ...unchanged, stages }, toStageSubject(stage), call);

  return {
    async createStage(_objectType, current, draft, call) {
      const stages = addStage(withoutInactive(current), draft);
      const { migrations } = await edit(
        connection,
        current,
        { ...unchanged, stages },
        toPipelineSubject(current),
        call,
      );
      return { stageId: null, migrations };
    },

    replaceStage: async (_objectType, current, draft, call) =>
      editStages(current, changeStage(amongActive(current), draft), call),

    patchStage: async (_objectType, current, patch, call) =>
      editStages(current, changeStage(amongActive(current), patch), call),

    async reorderStages(_objectType, current, stageIds, call) {
      const active = withoutInactive(current);
      const order = stageIds.filter((stageId) => active.stages.some((stage) => stage.stageId === stageId));
      if (isInOrder(active, order)) return nothingMoved;
      const stages = reorderStages(active, order);
      return edit(connection, current, { ...unchanged, stages }, toPipelineSubject(current), call);
    },

    async archiveStage(_objectType, current, { moveRecordsTo }, call) {
      if (moveRecordsTo !== null) return reassign(connection, current, moveRecordsTo, call);
      const { migrations } = await editStages(current, removeStage(amongActive(current)), call);
      return { moved: null, migrations };
    },
  };
}

/** Removes a stage whose records another one takes. */
async function reassign(
  { upstream }: OrganizationConnection,
  current: Stage,
  target: StageKey,
  call: Call,
): Promise<Archived & Replaced> {
  const toLabel = current.pipeline.stages.find(({ stageId }) => stageId === target.stageId)?.label ?? '';
  const body = { sourceStageId: current.stageId, targetStageId: target.stageId };
  const request = { method: 'POST', path: paths.reassign, body } as const;
  const parse = (answer: unknown) => wireReassigned.parse(answer);
  const answer = await upstream.write(request, toStageSubject(current), parse, call);
  const recordCount = answer?.recordsTransferred;
  return {
    ...toArchived(target, target.stageId, recordCount),
    migrations: recordCount === undefined ? [] : [{ fromLabel: current.label, toLabel, recordCount }],
  };
}
