import { seedPipelines, seedRecords } from './seeds.js';
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
export function openStore(database) {
  database.exec(tables);
  return { ...openPipelines(database), ...openRecords(database), ...openAccounts(database) };
}
function openPipelines(database) {
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
function toPipeline(row) {
  return JSON.parse(String(row['document']));
}
function openRecords(database) {
  const inStage = database.prepare(
    'SELECT id FROM hubspot_records WHERE account = ? AND type_id = ? AND stage_id = ? ORDER BY id',
  );
  const add = database.prepare('INSERT OR REPLACE INTO hubspot_records VALUES (?, ?, ?, ?)');
  const log = database.prepare('INSERT INTO hubspot_audit VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)');
  const readLog = database.prepare(`SELECT action, timestamp, message, raw_object AS rawObject FROM hubspot_audit
     WHERE account = ? AND type_id = ? AND pipeline_id = ? AND stage_id = ? ORDER BY sequence DESC`);
  return {
    recordsIn: (shelf, stageId) => inStage.all(shelf.account, shelf.typeId, stageId).map((row) => String(row['id'])),
    addRecords(shelf, stageId, recordIds) {
      for (const id of recordIds) add.run(shelf.account, shelf.typeId, id, stageId);
    },
    log(shelf, pipelineId, stageId, { action, timestamp, message, rawObject }) {
      log.run(shelf.account, shelf.typeId, pipelineId, stageId, action, timestamp, message, rawObject);
    },
    readLog: (shelf, pipelineId, stageId) => readLog.all(shelf.account, shelf.typeId, pipelineId, stageId),
  };
}
function openAccounts(database) {
  const add = database.prepare('INSERT OR IGNORE INTO hubspot_accounts VALUES (?, ?)');
  const nextId = database.prepare(
    'UPDATE hubspot_accounts SET last_id = last_id + 1 WHERE account = ? RETURNING last_id AS id',
  );
  const pipelines = openPipelines(database);
  const records = openRecords(database);
  // Asking SQLite on every request whether the account is there would cost more than the request's own reads.
  const seen = new Set();
  const transaction = (work) => runTransaction(database, work);
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
function runTransaction(database, work) {
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
