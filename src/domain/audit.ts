import { createHash } from 'node:crypto';
import type { AuditEntryAction } from '../generated/enums.ts';
import { toPipelineChanges, toStageChanges } from './diff.ts';
import type { PipelineChange } from './diff.ts';
import { printRounded } from './exact-integer.ts';
import { toAuditEntryGlobalId } from './ids.ts';
import type { PipelineKey, StageKey } from './ids.ts';
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

/** Completes an entry; `hash` tells it from others of its instant, and `older` is the next older one, if that is known. */
export function toAuditEntry(
  key: PipelineKey & Partial<StageKey>,
  entry: AuditEntryFields,
  hash: string,
  older: AuditEntryFields | undefined,
): AuditEntry {
  const { timestamp } = entry;
  const id = toAuditEntryGlobalId({ ...key, stageId: key.stageId ?? null, timestamp, hash });
  return { ...entry, id, before: toStateBefore(entry, older) };
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

/** A hash of what an entry says. */
export function toAuditContent(entry: AuditEntryFields): string {
  const { rawAction, timestamp, message, identifier, fromUserId, rawObject } = entry;
  // Rounded, as they once were read, so that no id changes.
  const content = printRounded([rawAction, timestamp, message, identifier, fromUserId, rawObject]);
  return createHash('sha256').update(content).digest('base64url').slice(0, 16);
}
