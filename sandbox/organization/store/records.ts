import type { Account, PipelineType } from '../model.ts';

/** Adds records to a stage, making those that the organization does not have yet; one that was in another stage moves. */
export function addRecords(
  { database, key }: Account,
  type: PipelineType,
  stageId: string,
  recordIds: readonly string[],
): void {
  const add = database.prepare(
    'INSERT OR REPLACE INTO organization_records (account, type, id, stageId) VALUES (?, ?, ?, ?)',
  );
  for (const id of recordIds) add.run(key, type, id, stageId);
}

/** The ids of the records that are in a stage, active or not. */
export function recordsIn({ database }: Account, stageId: string): readonly string[] {
  const rows = database.prepare('SELECT id FROM organization_records WHERE stageId = ?').all(stageId);
  return rows.map((row) => String(row['id']));
}
