import { LRUCache } from 'lru-cache';

/** A limit on requests within a sliding window. */
export interface RateWindow {
  /** The upstream's name for it. */
  readonly policy: string;
  readonly limit: number;
  readonly intervalMs: number;
}

/** Who asks: writes may use all of a window, reads leave a reserve for them, refreshes in the background a larger one. */
export type Lane = 'write' | 'read' | 'background';

const laneShares: Readonly<Record<Lane, number>> = { write: 1, read: 0.9, background: 0.7 };

/** How many requests of a lane fit into a window. */
export function toShare({ limit }: RateWindow, lane: Lane): number {
  return Math.max(1, Math.floor(limit * laneShares[lane]));
}

/** What was sent with each credential, as far back as its window reaches; shared by replicas where they can share. */
export interface WindowLog {
  /** Notes one request and gives 0; where it does not fit, or the key is held, notes nothing and gives the ms to wait. */
  take(key: string, window: RateWindow | null, lane: Lane): Promise<number>;
  /** Notes requests that others made with the same credential, so that the window holds at least `used`. */
  catchUp(key: string, window: RateWindow, used: number): void;
  /** Lets nobody ask with the key for so long. */
  hold(key: string, ms: number): void;
  /** How many requests the window holds now. */
  count(key: string, window: RateWindow): Promise<number>;
}

interface Entry {
  times: number[];
  heldUntil: number;
}

const maxKeys = 10_000;

/** A log in this process's memory. `share` is the part of each limit that is this replica's. */
export function createMemoryWindowLog(share: () => number = () => 1): WindowLog {
  const entries = new LRUCache<string, Entry>({ max: maxKeys });

  function open(key: string, intervalMs: number): Entry {
    const entry = entries.get(key) ?? { times: [], heldUntil: 0 };
    entries.set(key, entry);
    const oldest = performance.now() - intervalMs;
    const expired = entry.times.findIndex((time) => time > oldest);
    entry.times = expired === -1 ? [] : entry.times.slice(expired);
    return entry;
  }

  return {
    async take(key, window, lane) {
      const now = performance.now();
      const entry = open(key, window?.intervalMs ?? 0);
      if (entry.heldUntil > now) return entry.heldUntil - now;
      if (window === null) return 0;
      const capacity = Math.max(1, Math.floor(toShare(window, lane) * share()));
      const blocking = entry.times.at(-capacity);
      if (blocking !== undefined) return blocking + window.intervalMs - now;
      entry.times.push(now);
      return 0;
    },
    catchUp(key, window, used) {
      const { times } = open(key, window.intervalMs);
      const now = performance.now();
      while (times.length < Math.min(used, window.limit)) times.push(now);
    },
    hold(key, ms) {
      const entry = open(key, Number.MAX_SAFE_INTEGER);
      entry.heldUntil = Math.max(entry.heldUntil, performance.now() + ms);
    },
    count: async (key, window) => open(key, window.intervalMs).times.length,
  };
}
