import type { Stage } from '../domain/pipeline.ts';
import { readStageBack } from './read-back.ts';
import type { Draft, Step } from './run-mutation.ts';
import type { StageTarget } from './target.ts';

/** What a mutation answers that only shows the stage that it made or changed. */
interface StagePayload {
  readonly stage: Stage | null;
}

/** The payload of a mutation that did nothing. */
export const noStage: StagePayload = { stage: null };

/** Reads the stage back if it is selected. */
export async function showStage(
  payload: Draft<StagePayload>,
  { collection, target: { key }, call, selected }: Step<StageTarget>,
): Promise<void> {
  if (selected.has('stage')) payload.stage = await readStageBack(collection, key, { ...key, label: null }, call);
}
