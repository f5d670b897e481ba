import { createHash } from 'node:crypto';
import type { AuditEntryAction } from '../generated/enums.ts';
import { toPipelineChanges, toStageChanges } from './diff.ts';
import type { PipelineChange } from './diff.ts';
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
  /** The object as the change left it: `rawObject`, typed. Null if that cannot be read, or if the change left none. */
  readonly object: PipelineSnapshot | StageSnapshot | null;
}

/** One recorded change, with the state that it changed. */
export interface AuditEntry extends AuditEntryFields {
  readonly id: string;
  /** The next older entry's object; null for a creation, and if it is not known. */
  readonly before: PipelineSnapshot | StageSnapshot | null;
}

/** Completes a history, which is given in the upstream's order: newest first, each entry with the state before it. */
export function toAuditEntries(
  key: PipelineKey & Partial<StageKey>,
  entries: readonly AuditEntryFields[],
): readonly AuditEntry[] {
  const newestFirst = entries.toSorted((a, b) => compareText(b.timestamp ?? '', a.timestamp ?? ''));
  const seen = new Map<string, number>();
  const ids = newestFirst
    .toReversed()
    .map((entry) => toId(key, entry, seen))
    .toReversed();
  // An entry without an instant stands last, but the upstream names it between its neighbours.
  const followedByUndated = new Set(entries.filter((_, index) => entries[index + 1]?.timestamp === null));
  return newestFirst.map((entry, index) => ({
    ...entry,
    id: ids[index] ?? '',
    before: followedByUndated.has(entry) ? null : toStateBefore(entry, newestFirst[index + 1]),
  }));
}

/** What the change did; null if the state before or after it is not known, or if there is none. */
export function toAuditChanges({ before, object }: AuditEntry): readonly PipelineChange[] | null {
  if (before === null || object === null) return null;
  if (before.__typename === 'PipelineSnapshot') {
    return object.__typename === 'PipelineSnapshot' ? toPipelineChanges(before, object) : null;
  }
  return object.__typename === 'StageSnapshot' ? toStageChanges(before, object) : null;
}

function toStateBefore(entry: AuditEntryFields, older: AuditEntryFields | undefined): AuditEntry['before'] {
  if (entry.action === 'CREATE' || entry.timestamp === null || older === undefined) return null;
  return older.timestamp === null ? null : older.object;
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
