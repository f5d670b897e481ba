import type { StageWrites } from '../parts.ts';
import { toNewStageSubject, toPipelineSubject, toStageSubject } from '../upstream/subject.ts';
import { addStage, changeStage, isInOrder, removeStage, reorderStages } from '../whole-pipeline.ts';
import { nothingMoved } from '../write-results.ts';
import type { ReplaceWhole } from './replacement.ts';

/** What v1 can write of a stage: nothing, so each change replaces its pipeline. */
export function createStageWrites(replace: ReplaceWhole): StageWrites {
  return {
    async createStage(objectType, current, draft, call) {
      const stages = addStage(current, draft);
      const subject = toNewStageSubject(current, draft.stageId);
      const sent = await replace(objectType, current, { stages }, subject, call);
      return { stageId: sent.find((stage) => stage.current === null)?.stageId ?? null, ...nothingMoved };
    },

    async replaceStage(objectType, current, draft, call) {
      const stages = changeStage(current, draft);
      await replace(objectType, current.pipeline, { stages }, toStageSubject(current), call);
      return nothingMoved;
    },

    async patchStage(objectType, current, patch, call) {
      const stages = changeStage(current, patch);
      await replace(objectType, current.pipeline, { stages }, toStageSubject(current), call);
      return nothingMoved;
    },

    async reorderStages(objectType, current, stageIds, call) {
      if (isInOrder(current, stageIds)) return nothingMoved;
      const stages = reorderStages(current, stageIds);
      await replace(objectType, current, { stages }, toPipelineSubject(current), call);
      return nothingMoved;
    },

    async archiveStage(objectType, current, _options, call) {
      const stages = removeStage(current);
      await replace(objectType, current.pipeline, { stages }, toStageSubject(current), call);
      return { moved: null, ...nothingMoved };
    },
  };
}
