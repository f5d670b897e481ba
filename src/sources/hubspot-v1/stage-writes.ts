import type { Stage } from '../../domain/pipeline.ts';
import type { StageWrites } from '../parts.ts';
import type { Call } from '../source.ts';
import { toPipelineSubject, toStageSubject } from '../upstream/subject.ts';
import { addStage, changeStage, isInOrder, removeStage, reorderStages } from '../whole-pipeline.ts';
import type { NextStage } from '../whole-pipeline.ts';
import type { ReplaceWhole } from './replacement.ts';

/** What v1 can write of a stage: nothing, so each change replaces its pipeline. */
export function createStageWrites(replace: ReplaceWhole): StageWrites {
  const replaceStages = async (stage: Stage, stages: readonly NextStage[], call: Call): Promise<void> => {
    await replace(stage.pipeline, { stages }, toStageSubject(stage), call);
  };

  return {
    async createStage(current, draft, call) {
      const stages = addStage(current, draft);
      const sent = await replace(current, { stages }, toPipelineSubject(current), call);
      return { stageId: sent.find((stage) => stage.current === null)?.stageId ?? null };
    },

    replaceStage: async (current, draft, call) => replaceStages(current, changeStage(current, draft), call),

    patchStage: async (current, patch, call) => replaceStages(current, changeStage(current, patch), call),

    async reorderStages(current, stageIds, call) {
      if (isInOrder(current, stageIds)) return;
      await replace(current, { stages: reorderStages(current, stageIds) }, toPipelineSubject(current), call);
    },

    async archiveStage(current, _options, call) {
      await replaceStages(current, removeStage(current), call);
      return { moved: null };
    },
  };
}
