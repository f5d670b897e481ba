import type { Account, PipelineType } from '../model.ts';

/** Puts records into a stage, making those that the organization does not have yet. */
export function placeRecords(
  { database, key }: Account,
  type: PipelineType,
  stageId: string,
  recordIds: readonly string[],
): void {
  const place = database.prepare(
    'INSERT OR REPLACE INTO organization_records (account, type, id, stageId) VALUES (?, ?, ?, ?)',
  );
  for (const id of recordIds) place.run(key, type, id, stageId);
}

/** Lists the ids of the records that are in a stage, active or not. */
export function recordsIn({ database }: Account, stageId: string): readonly string[] {
  const rows = database.prepare('SELECT id FROM organization_records WHERE stageId = ?').all(stageId);
  return rows.map((row) => String(row['id']));
}
