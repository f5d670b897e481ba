import type { DatabaseSync } from 'node:sqlite';

/** Makes the organization API's tables if they are missing; a database file keeps what earlier runs left in it. */
export function createTables(database: DatabaseSync): void {
  database.exec(`
    CREATE TABLE IF NOT EXISTS organization_accounts (key TEXT PRIMARY KEY) STRICT;
    CREATE TABLE IF NOT EXISTS organization_pipelines (
      id TEXT PRIMARY KEY,
      account TEXT NOT NULL,
      name TEXT NOT NULL,
      description TEXT,
      type TEXT NOT NULL CHECK (type IN ('Contact', 'Application')),
      isDefault INTEGER NOT NULL,
      createdBy TEXT NOT NULL,
      updatedBy TEXT NOT NULL
    ) STRICT;
    CREATE INDEX IF NOT EXISTS organization_pipelines_of ON organization_pipelines (account);
    CREATE TABLE IF NOT EXISTS organization_stages (
      id TEXT PRIMARY KEY,
      pipelineId TEXT NOT NULL,
      name TEXT NOT NULL,
      color TEXT NOT NULL,
      position INTEGER NOT NULL,
      isActive INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX IF NOT EXISTS organization_stages_of ON organization_stages (pipelineId);
    CREATE TABLE IF NOT EXISTS organization_records (
      account TEXT NOT NULL,
      type TEXT NOT NULL,
      id TEXT NOT NULL,
      stageId TEXT NOT NULL,
      PRIMARY KEY (account, type, id)
    ) STRICT;
    CREATE INDEX IF NOT EXISTS organization_records_in ON organization_records (stageId);
  `);
}

/** Forgets every organization, so that each is seeded again on first sight. */
export function clearTables(database: DatabaseSync): void {
  inTransaction(database, () =>
    database.exec(`
      DELETE FROM organization_records;
      DELETE FROM organization_stages;
      DELETE FROM organization_pipelines;
      DELETE FROM organization_accounts;
    `),
  );
}

/** Runs the work as a whole or not at all: what it throws undoes what it wrote. */
export function inTransaction<Result>(database: DatabaseSync, work: () => Result): Result {
  // A savepoint and not BEGIN, because it nests: the database is shared, and its owner may be in a transaction.
  database.exec('SAVEPOINT organization');
  try {
    const result = work();
    database.exec('RELEASE organization');
    return result;
  } catch (error) {
    database.exec('ROLLBACK TO organization; RELEASE organization');
    throw error;
  }
}
