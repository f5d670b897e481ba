import type { IncomingHttpHeaders } from 'node:http';
import type { RateLimit } from '../source-status.ts';
import type { RateWindow, WindowLog } from './rate-window.ts';

/** A longer window that an upstream reports is not logged: its own reports count it. */
const maxReportedIntervalSeconds = 60;
/** What an upstream reports is believed up to here: beyond, nobody asks so often. Clamps headers that are mistaken or hostile. */
const maxReportedLimit = 10_000;
/** Between our clock and the upstream's a request can look a little later than it was. */
const skewMs = 250;
/** How long a report that nothing is left is believed: nobody says when a day ends at the upstream. */
const spentForMs = 60_000;

/** Until an upstream has answered it may have any limit: what is sent is only noted, to count once it names one. */
const notKnownYet: RateWindow = {
  namedBy: 'upstream',
  policy: '',
  limit: 1_000_000,
  intervalMs: 10_000 + skewMs,
};

/** What is known of one credential's limits. */
export interface KnownLimits {
  /** What to send within: the configuration's window and the upstream's, so that the smaller of them holds. */
  windows: readonly RateWindow[];
  /** Reports of windows that are not logged, by policy. */
  readonly reports: Map<string, Report>;
  hasAnswered: boolean;
}

interface Report {
  readonly limit: RateLimit;
  /** By performance.now(). */
  readonly at: number;
}

/** What is known of a credential that was not used yet: what the configuration says. */
export function createKnownLimits(configured: RateWindow | null): KnownLimits {
  return { windows: toWindows(configured, notKnownYet), reports: new Map(), hasAnswered: false };
}

/** The window of a limit that the configuration names, a little longer than the upstream's. */
export function toConfiguredWindow({ policy, limit, intervalSeconds }: Omit<RateLimit, 'remaining'>): RateWindow {
  return { namedBy: 'configuration', policy, limit, intervalMs: intervalSeconds * 1000 + skewMs };
}

/** How an answer's headers are read, and the log that what was sent with its credential stands in. */
interface Learning {
  readonly log: WindowLog;
  readonly key: string;
  readonly configured: RateWindow | null;
  readonly readReports: (headers: IncomingHttpHeaders) => readonly RateLimit[];
}

/** Takes in what an answer says of the limits. */
export function learnLimits(known: KnownLimits, headers: IncomingHttpHeaders, learning: Learning): void {
  const { log, key, configured, readReports } = learning;
  if (!known.hasAnswered) known.windows = toWindows(configured, null);
  known.hasAnswered = true;
  for (const reported of readReports(headers)) {
    const report = clamp(reported);
    if (report === null) continue;
    if (report.intervalSeconds > maxReportedIntervalSeconds) {
      known.reports.set(report.policy, { limit: report, at: performance.now() });
      continue;
    }
    const window = toReportedWindow(report, known);
    if (!known.windows.includes(window)) known.windows = toWindows(configured, window);
    log.catchUp(key, window, report.limit - report.remaining);
  }
}

/** The limit that has nothing left, by the upstream's own word; null if there is none. */
export function findSpent({ reports }: KnownLimits): RateLimit | null {
  for (const { limit, at } of reports.values()) {
    if (limit.remaining <= 0 && performance.now() - at < spentForMs) return limit;
  }
  return null;
}

/** The limits as far as they are known, with what is left of them; of two of one name the one with less. */
export async function toRateLimits(known: KnownLimits, log: WindowLog, key: string): Promise<readonly RateLimit[]> {
  const limits = new Map<string, RateLimit>();
  for (const window of known.windows) {
    if (window === notKnownYet) continue;
    const remaining = Math.max(0, window.limit - (await log.count(key, window)));
    keepScarcest(limits, { ...toLimit(window), remaining });
  }
  for (const { limit } of known.reports.values()) keepScarcest(limits, limit);
  return [...limits.values()];
}

/** Adds a limit unless one of its name has less left. */
export function keepScarcest(limits: Map<string, RateLimit>, limit: RateLimit): void {
  if (limit.remaining < (limits.get(limit.policy)?.remaining ?? Infinity)) limits.set(limit.policy, limit);
}

function toLimit({ policy, limit, intervalMs }: RateWindow): Omit<RateLimit, 'remaining'> {
  return { policy, limit, intervalSeconds: (intervalMs - skewMs) / 1000 };
}

function toWindows(configured: RateWindow | null, reported: RateWindow | null): readonly RateWindow[] {
  return [configured, reported].filter((window) => window !== null);
}

/** The window known already if it is the same, as it mostly is. */
function toReportedWindow({ policy, limit, intervalSeconds }: RateLimit, { windows }: KnownLimits): RateWindow {
  const intervalMs = intervalSeconds * 1000 + skewMs;
  const known = windows.find(
    (each) =>
      each.namedBy === 'upstream' && each.policy === policy && each.limit === limit && each.intervalMs === intervalMs,
  );
  return known ?? { namedBy: 'upstream', policy, limit, intervalMs };
}

/** A report within what can be true; null if it says nothing. */
function clamp({ policy, limit, remaining, intervalSeconds }: RateLimit): RateLimit | null {
  if (!(limit >= 1) || !(intervalSeconds > 0) || Number.isNaN(remaining)) return null;
  const isLogged = intervalSeconds <= maxReportedIntervalSeconds;
  const most = isLogged ? Math.min(Math.floor(limit), maxReportedLimit) : limit;
  // However large the limit, what is left of it is left.
  return { policy, limit: most, remaining: Math.min(Math.max(0, Math.floor(remaining)), most), intervalSeconds };
}
