import { recordChange } from './audit.ts';
import type { Subject } from './audit.ts';
import type { WriteContext } from './call.ts';
import type { StoredPipeline } from './model.ts';

/** Stores a new pipeline, or a changed one with its version counted on, and records the change in the audit log. */
export function writePipeline(
  context: WriteContext,
  subject: Subject,
  before: StoredPipeline | undefined,
  after: Omit<StoredPipeline, 'version'>,
): StoredPipeline {
  const stored = { ...after, version: (before?.version ?? -1) + 1 };
  context.store.pipelines.save(context.collection, stored);
  recordChange(context, subject, before, stored);
  return stored;
}

/**
 * Removes a pipeline: `purge` leaves nothing to restore (HubSpot, observed 2026-10 on 2026-09), `deactivate` hides it
 * from every version but v1.
 */
export function removePipeline(context: WriteContext, before: StoredPipeline, how: 'purge' | 'deactivate'): void {
  if (how === 'deactivate') {
    writePipeline(context, 'pipeline', before, { ...before, active: false, updatedAt: context.now });
    return;
  }
  context.store.pipelines.remove(context.collection, before.id);
  recordChange(context, 'pipeline', before, undefined);
}
