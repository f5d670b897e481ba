import type { DatabaseSync } from 'node:sqlite';

/** Makes HubSpot's tables if they are missing; a database file keeps what earlier runs left in it. */
export function createTables(database: DatabaseSync): void {
  database.exec(`
    CREATE TABLE IF NOT EXISTS hubspot_accounts (account TEXT PRIMARY KEY, last_id INTEGER NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS hubspot_pipelines (
      account TEXT NOT NULL, type_id TEXT NOT NULL, id TEXT NOT NULL, document TEXT NOT NULL,
      PRIMARY KEY (account, type_id, id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS hubspot_records (
      account TEXT NOT NULL, type_id TEXT NOT NULL, id TEXT NOT NULL, stage_id TEXT NOT NULL,
      PRIMARY KEY (account, type_id, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS hubspot_records_by_stage ON hubspot_records (account, type_id, stage_id);
    CREATE TABLE IF NOT EXISTS hubspot_audit (
      sequence INTEGER PRIMARY KEY, account TEXT NOT NULL, type_id TEXT NOT NULL, pipeline_id TEXT NOT NULL,
      stage_id TEXT NOT NULL, action TEXT NOT NULL, timestamp INTEGER NOT NULL, message TEXT NOT NULL, raw_object TEXT
    ) STRICT;
    CREATE INDEX IF NOT EXISTS hubspot_audit_by_object ON hubspot_audit (account, type_id, pipeline_id, stage_id);
  `);
}

/** Removes every row, so that each account is seeded anew. */
export function clearTables(database: DatabaseSync): void {
  for (const table of ['accounts', 'pipelines', 'records', 'audit']) database.exec(`DELETE FROM hubspot_${table}`);
}

/** Runs `work` in one transaction: all of its writes are kept or, if it throws, none. */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}
