import type { DatabaseSync } from 'node:sqlite';
import type { Collection } from '../model.ts';

/** One entry of the audit log as it is stored: the time in epoch milliseconds, `rawObject` as JSON text or null. */
export interface AuditEntry {
  readonly action: string;
  readonly timestamp: number;
  readonly message: string;
  readonly rawObject: string | null;
}

/** The changes of every account's pipelines and stages; an empty stage id means the pipeline itself. */
export interface AuditLog {
  append(collection: Collection, pipelineId: string, stageId: string, entry: AuditEntry): void;
  /** The entries of one pipeline or stage, newest first. */
  read(collection: Collection, pipelineId: string, stageId: string): readonly AuditEntry[];
}

/** Opens the audit log in the database, whose tables must be there. */
export function openAuditLog(database: DatabaseSync): AuditLog {
  const append = database.prepare('INSERT INTO hubspot_audit VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)');
  const read = database.prepare(
    `SELECT action, timestamp, message, raw_object AS rawObject FROM hubspot_audit
     WHERE account = ? AND type_id = ? AND pipeline_id = ? AND stage_id = ? ORDER BY sequence DESC`,
  );
  return {
    append({ account, typeId }, pipelineId, stageId, { action, timestamp, message, rawObject }) {
      append.run(account, typeId, pipelineId, stageId, action, timestamp, message, rawObject);
    },
    read: ({ account, typeId }, pipelineId, stageId) =>
      read.all(account, typeId, pipelineId, stageId) as unknown as AuditEntry[],
  };
}
