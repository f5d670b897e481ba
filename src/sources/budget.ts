import type { IncomingHttpHeaders } from 'node:http';
import { LRUCache } from 'lru-cache';
import { nothingMore, PipelineFault, upstreamProblem } from '../problem.ts';
import type { Problem } from '../problem.ts';
import type { Transport, UpstreamRequest } from './http.ts';
import { readRetryAfterSeconds } from './refusal.ts';
import type { Lane, RateWindow, RequestLog } from './request-log.ts';
import { pause } from './retries.ts';
import type { Call, Credential, RateLimit } from './source.ts';

/** A transport that keeps within the upstream's rate limits. */
export interface BudgetedTransport extends Transport {
  /** The limits known for a credential, with what is left of them. */
  rateLimits(credential: Credential): Promise<readonly RateLimit[]>;
  /** Each limit as the credential knows it that has the fewest left of it, among those used last. */
  scarcestRateLimits(): Promise<readonly RateLimit[]>;
  /** Lets nobody ask until the upstream wants to be asked again: with this credential after 429, at all otherwise. */
  holdFor(status: number, ms: number, call: Call): void;
}

export interface BudgetOptions {
  readonly log: RequestLog;
  /** Limits that the configuration names, for every credential. */
  readonly configured: readonly RateWindow[];
  /** The limits that an answer's headers report. */
  readonly readReports: (headers: IncomingHttpHeaders) => readonly RateLimit[];
}

/** A window that no log can hold: it is counted by the upstream's own reports. */
const maxLoggedIntervalSeconds = 3600;
/** Between our clock and the upstream's a request can look a little later than it was. */
const skewMs = 250;
/** How long a report that nothing is left is believed: nobody says when a day ends at the upstream. */
const spentForMs = 60_000;
/** A 429 that says no time holds for this long, doubled with each that follows. */
const firstHoldMs = 200;
const maxHoldMs = 5_000;
const maxCredentials = 10_000;
/** Of how many credentials, those used last, the scarcest limits are looked for. */
const maxCompared = 20;

/** What is known of one credential's limits. */
interface Known {
  window: RateWindow | null;
  /** Reports of windows that are not logged, by policy. */
  readonly reports: Map<string, { report: RateLimit; at: number }>;
  /** How often it was refused in a row, without being told until when, and the end of the last pause for that. */
  refusals: number;
  pauseEndsAt: number;
}

/**
 * Waits for a place within the credential's rate limit, or fails at once where the wait is longer than the time left.
 * Limits come from the configuration or the upstream's headers; where neither names one, there is none.
 */
export function withBudget(transport: Transport, { log, configured, readReports }: BudgetOptions): BudgetedTransport {
  const { sourceName } = transport;
  const credentials = new LRUCache<string, Known>({ max: maxCredentials });
  let outage = { until: 0 };

  function knownOf({ hash }: Pick<Credential, 'hash'>): Known {
    const known = credentials.get(hash) ?? {
      window: configured[0] ?? null,
      reports: new Map(),
      refusals: 0,
      pauseEndsAt: 0,
    };
    credentials.set(hash, known);
    return known;
  }
  const keyOf = ({ hash }: Pick<Credential, 'hash'>): string => `${sourceName}:${hash}`;

  async function waitForPlace(request: UpstreamRequest, call: Call): Promise<void> {
    const known = knownOf(call.credential);
    await waitWhileDown(outage.until, call, sourceName);
    refuseWhereSpent(known, sourceName);
    for (;;) {
      const waitMs = await log.take(keyOf(call.credential), known.window, toLane(request, call));
      if (waitMs <= 0) return;
      if (waitMs > call.timeLeftMs()) throw limited(known.window?.policy ?? null, waitMs, sourceName);
      await pause(waitMs, call, sourceName);
    }
  }

  async function rateLimits(credential: Pick<Credential, 'hash'>): Promise<readonly RateLimit[]> {
    const { window, reports } = knownOf(credential);
    const reported = [...reports.values()].map(({ report }) => report);
    if (window === null) return reported;
    const { policy, limit, intervalMs } = window;
    const used = await log.count(keyOf(credential), window);
    const intervalSeconds = (intervalMs - skewMs) / 1000;
    return [{ policy, limit, remaining: Math.max(0, limit - used), intervalSeconds }, ...reported];
  }

  return {
    ...transport,
    async send(request, call) {
      await waitForPlace(request, call);
      const answer = await transport.send(request, call);
      const known = knownOf(call.credential);
      for (const report of readReports(answer.headers)) learn(known, report, log, keyOf(call.credential));
      if (answer.status === 429) log.hold(keyOf(call.credential), toHoldMs(known, answer.headers));
      else known.refusals = 0;
      return answer;
    },
    holdFor(status, ms, { credential }) {
      if (status === 429) log.hold(keyOf(credential), ms);
      else outage = { until: Math.max(outage.until, performance.now() + ms) };
    },
    rateLimits,
    async scarcestRateLimits() {
      const hashes = [...credentials.keys()].slice(0, maxCompared);
      const limits = (await Promise.all(hashes.map((hash) => rateLimits({ hash })))).flat();
      const scarcest = new Map<string, RateLimit>();
      for (const limit of limits) {
        if (limit.remaining < (scarcest.get(limit.policy)?.remaining ?? Infinity)) scarcest.set(limit.policy, limit);
      }
      return [...scarcest.values()];
    },
  };
}

/** The window of a limit, a little longer than the upstream's. */
export function toWindow({ policy, limit, intervalSeconds }: Omit<RateLimit, 'remaining'>): RateWindow {
  return { policy, limit, intervalMs: intervalSeconds * 1000 + skewMs };
}

function toLane({ method }: UpstreamRequest, { isBackground }: Call): Lane {
  if (method !== 'GET') return 'write';
  return isBackground ? 'background' : 'read';
}

function learn(known: Known, report: RateLimit, log: RequestLog, key: string): void {
  if (report.intervalSeconds > maxLoggedIntervalSeconds) {
    known.reports.set(report.policy, { report, at: performance.now() });
    return;
  }
  known.window = toWindow(report);
  log.catchUp(key, known.window, report.limit - report.remaining);
}

/** As long as the upstream says; where it does not, a little longer with each time that it refused after a pause. */
function toHoldMs(known: Known, headers: IncomingHttpHeaders): number {
  const retryAfterSeconds = readRetryAfterSeconds(headers);
  if (retryAfterSeconds !== null) return retryAfterSeconds * 1000;
  const now = performance.now();
  // Those that were under way together are refused together, and count as one.
  if (now >= known.pauseEndsAt) {
    known.refusals += 1;
    known.pauseEndsAt = now + Math.min(maxHoldMs, firstHoldMs * 2 ** (known.refusals - 1));
  }
  return known.pauseEndsAt - now;
}

async function waitWhileDown(until: number, call: Call, sourceName: string): Promise<void> {
  const waitMs = until - performance.now();
  if (waitMs <= 0) return;
  if (waitMs <= call.timeLeftMs()) return pause(waitMs, call, sourceName);
  const retryAfterSeconds = waitMs / 1000;
  const message = 'The upstream asked to be left alone for longer than the deadline.';
  throw new PipelineFault([upstreamProblem('UPSTREAM_UNAVAILABLE', message, { retryAfterSeconds })], sourceName);
}

function refuseWhereSpent({ reports }: Known, sourceName: string): void {
  for (const { report, at } of reports.values()) {
    if (report.remaining <= 0 && performance.now() - at < spentForMs) throw limited(report.policy, null, sourceName);
  }
}

function limited(policy: string | null, waitMs: number | null, sourceName: string): PipelineFault {
  const message = 'The upstream takes no more requests for now.';
  const retryAfterSeconds = waitMs === null ? null : waitMs / 1000;
  const problem: Problem = { ...nothingMore, code: 'UPSTREAM_RATE_LIMITED', message, policy, retryAfterSeconds };
  return new PipelineFault([problem], sourceName);
}
