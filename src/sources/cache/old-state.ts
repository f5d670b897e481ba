import { findPipeline } from '../../domain/pipeline-list.ts';
import type { PipelineList } from '../../domain/pipeline-list.ts';
import type { Pipeline, Stage } from '../../domain/pipeline.ts';
import { toRevision } from '../../domain/revision.ts';
import { anyRevision } from './settling.ts';
import type { OldState, ShowsOld } from './settling.ts';

/** What a pipeline or a stage is before a write of it. */
export function toOldState(current: Pipeline | Stage): OldState {
  const stageId = 'stageId' in current ? current.stageId : null;
  return { pipelineId: current.pipelineId, stageId, revision: toRevision(current) };
}

/** That there was no such pipeline before a write made it. */
export function toAbsent({ pipelineId }: { readonly pipelineId: string }): OldState {
  return { pipelineId, stageId: null, revision: null };
}

/** Whether a kept list, or one pipeline that is kept under its id, shows what was before a write; an absent one is null. */
export const showsOld: ShowsOld = (value, key, { pipelineId, stageId, revision }) => {
  const isList = typeof value === 'object' && value !== null && 'pipelines' in value;
  if (!isList && key !== pipelineId) return false;
  const pipeline = isList ? findShown(value as PipelineList, pipelineId) : (value as Pipeline | null);
  if (revision === anyRevision) return true;
  if (pipeline === null) return revision === null;
  const shown = stageId === null ? pipeline : pipeline.stages.find((stage) => stage.stageId === stageId);
  return shown !== undefined && revision !== null && toRevision(shown) === revision;
};

function findShown(list: PipelineList, pipelineId: string): Pipeline | null {
  const lookUp = findPipeline(list, pipelineId);
  return lookUp.kind === 'found' ? lookUp.value : null;
}
