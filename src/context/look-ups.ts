import type { LookUp } from '../domain/look-up.ts';
import { findPipeline, findStageAnywhere } from '../domain/pipeline-list.ts';
import type { PipelineList } from '../domain/pipeline-list.ts';
import type { Pipeline, Stage } from '../domain/pipeline.ts';
import { findStage } from '../domain/unread-stages.ts';
import type { Collection } from './collections.ts';

/** Something that one request wants to know of a collection. */
export type Wanted =
  | { readonly collection: Collection; readonly kind: 'pipeline'; readonly pipelineId: string }
  | {
      readonly collection: Collection;
      readonly kind: 'stage';
      /** Null if any pipeline may have the stage. */
      readonly pipelineId: string | null;
      readonly stageId: string;
    }
  | { readonly collection: Collection; readonly kind: 'list'; readonly includeArchived: boolean };

/** What answers it; null: there is no such thing. */
export type Found = Pipeline | Stage | PipelineList | null;

/** Looks for it in what was read; null stands for one pipeline that was asked for and is not there. */
export function lookUp(wanted: Wanted, read: PipelineList | null): LookUp<Found> {
  if (read === null) return nothing;
  if (wanted.kind === 'list') return { kind: 'found', value: read };
  if (wanted.kind === 'pipeline') return findPipeline(read, wanted.pipelineId);
  if (wanted.pipelineId === null) return findStageAnywhere(read, wanted.stageId);
  const pipeline = findPipeline(read, wanted.pipelineId);
  return pipeline.kind === 'found' ? findStage(pipeline.value, wanted.stageId) : pipeline;
}

const nothing: LookUp<null> = { kind: 'found', value: null };
