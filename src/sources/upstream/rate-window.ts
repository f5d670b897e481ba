import { LRUCache } from 'lru-cache';
import { toShare } from './lanes.ts';
import type { Lane } from './lanes.ts';

/** A limit on requests within a sliding window. */
export interface RateWindow {
  /** Who named it: a credential has at most one window of each, and keeps within both. */
  readonly namedBy: 'configuration' | 'upstream';
  /** The upstream's name for it. */
  readonly policy: string;
  readonly limit: number;
  readonly intervalMs: number;
}

/** What became of asking for a place: noted at once if `waitMs` is 0; `isHeld` if it is not the window that says no. */
export interface Taken {
  readonly waitMs: number;
  readonly isHeld: boolean;
}

/** What is taken, and how. */
export interface Wanted {
  readonly windows: readonly RateWindow[];
  readonly lane: Lane;
  /** Whether it is to see if a hold that replicas share is over, and so is not held by it. */
  readonly isProbe: boolean;
}

/**
 * What was sent with each credential, as far back as its windows reach (a sliding-window log); shared by replicas if they can
 * share. Places are for requests that leave at once.
 */
export interface WindowLog {
  /** Notes one request in every window, or in none and gives the ms to wait. Answers at once unless it asks elsewhere. */
  take(key: string, wanted: Wanted): Taken | Promise<Taken>;
  /** Takes back the note of a request that was not sent after all. */
  giveBack(key: string, windows: readonly RateWindow[]): void;
  /** Notes requests that others made with the same credential, so that the window holds at least `used`. */
  catchUp(key: string, window: RateWindow, used: number): void;
  /** Tells the other replicas that nobody is to ask with the key for so long; 0 takes that back. */
  shareHold(key: string, ms: number): void;
  /** How many requests the window holds now. */
  count(key: string, window: RateWindow): Promise<number>;
}

/** A place was free, and is taken. */
const taken: Taken = { waitMs: 0, isHeld: false };

/** Requests by the time at which they were noted; those close together share an entry, which bounds the memory. */
interface Log {
  entries: { readonly startedAt: number; lastAt: number; count: number }[];
  used: number;
}

const maxLogs = 20_000;
/** A window has at most so many entries; each request counts as made when the last one of its entry was. */
const maxEntries = 500;

/** A log in this process's memory. `share` is the part of each limit that is this replica's. */
export function createMemoryWindowLog(share: () => number = () => 1): WindowLog {
  const logs = new LRUCache<string, Log>({ max: maxLogs });
  const open = (key: string, window: RateWindow): Log => openLog(logs, `${key} ${window.namedBy}`, window);
  return {
    take(key, { windows, lane }) {
      let waitMs = 0;
      for (const window of windows) {
        const capacity = Math.max(1, Math.floor(toShare(window.limit, lane) * share()));
        waitMs = Math.max(waitMs, toWaitMs(open(key, window), window, capacity));
      }
      if (waitMs > 0) return { waitMs, isHeld: false };
      for (const window of windows) note(open(key, window), window, 1);
      return taken;
    },
    giveBack(key, windows) {
      for (const window of windows) note(open(key, window), window, -1);
    },
    catchUp(key, window, used) {
      const log = open(key, window);
      note(log, window, Math.max(0, Math.min(used, window.limit) - log.used));
    },
    shareHold() {},
    count: async (key, window) => open(key, window).used,
  };
}

function openLog(logs: LRUCache<string, Log>, key: string, { intervalMs }: RateWindow): Log {
  let log = logs.get(key);
  if (log === undefined) logs.set(key, (log = { entries: [], used: 0 }));
  const oldest = performance.now() - intervalMs;
  const kept = log.entries.findIndex(({ lastAt }) => lastAt > oldest);
  const expired = log.entries.splice(0, kept === -1 ? log.entries.length : kept);
  for (const { count } of expired) log.used -= count;
  return log;
}

/** How long until the window has room; 0 if it has. */
function toWaitMs({ entries, used }: Log, { intervalMs }: RateWindow, capacity: number): number {
  let left = used;
  let freeAt = -Infinity;
  for (const { lastAt, count } of entries) {
    if (left < capacity) break;
    left -= count;
    freeAt = lastAt + intervalMs;
  }
  return Math.max(0, freeAt - performance.now());
}

function note(log: Log, { intervalMs }: RateWindow, count: number): void {
  if (count === 0) return;
  const now = performance.now();
  const last = log.entries.at(-1);
  if (last !== undefined && (now - last.startedAt < intervalMs / maxEntries || count < 0)) {
    last.count += count;
    last.lastAt = count < 0 ? last.lastAt : now;
    log.used += count;
  } else if (count > 0) {
    log.entries.push({ startedAt: now, lastAt: now, count });
    log.used += count;
  }
}
