import { createHash } from 'node:crypto';
import { toPipelineChanges, toStageChanges } from './change.js';
import { toAuditEntryGlobalId } from './ids.js';
import { compareText } from './model.js';
/** Completes a history, newest first: each entry leads to the state before the next newer one, the newest to the live object. */
export function toAuditEntries(key, entries, live) {
  const newestFirst = entries.toSorted((a, b) => compareText(b.timestamp ?? '', a.timestamp ?? ''));
  const seen = new Map();
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
export function toAuditChanges({ before, next }) {
  if (before === null || next === null) return null;
  if (before.__typename === 'PipelineSnapshot') return 'stages' in next ? toPipelineChanges(before, next) : null;
  return 'stageId' in next ? toStageChanges(before, next) : null;
}
/** Entries that are alike to the letter are numbered from the oldest on, so that newer ones change no id. */
function toId(key, entry, seen) {
  const { rawAction, timestamp, message, identifier, fromUserId, rawObject } = entry;
  const content = JSON.stringify([rawAction, timestamp, message, identifier, fromUserId, rawObject]);
  const digest = createHash('sha256').update(content).digest('base64url').slice(0, 16);
  const count = seen.get(digest) ?? 0;
  seen.set(digest, count + 1);
  const hash = count === 0 ? digest : `${digest}.${count}`;
  return toAuditEntryGlobalId({ ...key, stageId: key.stageId ?? null, timestamp, hash });
}
