import type { DatabaseSync } from 'node:sqlite';
import { seedPipelines, seedRecords } from '../seeds.ts';
import { openAuditLog } from './audit-log.ts';
import type { AuditLog } from './audit-log.ts';
import { openPipelines } from './pipelines.ts';
import type { PipelineStore } from './pipelines.ts';
import { openRecords } from './records.ts';
import type { RecordStore } from './records.ts';
import { clearTables, createTables, inTransaction } from './tables.ts';

/** The pipelines, records and audit log of every account, in SQLite. */
export interface Store {
  readonly pipelines: PipelineStore;
  readonly records: RecordStore;
  readonly auditLog: AuditLog;
  /** Runs `work` in one transaction: all of its writes are kept or, if it throws, none. */
  transaction<T>(work: () => T): T;
  /** Seeds the account on first sight. */
  openAccount(account: string): void;
  /** An id that nothing in the account has had, a numeric string as HubSpot makes them. */
  nextId(account: string): string;
  /** Forgets every account, so that each is seeded anew. */
  reset(): void;
}

// Numeric ids look like HubSpot's own, such as 812723471, and never meet an id that the seeds use.
const firstId = 812_723_471;

/** Opens the store in the database, making its tables if they are missing. */
export function openStore(database: DatabaseSync): Store {
  createTables(database);
  const pipelines = openPipelines(database);
  const records = openRecords(database);
  const add = database.prepare('INSERT OR IGNORE INTO hubspot_accounts VALUES (?, ?)');
  const nextId = database.prepare(
    'UPDATE hubspot_accounts SET last_id = last_id + 1 WHERE account = ? RETURNING last_id AS id',
  );
  // Asking SQLite on every request whether the account is there would cost more than the request's own reads.
  const seen = new Set<string>();
  return {
    pipelines,
    records,
    auditLog: openAuditLog(database),
    transaction: (work) => inTransaction(database, work),
    openAccount(account) {
      if (seen.has(account)) return;
      inTransaction(database, () => {
        if (add.run(account, firstId).changes > 0) seedAccount(account, pipelines, records);
      });
      seen.add(account);
    },
    nextId: (account) => String(nextId.get(account)?.['id']),
    reset() {
      clearTables(database);
      seen.clear();
    },
  };
}

function seedAccount(account: string, pipelines: PipelineStore, records: RecordStore): void {
  for (const [typeId, pipeline] of seedPipelines) pipelines.save({ account, typeId }, pipeline);
  for (const { typeId, stageId, recordIds } of seedRecords) records.add({ account, typeId }, stageId, recordIds);
}
