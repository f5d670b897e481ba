import type { PipelineKey } from '../domain/ids.ts';
import type { Pipeline } from '../domain/pipeline.ts';
import { readBack } from './read-back.ts';
import type { Draft, Step } from './run-mutation.ts';

/** What a mutation answers that only shows the pipeline that it made or changed. */
export interface PipelinePayload {
  readonly pipeline: Pipeline | null;
}

/** The payload of a mutation that did nothing. */
export const noPipeline: PipelinePayload = { pipeline: null };

/** Reads the pipeline back if it is selected. */
export async function showPipeline(
  payload: Draft<PipelinePayload>,
  key: PipelineKey,
  { collection, call, selected }: Pick<Step<unknown>, 'collection' | 'call' | 'selected'>,
): Promise<void> {
  if (selected.has('pipeline')) payload.pipeline = await readBack(collection, key, call);
}
