import type { Pipeline, Stage } from '../domain/pipeline.ts';
import { nothingMoved } from '../sources/write-results.ts';
import type { Replaced } from '../sources/write-results.ts';
import type { Shown } from './mutation.ts';

/** What the edit of a stage answers beside what every write answers. */
interface EditedStagePayload extends Replaced {
  readonly stage: Stage | null;
}

/** The payload of an edit that did nothing. */
export const noEditedStage: EditedStagePayload = { stage: null, ...nothingMoved };

/** Shows what a write moved. */
export function showMigrations(payload: { migrations: Replaced['migrations'] }, { migrations }: Replaced): void {
  payload.migrations = migrations;
}

/** Shows what the edit moved, and the stage as it was read back. */
export function showEditedStage(
  payload: { stage: Stage | null; migrations: Replaced['migrations'] },
  { migrations }: Replaced,
  { current, after }: Pick<Shown<unknown, Stage>, 'current' | 'after'>,
): void {
  payload.migrations = migrations;
  payload.stage = findShown(after, current.stageId);
}

/** A stage of a pipeline that was read back. */
export function findShown(after: Pipeline | null, stageId: string): Stage | null {
  return after?.stages.find((stage) => stage.stageId === stageId) ?? null;
}
