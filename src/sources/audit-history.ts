import { toAuditContent, toAuditEntry } from '../domain/audit.ts';
import type { AuditEntry, AuditEntryFields } from '../domain/audit.ts';
import { readAuditEntryGlobalId } from '../domain/ids.ts';
import type { AuditEntryKey, PipelineKey, StageKey } from '../domain/ids.ts';
import { compareText } from '../domain/pipeline.ts';
import { isTurnOver, nextTurn } from './turn.ts';

/** A history of any length, newest first; only what is asked for is completed. */
export interface AuditHistory {
  readonly length: number;
  /** The entries from `start` up to but not with `end`. */
  entries(start: number, end: number): Promise<readonly AuditEntry[]>;
  /** Where the entry of that key is; −1 if there is no such entry. */
  indexOf(key: AuditEntryKey): Promise<number>;
  /** How many entries are as new as an instant or newer. */
  countSince(timestamp: string | null): number;
}

/** Opens the history of an object from its entries in the upstream's order. */
export function openAuditHistory(
  key: PipelineKey & Partial<StageKey>,
  entries: readonly AuditEntryFields[],
): AuditHistory {
  const newestFirst = entries.toSorted((a, b) => compareText(instantOf(b), instantOf(a)));
  // An entry without an instant stands last, but the upstream names it between its neighbours.
  const followedByUndated = new Set(entries.filter((_, index) => entries[index + 1]?.timestamp === null));
  const hashes = createHashes(newestFirst);
  const complete = async (index: number): Promise<readonly AuditEntry[]> => {
    const entry = newestFirst[index];
    if (entry === undefined) return [];
    const older = followedByUndated.has(entry) ? undefined : newestFirst[index + 1];
    return [toAuditEntry(key, entry, await hashes.at(index), older)];
  };
  return {
    length: newestFirst.length,
    async entries(start, end) {
      const completed: AuditEntry[] = [];
      for (let index = start; index < Math.min(end, newestFirst.length); index += 1) {
        completed.push(...(await complete(index)));
      }
      return completed;
    },
    async indexOf({ timestamp, hash }) {
      const first = newestFirst.findIndex((entry) => entry.timestamp === timestamp);
      for (let index = first; index !== -1 && newestFirst[index]?.timestamp === timestamp; index += 1) {
        if ((await hashes.at(index)) === hash) return index;
      }
      return -1;
    },
    countSince: (timestamp) => newestFirst.filter((entry) => instantOf(entry) >= (timestamp ?? '')).length,
  };
}

/** Where the entry of a global id is in a history; −1 if it is not there. */
export async function findEntry(history: AuditHistory, id: string): Promise<number> {
  const key = readAuditEntryGlobalId(id);
  return key === null ? -1 : history.indexOf(key);
}

function instantOf({ timestamp }: AuditEntryFields): string {
  return timestamp ?? '';
}

/**
 * What tells entries of one instant apart, by their places. Those that are alike to the letter are numbered from the oldest
 * on, so that newer ones change no id. All of one instant are hashed together, and lets others have their turn meanwhile.
 */
function createHashes(newestFirst: readonly AuditEntryFields[]) {
  const known = new Map<number, string>();
  return {
    async at(index: number): Promise<string> {
      const timestamp = newestFirst[index]?.timestamp;
      let [first, last] = [index, index];
      if (!known.has(index)) {
        while (first > 0 && newestFirst[first - 1]?.timestamp === timestamp) first -= 1;
        while (last + 1 < newestFirst.length && newestFirst[last + 1]?.timestamp === timestamp) last += 1;
        const seen = new Map<string, number>();
        for (let at = last; at >= first; at -= 1) {
          const entry = newestFirst[at];
          if (entry === undefined) continue;
          const content = toAuditContent(entry);
          const count = seen.get(content) ?? 0;
          seen.set(content, count + 1);
          known.set(at, count === 0 ? content : `${content}.${count}`);
          if (isTurnOver()) await nextTurn();
        }
      }
      return known.get(index) ?? '';
    },
  };
}
