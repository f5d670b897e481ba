import { ApiError } from '../api-error.ts';
import { assumptions, apiErrors } from '../assumptions.ts';
import type { Account, Pipeline, PipelineType } from '../model.ts';

const columns = 'id, name, description, type, isDefault, createdBy, updatedBy';

/** The organization's pipeline of this id, or a 404; another organization's is unknown to it. */
export function pipelineById({ database, key }: Account, id: string): Pipeline {
  const row = database
    .prepare(`SELECT ${columns} FROM organization_pipelines WHERE account = ? AND id = ?`)
    .get(key, id);
  if (!row) throw new ApiError(apiErrors.pipelineNotFound);
  return row as Pipeline;
}

/** All pipelines of the organization. */
export function findPipelines({ database, key }: Account): readonly Pipeline[] {
  return database.prepare(`SELECT ${columns} FROM organization_pipelines WHERE account = ?`).all(key) as Pipeline[];
}

/** The pipeline of the given id, else the organization's default of the type, as GET and POST both promise. */
export function pipelineByIdOrDefault(account: Account, id: string | undefined, type: PipelineType): Pipeline {
  if (id) {
    const pipeline = pipelineById(account, id);
    if (assumptions.isTypeCheckedBesideId && pipeline.type !== type) throw new ApiError(apiErrors.pipelineNotFound);
    return pipeline;
  }
  const row = account.database
    .prepare(`SELECT ${columns} FROM organization_pipelines WHERE account = ? AND type = ? AND isDefault = 1`)
    .get(account.key, type);
  if (!row) throw new ApiError(apiErrors.pipelineNotFound);
  return row as Pipeline;
}

/** Refuses with 400 a name that another pipeline of the organization has: names are unique within it. */
export function requireFreeName({ database, key }: Account, name: string, ownId?: string): void {
  const others = database.prepare('SELECT id, name FROM organization_pipelines WHERE account = ?').all(key);
  const isTaken = others.some((other) => other['id'] !== ownId && assumptions.isSameName(String(other['name']), name));
  if (isTaken) throw new ApiError(apiErrors.nameTaken);
}

/** Stores a new pipeline as made by the account's user; a new default takes the flag from the type's old one. */
export function insertPipeline(account: Account, pipeline: Omit<Pipeline, 'createdBy' | 'updatedBy'>): void {
  const { database, key, userId } = account;
  const { id, name, description, type, isDefault } = pipeline;
  if (isDefault) {
    database.prepare('UPDATE organization_pipelines SET isDefault = 0 WHERE account = ? AND type = ?').run(key, type);
  }
  database
    .prepare(`INSERT INTO organization_pipelines (account, ${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`)
    .run(key, id, name, description, type, isDefault, userId, userId);
}

/** Stores a pipeline's name and description, as edited by the account's user. */
export function updatePipeline({ database, userId }: Account, { id, name, description }: Pipeline): void {
  database
    .prepare('UPDATE organization_pipelines SET name = ?, description = ?, updatedBy = ? WHERE id = ?')
    .run(name, description, userId, id);
}

/** Deletes a pipeline and its stages for good, which is what the reference calls a hard delete. */
export function removePipeline({ database }: Account, id: string): void {
  database.prepare('DELETE FROM organization_stages WHERE pipelineId = ?').run(id);
  database.prepare('DELETE FROM organization_pipelines WHERE id = ?').run(id);
}
