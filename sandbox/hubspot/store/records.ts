import type { DatabaseSync } from 'node:sqlite';
import type { Collection } from '../model.ts';

/** Which stage each record of every account is in. */
export interface RecordStore {
  /** The ids of the records that are in the stage. */
  inStage(collection: Collection, stageId: string): readonly string[];
  /** Adds records to a stage; one that was in another stage moves. */
  add(collection: Collection, stageId: string, recordIds: readonly string[]): void;
}

/** Opens the records in the database, whose tables must be there. */
export function openRecords(database: DatabaseSync): RecordStore {
  const inStage = database.prepare(
    'SELECT id FROM hubspot_records WHERE account = ? AND type_id = ? AND stage_id = ? ORDER BY id',
  );
  const add = database.prepare('INSERT OR REPLACE INTO hubspot_records VALUES (?, ?, ?, ?)');
  return {
    inStage: ({ account, typeId }, stageId) => inStage.all(account, typeId, stageId).map((row) => String(row['id'])),
    add({ account, typeId }, stageId, recordIds) {
      for (const id of recordIds) add.run(account, typeId, id, stageId);
    },
  };
}
