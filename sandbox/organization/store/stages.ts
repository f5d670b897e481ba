import { ApiError } from '../api-error.ts';
import { apiErrors } from '../assumptions.ts';
import type { Account, Stage } from '../model.ts';

type StageContent = Pick<Stage, 'id' | 'name' | 'color' | 'position'>;

/** All stages of a pipeline by position, inactive ones among them. */
export function stagesOf({ database }: Account, pipelineId: string): readonly Stage[] {
  return database
    .prepare('SELECT * FROM organization_stages WHERE pipelineId = ? ORDER BY position, rowid')
    .all(pipelineId) as Stage[];
}

/** The active stages of a pipeline, by position. */
export function activeStagesOf(account: Account, pipelineId: string): readonly Stage[] {
  return stagesOf(account, pipelineId).filter((stage) => stage.isActive);
}

/** The organization's stage of this id, active or not, or a 404. */
export function stageById({ database, key }: Account, id: string): Stage {
  const row = database
    .prepare(
      `SELECT stage.* FROM organization_stages AS stage
       JOIN organization_pipelines AS pipeline ON pipeline.id = stage.pipelineId
       WHERE pipeline.account = ? AND stage.id = ?`,
    )
    .get(key, id);
  if (!row) throw new ApiError(apiErrors.stageNotFound);
  return row as Stage;
}

/** Stores a new, active stage. */
export function insertStage({ database }: Account, pipelineId: string, stage: StageContent): void {
  database
    .prepare(
      'INSERT INTO organization_stages (id, pipelineId, name, color, position, isActive) VALUES (?, ?, ?, ?, ?, 1)',
    )
    .run(stage.id, pipelineId, stage.name, stage.color, stage.position);
}

/** Stores a stage's content and makes it active, so that naming a deactivated stage brings it back. */
export function updateStage({ database }: Account, stage: StageContent): void {
  database
    .prepare('UPDATE organization_stages SET name = ?, color = ?, position = ?, isActive = 1 WHERE id = ?')
    .run(stage.name, stage.color, stage.position, stage.id);
}

/** Hides a stage without deleting it; the records in it stay there. */
export function deactivateStage({ database }: Account, id: string): void {
  database.prepare('UPDATE organization_stages SET isActive = 0 WHERE id = ?').run(id);
}
