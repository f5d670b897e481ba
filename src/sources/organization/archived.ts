import type { PipelineKey } from '../../domain/ids.ts';
import type { Archived } from '../write-results.ts';

/** Where records went. Nothing is known to have moved where nothing was to move, or where the answer does not say so. */
export function toArchived(target: PipelineKey | null, stageId?: string, recordCount?: number): Archived {
  if (target === null || stageId === undefined || recordCount === undefined) return { moved: null };
  const { sourceName, objectType, pipelineId } = target;
  return { moved: { to: { sourceName, objectType, pipelineId, stageId }, recordCount } };
}
