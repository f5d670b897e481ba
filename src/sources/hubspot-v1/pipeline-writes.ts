import type { PipelineList } from '../../domain/pipeline-list.ts';
import { orderAfterLast } from '../../domain/pipeline.ts';
import type { Pipeline } from '../../domain/pipeline.ts';
import { PipelineFault } from '../../domain/problems.ts';
import type { Problem } from '../../domain/problems.ts';
import type { PipelineWrites, SourceReads } from '../parts.ts';
import type { NewPipeline } from '../source.ts';
import { noSubject, toNewPipelineSubject, toPipelineSubject, toReplacedSubject } from '../upstream/subject.ts';
import { ignoreAnswer, newIdUnknown } from '../upstream/upstream.ts';
import { draftStages, keepStages } from '../whole-pipeline.ts';
import { nothingMoved } from '../write-results.ts';
import { toListPath, toPipelinePath } from './connection.ts';
import type { HubSpotV1Connection } from './connection.ts';
import { lacksIds, listAll, noPipelines, toTakenIds } from './replacement.ts';
import type { ReplaceWhole } from './replacement.ts';
import { withStageIds } from './stage-ids.ts';
import { readCreatedId, toWireStage } from './wire.ts';

/** What v1 can write of a pipeline: it creates, replaces and deletes whole ones, and each change is a replacement. */
export function createPipelineWrites(
  { sourceName, upstream }: HubSpotV1Connection,
  reads: SourceReads,
  replace: ReplaceWhole,
): PipelineWrites {
  return {
    async createPipeline(objectType, draft, call) {
      const needsList = draft.displayOrder === null || draft.comesBack || lacksIds(draft.stages);
      const existing = needsList ? await listAll(reads, objectType, call) : noPipelines;
      const former = findFormer(existing, draft);
      if (former !== undefined) {
        const next = { ...draft, stages: draftStages(draft.stages, former) };
        if (await isFound(replace(objectType, former, next, noSubject, call))) return { pipelineId: former.pipelineId };
      }
      const request = { method: 'POST', path: toListPath(objectType.name), body: toBody(draft, existing) } as const;
      const createdId = await upstream.write(request, toNewPipelineSubject(draft), readCreatedId, call);
      return { pipelineId: createdId ?? draft.pipelineId ?? newIdUnknown(sourceName) };
    },

    async replacePipeline(objectType, current, draft, _options, call) {
      const stages = draftStages(draft.stages, current);
      await replace(objectType, current, { ...draft, stages }, toReplacedSubject(current, draft.stages), call);
      return nothingMoved;
    },

    async patchPipeline(objectType, current, patch, call) {
      await replace(objectType, current, { ...patch, stages: keepStages(current) }, toPipelineSubject(current), call);
      return nothingMoved;
    },

    async archivePipeline(_objectType, current, _options, call) {
      const request = { method: 'DELETE', path: toPipelinePath(current) } as const;
      await upstream.write(request, toPipelineSubject(current), ignoreAnswer, call);
      return { moved: null };
    },
  };
}

/** The archived pipeline that is to come back, if it is still there. */
function findFormer({ pipelines }: PipelineList, { comesBack, pipelineId }: NewPipeline): Pipeline | undefined {
  if (!comesBack) return undefined;
  return pipelines.find((pipeline) => pipeline.archived && pipeline.pipelineId === pipelineId);
}

/** Whether what a write is about is there: a list may still show what a deletion removed for good. */
async function isFound(writing: Promise<unknown>): Promise<boolean> {
  try {
    await writing;
    return true;
  } catch (error) {
    if (error instanceof PipelineFault && isMissing(error.problems[0])) return false;
    throw error;
  }
}

function isMissing(problem: Problem): boolean {
  return problem.code === 'UPSTREAM_REJECTED' && problem.status === 404;
}

function toBody(draft: NewPipeline, existing: PipelineList) {
  return {
    label: draft.label,
    displayOrder: draft.displayOrder ?? orderAfterLast(existing.pipelines.filter((pipeline) => !pipeline.archived)),
    active: true,
    stages: withStageIds(draftStages(draft.stages, null), toTakenIds(existing)).map(toWireStage),
    ...(draft.pipelineId === null ? {} : { pipelineId: draft.pipelineId }),
  };
}
