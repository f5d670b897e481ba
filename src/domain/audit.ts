import { createHash } from 'node:crypto';
import type { AuditEntryAction } from '../generated/enums.ts';
import { toPipelineChanges, toStageChanges } from './diff.ts';
import type { PipelineChange, PipelineState, StageState } from './diff.ts';
import { printRounded } from './exact-integer.ts';
import { toAuditEntryGlobalId } from './ids.ts';
import type { PipelineKey, StageKey } from './ids.ts';
import { compareText } from './pipeline.ts';
import type { PipelineSnapshot, StageSnapshot } from './snapshot.ts';

/** What a source reads of one entry of its history. */
export interface AuditEntryFields {
  readonly action: AuditEntryAction;
  readonly rawAction: string;
  readonly timestamp: string | null;
  readonly message: string | null;
  readonly portalId: string;
  readonly identifier: string;
  readonly fromUserId: string | null;
  readonly rawObject: unknown;
  /** Null where `rawObject` cannot be read as an object of its kind. */
  readonly before: PipelineSnapshot | StageSnapshot | null;
}

/** One recorded change, with the state that it led to. */
export interface AuditEntry extends AuditEntryFields {
  readonly id: string;
  /** The next newer state: that of the next entry, or the live object's; null where it is not known. */
  readonly next: PipelineState | StageState | null;
}

/** Completes a history, newest first: each entry leads to the state before the next newer one, the newest to the live object. */
export function toAuditEntries(
  key: PipelineKey & Partial<StageKey>,
  entries: readonly AuditEntryFields[],
  live: PipelineState | StageState,
): readonly AuditEntry[] {
  const newestFirst = entries.toSorted((a, b) => compareText(b.timestamp ?? '', a.timestamp ?? ''));
  const seen = new Map<string, number>();
  const ids = newestFirst
    .toReversed()
    .map((entry) => toId(key, entry, seen))
    .toReversed();
  return newestFirst.map((entry, index) => ({
    ...entry,
    id: ids[index] ?? '',
    next: index === 0 ? live : (newestFirst[index - 1]?.before ?? null),
  }));
}

/** What the change did; null where the state before or after it is not known. */
export function toAuditChanges({ before, next }: AuditEntry): readonly PipelineChange[] | null {
  if (before === null || next === null) return null;
  if (before.__typename === 'PipelineSnapshot') return 'stages' in next ? toPipelineChanges(before, next) : null;
  return 'stageId' in next ? toStageChanges(before, next) : null;
}

/** Entries that are alike to the letter are numbered from the oldest on, so that newer ones change no id. */
function toId(key: PipelineKey & Partial<StageKey>, entry: AuditEntryFields, seen: Map<string, number>): string {
  const { rawAction, timestamp, message, identifier, fromUserId, rawObject } = entry;
  // Rounded, as they once were read, so that no id changes.
  const content = printRounded([rawAction, timestamp, message, identifier, fromUserId, rawObject]);
  const digest = createHash('sha256').update(content).digest('base64url').slice(0, 16);
  const count = seen.get(digest) ?? 0;
  seen.set(digest, count + 1);
  const hash = count === 0 ? digest : `${digest}.${count}`;
  return toAuditEntryGlobalId({ ...key, stageId: key.stageId ?? null, timestamp, hash });
}
