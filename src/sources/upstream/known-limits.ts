import type { IncomingHttpHeaders } from 'node:http';
import type { RateLimit } from '../source.ts';
import type { UpstreamAnswer } from './answer.ts';
import { readRetryAfterSeconds } from './retry-policy.ts';
import type { RateWindow, WindowLog } from './sliding-window.ts';

/** A window that no log can hold: it is counted by the upstream's own reports. */
const maxLoggedIntervalSeconds = 3600;
/** Between our clock and the upstream's a request can look a little later than it was. */
const skewMs = 250;
/** A 429 that says no time holds for this long, doubled with each that follows. */
const firstHoldMs = 200;
const maxHoldMs = 5_000;
/** Nobody is left alone for longer, whatever a Retry-After says: one request will show. */
export const longestHoldMs = 3_600_000;

/** Until an upstream has answered it may have any limit: what is sent is only noted, to count once it names one. */
const notKnownYet: RateWindow = { policy: '', limit: 1_000_000, intervalMs: 10_000 + skewMs };

/** What is known of one credential's limits. */
export interface KnownLimits {
  window: RateWindow | null;
  /** Whether the upstream has answered, and so had the chance to name its limits. */
  hasAnswered: boolean;
  /** Reports of windows that are not logged, by policy. */
  readonly reports: Map<string, { report: RateLimit; at: number }>;
  /** How often it was refused in a row, without being told until when, and the end of the last pause for that. */
  refusals: number;
  pauseEndsAt: number;
  /** Until when the upstream wants no more requests with this credential. */
  downUntil: number;
}

/** What is known of a credential that was not used yet: what the configuration says. */
export function createKnownLimits(window: RateWindow | null): KnownLimits {
  return { window, hasAnswered: false, reports: new Map(), refusals: 0, pauseEndsAt: 0, downUntil: 0 };
}

/** The window to send within; null if there is none. */
export function toSendWindow({ window, hasAnswered }: KnownLimits): RateWindow | null {
  return window ?? (hasAnswered ? null : notKnownYet);
}

/** The limits as far as they are known, with what is left of them; `used` is what the window holds. */
export function toRateLimits({ window, reports }: KnownLimits, used: number): readonly RateLimit[] {
  const reported = [...reports.values()].map(({ report }) => report);
  if (window === null) return reported;
  const { policy, limit, intervalMs } = window;
  const intervalSeconds = (intervalMs - skewMs) / 1000;
  return [{ policy, limit, remaining: Math.max(0, limit - used), intervalSeconds }, ...reported];
}

/** The window of a limit, a little longer than the upstream's. */
export function toWindow({ policy, limit, intervalSeconds }: Omit<RateLimit, 'remaining'>): RateWindow {
  return { policy, limit, intervalMs: intervalSeconds * 1000 + skewMs };
}

/** How an answer's headers are read, and the log that what was sent with its credential stands in. */
interface Learning {
  readonly log: WindowLog;
  readonly key: string;
  readonly readReports: (headers: IncomingHttpHeaders) => readonly RateLimit[];
}

/** Takes in what an answer says of the limits, and lets nobody ask for a while after a 429. */
export function learnFrom(
  { status, headers }: UpstreamAnswer,
  known: KnownLimits,
  { log, key, readReports }: Learning,
): void {
  known.hasAnswered = true;
  for (const report of readReports(headers)) learn(known, report, log, key);
  if (status === 429) log.hold(key, toHoldMs(known, headers));
  else known.refusals = 0;
}

function learn(known: KnownLimits, report: RateLimit, log: WindowLog, key: string): void {
  if (report.intervalSeconds > maxLoggedIntervalSeconds) {
    known.reports.set(report.policy, { report, at: performance.now() });
    return;
  }
  known.window = toWindow(report);
  log.catchUp(key, known.window, report.limit - report.remaining);
}

/** As long as the upstream says; where it does not, a little longer with each time that it refused after a pause. */
function toHoldMs(known: KnownLimits, headers: IncomingHttpHeaders): number {
  const retryAfterSeconds = readRetryAfterSeconds(headers);
  if (retryAfterSeconds !== null) return Math.min(longestHoldMs, retryAfterSeconds * 1000);
  const now = performance.now();
  // Those that were under way together are refused together, and count as one.
  if (now >= known.pauseEndsAt) {
    known.refusals += 1;
    known.pauseEndsAt = now + Math.min(maxHoldMs, firstHoldMs * 2 ** (known.refusals - 1));
  }
  return known.pauseEndsAt - now;
}
