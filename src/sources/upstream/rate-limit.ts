import type { IncomingHttpHeaders } from 'node:http';
import { LRUCache } from 'lru-cache';
import { nothingMore, PipelineFault, upstreamProblem } from '../../domain/problems.ts';
import type { Problem } from '../../domain/problems.ts';
import type { Call, Credential, RateLimit } from '../source.ts';
import type { UpstreamAnswer } from './answer.ts';
import { readRetryAfterSeconds } from './retry-policy.ts';
import { pause } from './retry.ts';
import type { Lane, RateWindow, WindowLog } from './sliding-window.ts';
import type { Transport, UpstreamRequest } from './transport.ts';

/** A transport that keeps within the upstream's rate limits. */
interface RateLimitedTransport extends Transport {
  /** The limits known for a credential, with what is left of them. */
  rateLimits(credential: Credential): Promise<readonly RateLimit[]>;
  /** Each limit as the credential knows it that has the fewest left of it, among those used last. */
  scarcestRateLimits(): Promise<readonly RateLimit[]>;
  /** Lets nobody ask until the upstream wants to be asked again: at all after 503, with this credential otherwise. */
  holdFor(status: number, ms: number, call: Call): void;
}

interface RateLimiterOptions {
  readonly log: WindowLog;
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
/** Nobody is left alone for longer, whatever a Retry-After says: one request will show. */
const longestHoldMs = 3_600_000;
const maxCredentials = 10_000;
/** Of how many credentials, those used last, the scarcest limits are looked for. */
const maxCompared = 20;

/** Until an upstream has answered it may have any limit: what is sent is only noted, to count once it names one. */
const notKnownYet: RateWindow = { policy: '', limit: 1_000_000, intervalMs: 10_000 + skewMs };

/** What is known of one credential's limits. */
interface Known {
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

/** There is no slot within the rate limit yet, so nothing was sent. */
class NoSlotYet extends Error {
  readonly waitMs: number;

  constructor(waitMs: number) {
    super('There is no slot within the rate limit yet.');
    this.waitMs = waitMs;
  }
}

/** One source's rate limits, by credential. */
interface RateLimiter {
  /** Takes a slot right before sending, so that none is taken for what waits elsewhere or is never sent. */
  admit(transport: Transport): Transport;
  /** Waits until a slot is free, or fails at once where the wait is longer than the time left. */
  pace(transport: Transport): RateLimitedTransport;
}

/**
 * Keeps within the limits that the configuration or the upstream's headers name; where neither names one, there is none.
 */
export function createRateLimiter(
  sourceName: string,
  { log, configured, readReports }: RateLimiterOptions,
): RateLimiter {
  const credentials = new LRUCache<string, Known>({ max: maxCredentials });
  let outage = { until: 0 };

  function knownOf({ hash }: Pick<Credential, 'hash'>): Known {
    const known = credentials.get(hash) ?? {
      window: configured[0] ?? null,
      hasAnswered: false,
      reports: new Map(),
      refusals: 0,
      pauseEndsAt: 0,
      downUntil: 0,
    };
    credentials.set(hash, known);
    return known;
  }
  const keyOf = ({ hash }: Pick<Credential, 'hash'>): string => `${sourceName}:${hash}`;

  function learnFrom({ status, headers }: UpstreamAnswer, known: Known, key: string): void {
    known.hasAnswered = true;
    for (const report of readReports(headers)) learn(known, report, log, key);
    if (status === 429) log.hold(key, toHoldMs(known, headers));
    else known.refusals = 0;
  }

  async function sendAdmitted(transport: Transport, request: UpstreamRequest, call: Call): Promise<UpstreamAnswer> {
    const known = knownOf(call.credential);
    const window = known.window ?? (known.hasAnswered ? null : notKnownYet);
    const waitMs = await log.take(keyOf(call.credential), window, toLane(request, call));
    if (waitMs > 0) throw new NoSlotYet(waitMs);
    const answer = await transport.send(request, call);
    learnFrom(answer, known, keyOf(call.credential));
    return answer;
  }

  async function sendPaced(transport: Transport, request: UpstreamRequest, call: Call): Promise<UpstreamAnswer> {
    const known = knownOf(call.credential);
    for (;;) {
      await waitWhileDown(Math.max(outage.until, known.downUntil), call, sourceName);
      refuseWhereSpent(known, sourceName);
      try {
        return await transport.send(request, call);
      } catch (error) {
        if (!(error instanceof NoSlotYet)) throw error;
        if (error.waitMs > call.timeLeftMs()) throw limited(known.window?.policy ?? null, error.waitMs, sourceName);
        await pause(error.waitMs, call, sourceName);
      }
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

  async function scarcestRateLimits(): Promise<readonly RateLimit[]> {
    const hashes = [...credentials.keys()].slice(0, maxCompared);
    const limits = (await Promise.all(hashes.map((hash) => rateLimits({ hash })))).flat();
    const scarcest = new Map<string, RateLimit>();
    for (const limit of limits) {
      if (limit.remaining < (scarcest.get(limit.policy)?.remaining ?? Infinity)) scarcest.set(limit.policy, limit);
    }
    return [...scarcest.values()];
  }

  return {
    admit: (transport) => ({ ...transport, send: (request, call) => sendAdmitted(transport, request, call) }),
    pace: (transport) => ({
      ...transport,
      send: (request, call) => sendPaced(transport, request, call),
      holdFor(status, ms, { credential }) {
        const heldMs = Math.min(ms, longestHoldMs);
        const until = performance.now() + heldMs;
        // 503 is about the upstream; any other status is about one account.
        if (status === 429) log.hold(keyOf(credential), heldMs);
        else if (status === 503) outage = { until: Math.max(outage.until, until) };
        else knownOf(credential).downUntil = Math.max(knownOf(credential).downUntil, until);
      },
      rateLimits,
      scarcestRateLimits,
    }),
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

function learn(known: Known, report: RateLimit, log: WindowLog, key: string): void {
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
  if (retryAfterSeconds !== null) return Math.min(longestHoldMs, retryAfterSeconds * 1000);
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
