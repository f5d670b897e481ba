import type { DatabaseSync } from 'node:sqlite';
import type { Collection, StoredPipeline } from '../model.ts';

/** The pipelines of every account. */
export interface PipelineStore {
  /** Every pipeline of the collection, inactive ones too, by id. */
  list(collection: Collection): readonly StoredPipeline[];
  find(collection: Collection, id: string): StoredPipeline | undefined;
  /** Stores the pipeline in the place of one with its id, if there is one. */
  save(collection: Collection, pipeline: StoredPipeline): void;
  remove(collection: Collection, id: string): void;
}

/** Opens the pipelines in the database, whose tables must be there. */
export function openPipelines(database: DatabaseSync): PipelineStore {
  const list = database.prepare('SELECT document FROM hubspot_pipelines WHERE account = ? AND type_id = ? ORDER BY id');
  const find = database.prepare('SELECT document FROM hubspot_pipelines WHERE account = ? AND type_id = ? AND id = ?');
  const save = database.prepare('INSERT OR REPLACE INTO hubspot_pipelines VALUES (?, ?, ?, ?)');
  const remove = database.prepare('DELETE FROM hubspot_pipelines WHERE account = ? AND type_id = ? AND id = ?');
  return {
    list: ({ account, typeId }) => list.all(account, typeId).map(toPipeline),
    find({ account, typeId }, id) {
      const row = find.get(account, typeId, id);
      return row === undefined ? undefined : toPipeline(row);
    },
    save: ({ account, typeId }, pipeline) => void save.run(account, typeId, pipeline.id, JSON.stringify(pipeline)),
    remove: ({ account, typeId }, id) => void remove.run(account, typeId, id),
  };
}

function toPipeline(row: Record<string, unknown>): StoredPipeline {
  return JSON.parse(String(row['document'])) as StoredPipeline;
}
