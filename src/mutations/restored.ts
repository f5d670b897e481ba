import { toPipelineChanges } from '../domain/diff.ts';
import type { PipelineChange } from '../domain/diff.ts';
import type { Pipeline } from '../domain/pipeline.ts';
import type { Draft } from './run-mutation.ts';

/** What a restore answers. */
interface RestorePayload {
  readonly pipeline: Pipeline | null;
  readonly changes: readonly PipelineChange[];
}

/** The payload of a restore that did nothing. */
export const nothingRestored: RestorePayload = { pipeline: null, changes: [] };

/** Fills the payload with the pipeline as it reads after the restore, and what that changed. */
export function showRestored(payload: Draft<RestorePayload>, before: Pipeline, after: Pipeline): void {
  payload.pipeline = after;
  payload.changes = toPipelineChanges(before, after);
}
