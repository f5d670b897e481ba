import type { DatabaseSync } from 'node:sqlite';
import type { Shelf, StoredPipeline } from '../model.ts';
import { seedPipelines, seedRecords } from '../seeds.ts';

/** One line of the change log, in the form it is stored: `rawObject` is JSON text or null. */
export interface AuditRow {
  readonly action: string;
  readonly timestamp: number;
  readonly message: string;
  readonly rawObject: string | null;
}

/** The pipelines, records and change log of every account, in SQLite. */
export interface Store {
  /** Runs `work` in one transaction: all of its writes are kept, or, where it throws, none. */
  transaction<T>(work: () => T): T;
  /** Seeds the account on first sight. */
  openAccount(account: string): void;
  /** Every pipeline of the object type, inactive ones too, by id. */
  list(shelf: Shelf): readonly StoredPipeline[];
  find(shelf: Shelf, id: string): StoredPipeline | undefined;
  save(shelf: Shelf, pipeline: StoredPipeline): void;
  remove(shelf: Shelf, id: string): void;
  /** An id that nothing in the account has had, a numeric string as HubSpot makes them. */
  nextId(account: string): string;
  /** The ids of the records that sit in the stage. */
  recordsIn(shelf: Shelf, stageId: string): readonly string[];
  /** Puts records into a stage; one that sat in another stage moves. */
  addRecords(shelf: Shelf, stageId: string, recordIds: readonly string[]): void;
  /** `stageId` is empty for an entry about the pipeline itself. */
  log(shelf: Shelf, pipelineId: string, stageId: string, row: AuditRow): void;
  /** The change log of one pipeline or stage, newest first. */
  readLog(shelf: Shelf, pipelineId: string, stageId: string): readonly AuditRow[];
  /** Forgets every account, so that each is seeded anew. */
  reset(): void;
}

const tables = `
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
`;

// Numeric ids look like HubSpot's own, such as 812723471, and never meet an id that the seeds use.
const firstId = 812_723_471;

/** Opens the store in the database, making its tables where they are missing. */
export function openStore(database: DatabaseSync): Store {
  database.exec(tables);
  return { ...openPipelines(database), ...openRecords(database), ...openAccounts(database) };
}

function openPipelines(database: DatabaseSync): Pick<Store, 'list' | 'find' | 'save' | 'remove'> {
  const list = database.prepare('SELECT document FROM hubspot_pipelines WHERE account = ? AND type_id = ? ORDER BY id');
  const find = database.prepare('SELECT document FROM hubspot_pipelines WHERE account = ? AND type_id = ? AND id = ?');
  const save = database.prepare('INSERT OR REPLACE INTO hubspot_pipelines VALUES (?, ?, ?, ?)');
  const remove = database.prepare('DELETE FROM hubspot_pipelines WHERE account = ? AND type_id = ? AND id = ?');
  return {
    list: (shelf) => list.all(shelf.account, shelf.typeId).map(toPipeline),
    find(shelf, id) {
      const row = find.get(shelf.account, shelf.typeId, id);
      return row === undefined ? undefined : toPipeline(row);
    },
    save: (shelf, pipeline) => void save.run(shelf.account, shelf.typeId, pipeline.id, JSON.stringify(pipeline)),
    remove: (shelf, id) => void remove.run(shelf.account, shelf.typeId, id),
  };
}

function toPipeline(row: Record<string, unknown>): StoredPipeline {
  return JSON.parse(String(row['document'])) as StoredPipeline;
}

function openRecords(database: DatabaseSync): Pick<Store, 'recordsIn' | 'addRecords' | 'log' | 'readLog'> {
  const inStage = database.prepare(
    'SELECT id FROM hubspot_records WHERE account = ? AND type_id = ? AND stage_id = ? ORDER BY id',
  );
  const add = database.prepare('INSERT OR REPLACE INTO hubspot_records VALUES (?, ?, ?, ?)');
  const log = database.prepare('INSERT INTO hubspot_audit VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)');
  const readLog = database.prepare(
    `SELECT action, timestamp, message, raw_object AS rawObject FROM hubspot_audit
     WHERE account = ? AND type_id = ? AND pipeline_id = ? AND stage_id = ? ORDER BY sequence DESC`,
  );
  return {
    recordsIn: (shelf, stageId) => inStage.all(shelf.account, shelf.typeId, stageId).map((row) => String(row['id'])),
    addRecords(shelf, stageId, recordIds) {
      for (const id of recordIds) add.run(shelf.account, shelf.typeId, id, stageId);
    },
    log(shelf, pipelineId, stageId, { action, timestamp, message, rawObject }) {
      log.run(shelf.account, shelf.typeId, pipelineId, stageId, action, timestamp, message, rawObject);
    },
    readLog: (shelf, pipelineId, stageId) =>
      readLog.all(shelf.account, shelf.typeId, pipelineId, stageId) as unknown as AuditRow[],
  };
}

function openAccounts(database: DatabaseSync): Pick<Store, 'transaction' | 'openAccount' | 'nextId' | 'reset'> {
  const add = database.prepare('INSERT OR IGNORE INTO hubspot_accounts VALUES (?, ?)');
  const nextId = database.prepare(
    'UPDATE hubspot_accounts SET last_id = last_id + 1 WHERE account = ? RETURNING last_id AS id',
  );
  const pipelines = openPipelines(database);
  const records = openRecords(database);
  // Asking SQLite on every request whether the account is there would cost more than the request's own reads.
  const seen = new Set<string>();
  const transaction = <T>(work: () => T): T => runTransaction(database, work);
  return {
    transaction,
    openAccount(account) {
      if (seen.has(account)) return;
      transaction(() => {
        if (add.run(account, firstId).changes === 0) return;
        for (const [typeId, pipeline] of seedPipelines) pipelines.save({ account, typeId }, pipeline);
        for (const { typeId, stageId, recordIds } of seedRecords) {
          records.addRecords({ account, typeId }, stageId, recordIds);
        }
      });
      seen.add(account);
    },
    nextId: (account) => String(nextId.get(account)?.['id']),
    reset() {
      for (const table of ['accounts', 'pipelines', 'records', 'audit']) database.exec(`DELETE FROM hubspot_${table}`);
      seen.clear();
    },
  };
}

function runTransaction<T>(database: DatabaseSync, work: () => T): T {
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
