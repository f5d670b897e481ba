import type { Collection } from '../context/collections.ts';
import type { Stage } from '../domain/pipeline.ts';
import { unsupported } from '../domain/problems.ts';
import type { Problem } from '../domain/problems.ts';
import type { PipelineWarning } from '../domain/warnings.ts';
import type { Archived } from '../sources/source.ts';
import { readStageBack } from './read-back.ts';
import type { Draft, Step } from './run-mutation.ts';

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

/** Fills the payload of an acknowledged archive; the stage that records moved to is read if it is selected. */
export async function showArchived(
  payload: Draft<ArchivePayload<unknown>>,
  moved: Archived['moved'],
  { collection, target, call, selected }: Step<{ readonly id: string }>,
): Promise<void> {
  payload.archivedId = target.id;
  if (moved === null) return;
  payload.movedRecordCount = moved.recordCount;
  if (!selected.has('movedRecordsTo')) return;
  payload.movedRecordsTo = await readStageBack(collection, moved.to, { ...moved.to, label: null }, call);
}
