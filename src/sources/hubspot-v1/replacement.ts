import type { PipelineList } from '../../domain/pipeline-list.ts';
import type { Pipeline } from '../../domain/pipeline.ts';
import { requireWhole } from '../../domain/unread-stages.ts';
import type { SourceReads } from '../parts.ts';
import type { Call, ObjectType } from '../source.ts';
import type { Subject } from '../upstream/subject.ts';
import type { NextStage } from '../whole-pipeline.ts';
import { toPipelinePath } from './connection.ts';
import type { HubSpotV1Connection } from './connection.ts';
import { withStageIds } from './stage-ids.ts';
import { readCreatedId, toWireStage } from './wire.ts';

/** The state that a pipeline is to have; what is absent or null stays as it is. */
interface NextPipeline {
  readonly label?: string | null;
  readonly displayOrder?: number | null;
  readonly stages: readonly NextStage[];
}

/** Replaces a pipeline as a whole, which is all that v1 can write of it, and gives its stages with all their ids. */
export type ReplaceWhole = (
  objectType: ObjectType,
  current: Pipeline,
  next: NextPipeline,
  subject: Subject,
  call: Call,
) => Promise<readonly (NextStage & { readonly stageId: string })[]>;

/** How pipelines are replaced through a connection: only those that show all their stages, because a PUT removes the rest. */
export function createReplacement({ upstream }: HubSpotV1Connection, reads: SourceReads): ReplaceWhole {
  return async (objectType, current, next, subject, call) => {
    requireWhole(current);
    const { label, displayOrder } = next;
    const existing = lacksIds(next.stages) ? await listAll(reads, objectType, call) : noPipelines;
    const stages = withStageIds(next.stages, toTakenIds(existing));
    // All but the stages may be left out, and then stays as it is (documented).
    const body = {
      ...(isChange(label, current.label) ? { label } : {}),
      ...(isChange(displayOrder, current.displayOrder) ? { displayOrder } : {}),
      ...(current.archived ? { active: true } : {}),
      stages: stages.map(toWireStage),
    };
    await upstream.write({ method: 'PUT', path: toPipelinePath(current), body }, subject, readCreatedId, call);
    return stages;
  };
}

function isChange<T>(next: T | null | undefined, present: T): boolean {
  return next !== null && next !== undefined && next !== present;
}

/** Every pipeline, deleted ones too: their stages' ids are still taken. */
export function listAll(reads: SourceReads, objectType: ObjectType, call: Call): Promise<PipelineList> {
  return reads.listPipelines(objectType, { includeArchived: true }, { ...call, reading: 'alone' });
}

/** What stands for the list if nothing in it matters. */
export const noPipelines: PipelineList = { pipelines: [], unread: [] };

/** Whether an id is to be made: v1 wants one for every stage (documented), which no other stage of the object type has. */
export function lacksIds(stages: readonly { readonly stageId: string | null }[]): boolean {
  return stages.some(({ stageId }) => stageId === null);
}

/** The ids of all the pipelines' stages, of those that cannot be read too as far as they are known. */
export function toTakenIds({ pipelines, unread }: PipelineList): readonly string[] {
  return [
    ...pipelines.flatMap(({ stages, unreadStages }) => [...stages, ...unreadStages].map(({ stageId }) => stageId)),
    ...unread.flatMap(({ stageIds }) => stageIds ?? []),
  ].filter((stageId) => stageId !== null);
}
