import type { Stage } from '../domain/pipeline.ts';
import type { Replaced } from '../sources/source.ts';
import { readStageBack } from './read-back.ts';
import type { Draft, Step } from './run-mutation.ts';
import type { StageTarget } from './target.ts';

/** What a mutation answers that shows the stage that it made. */
interface StagePayload {
  readonly stage: Stage | null;
}

/** The payload of a mutation that did nothing. */
export const noStage: StagePayload = { stage: null };

/** What the edit of a stage answers. */
interface EditedStagePayload extends StagePayload, Replaced {}

/** The payload of an edit that did nothing. */
export const noEditedStage: EditedStagePayload = { stage: null, migrations: [] };

/** Shows what the edit moved, and reads the stage back if it is selected. */
export async function showEditedStage(
  payload: Draft<EditedStagePayload>,
  { migrations }: Replaced,
  { collection, target: { key }, call, selected }: Step<StageTarget>,
): Promise<void> {
  payload.migrations = migrations;
  if (selected.has('stage')) payload.stage = await readStageBack(collection, key, { ...key, label: null }, call);
}
