import type { Collection } from '../context/collections.ts';
import type { Stage } from '../domain/pipeline.ts';
import { unsupported } from '../domain/problems.ts';
import type { Problem } from '../domain/problems.ts';
import type { PipelineWarning } from '../domain/warnings.ts';
import type { Archived } from '../sources/write-results.ts';
import type { Draft, Step } from './mutation.ts';
import { findShown } from './stage-payload.ts';

/** What an archive answers, of a pipeline as of a stage. */
export interface ArchivePayload<Snapshot> {
  readonly archivedId: string | null;
  readonly snapshot: Snapshot | null;
  readonly movedRecordsTo: Stage | null;
  readonly movedRecordCount: number | null;
  readonly warnings: readonly PipelineWarning[];
}

/** The payload of an archive that did nothing. */
export const nothingArchived: ArchivePayload<never> = {
  archivedId: null,
  snapshot: null,
  movedRecordsTo: null,
  movedRecordCount: null,
  warnings: [],
};

/** The problem of records that are to move at a source that cannot move them. */
export function checkCanMoveRecords({ source }: Collection): readonly Problem[] {
  if (source.capabilities.includes('MOVE_RECORDS')) return [];
  return [{ ...unsupported(source.name, 'MOVE_RECORDS'), path: ['moveRecordsTo'] }];
}

/** What an archive gives of which only a read tells. */
export const nothingMovedAway: Archived = { moved: null };

/** Fills the payload of an archive; the stage that records moved to is read if it is selected. */
export async function showArchived(
  payload: Draft<ArchivePayload<unknown>>,
  { moved }: Archived,
  { collection, target, call, selected }: Step<{ readonly id: string }>,
): Promise<void> {
  payload.archivedId = target.id;
  if (moved === null) return;
  payload.movedRecordCount = moved.recordCount;
  if (!selected.has('movedRecordsTo')) return;
  const { source, objectType } = collection;
  payload.movedRecordsTo = findShown(await source.readPipeline(objectType, moved.to, call), moved.to.stageId);
}
