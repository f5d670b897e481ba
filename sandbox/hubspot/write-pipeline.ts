import { recordChange } from './audit.ts';
import type { Subject } from './audit.ts';
import type { Write } from './call.ts';
import type { StoredPipeline } from './model.ts';

/** Stores a new pipeline, or a changed one with its version counted on, and writes the change down. */
export function writePipeline(
  write: Write,
  subject: Subject,
  before: StoredPipeline | undefined,
  after: Omit<StoredPipeline, 'version'>,
): StoredPipeline {
  const stored = { ...after, version: (before?.version ?? 0) + 1 };
  write.store.save(write.shelf, stored);
  recordChange(write, subject, before, stored);
  return stored;
}

/**
 * Takes a pipeline away: `purge` leaves nothing to restore (HubSpot, observed 2026-10 on 2026-09), `deactivate` hides it
 * from all but v1.
 */
export function takeAwayPipeline(write: Write, before: StoredPipeline, how: 'purge' | 'deactivate'): void {
  if (how === 'deactivate') {
    writePipeline(write, 'pipeline', before, { ...before, active: false, updatedAt: write.now });
    return;
  }
  write.store.remove(write.shelf, before.id);
  recordChange(write, 'pipeline', before, undefined);
}
