import type { StageKey } from '../../domain/ids.ts';
import { orderAfterLast } from '../../domain/pipeline.ts';
import type { Pipeline, Stage } from '../../domain/pipeline.ts';
import { afterWrite, PipelineFault, upstreamProblem } from '../../domain/problems.ts';
import { findStage } from '../../domain/unread-stages.ts';
import { toHubSpotMeta } from '../hubspot-api/stage-meta.ts';
import type { SourceReads, StageWrites } from '../parts.ts';
import type { StagePatch } from '../source.ts';
import { toNewStageSubject, toStageSubject } from '../upstream/subject.ts';
import { ignoreAnswer, newIdUnknown } from '../upstream/upstream.ts';
import type { HubSpotConnection } from './connection.ts';
import { toMoves } from './reorder.ts';
import { toValidation } from './validation.ts';
import { readCreatedId, readEcho, toNewStage } from './wire.ts';

/** What HubSpot's API can write of a stage. Its answers echo the request. */
export function createStageWrites({ sourceName, upstream, paths }: HubSpotConnection, reads: SourceReads): StageWrites {
  const patchStage: StageWrites['patchStage'] = async (_objectType, current, patch, call) => {
    const request = { method: 'PATCH', path: paths.stage(current), body: toPatch(current, patch) } as const;
    await upstream.write(request, toStageSubject(current), readEcho, call);
    return { migrations: [] };
  };

  return {
    async createStage(_objectType, current, draft, call) {
      const body = toNewStage(draft, orderAfterLast(current.stages));
      const request = { method: 'POST', path: [...paths.pipeline(current), 'stages'], body } as const;
      const subject = toNewStageSubject(current, draft.stageId);
      const createdId = await upstream.write(request, subject, readCreatedId, call);
      return { stageId: createdId ?? draft.stageId ?? newIdUnknown(sourceName) };
    },

    async replaceStage(_objectType, current, draft, call) {
      const { label, displayOrder } = draft;
      const metadata = toHubSpotMeta(current.meta, draft);
      const body = { label, displayOrder: displayOrder ?? current.displayOrder, metadata };
      const request = { method: 'PUT', path: paths.stage(current), body } as const;
      await upstream.write(request, toStageSubject(current), readEcho, call);
      return { migrations: [] };
    },

    patchStage,

    reorderStages: (objectType, current, stageIds, call) =>
      reorderStages(current, stageIds, (stage, patch) => patchStage(objectType, stage, patch, call)),

    async archiveStage(objectType, current, options, call) {
      const request = { method: 'DELETE', path: paths.stage(current), query: toValidation(options) } as const;
      await upstream.write(request, toStageSubject(current), ignoreAnswer, call);
      await proveStageIsGone(current, () => reads.readPipeline(objectType, current, { ...call, reading: 'alone' }));
      return { moved: null };
    },
  };
}

function toPatch(current: Stage, { label, displayOrder, meta }: StagePatch) {
  return {
    ...(label === null ? {} : { label }),
    ...(displayOrder === null ? {} : { displayOrder }),
    // HubSpot's OpenAPI file requires metadata here, so the whole of it is sent.
    metadata: toHubSpotMeta(current.meta, { meta }),
  };
}

async function reorderStages(
  current: Pipeline,
  stageIds: readonly string[],
  patchStage: (stage: Stage, patch: StagePatch) => Promise<unknown>,
): Promise<void> {
  for (const [index, { stageId, displayOrder }] of toMoves(current.stages, stageIds).entries()) {
    const stage = current.stages.find((candidate) => candidate.stageId === stageId);
    if (stage === undefined) continue;
    await patchStage(stage, { label: null, displayOrder, meta: null }).catch((error: unknown) => {
      throw index > 0 && error instanceof PipelineFault ? afterWrite(error) : error;
    });
  }
}

/** The stage DELETE answers 204 for anything, even for a stage that it left alone; only a read shows what happened. */
async function proveStageIsGone(stage: StageKey, read: () => Promise<Pipeline | null>): Promise<void> {
  const pipeline = await read().catch((error: unknown) => {
    throw error instanceof PipelineFault ? afterWrite(error) : error;
  });
  if (pipeline === null || findStage(pipeline, stage.stageId).kind === 'missing') return;
  const message = 'The upstream acknowledged the removal, but a read still shows the stage.';
  const problem = upstreamProblem('UPSTREAM_OUTCOME_UNKNOWN', message, { mayHaveBeenApplied: true });
  throw new PipelineFault([problem], stage.sourceName);
}
