import type { IncomingHttpHeaders } from 'node:http';
import { LRUCache } from 'lru-cache';
import { nothingMore, PipelineFault, upstreamProblem } from '../../domain/problems.ts';
import type { Problem } from '../../domain/problems.ts';
import type { Call, Credential, RateLimit } from '../source.ts';
import type { UpstreamAnswer } from './answer.ts';
import { createKnownLimits, learnFrom, longestHoldMs, toRateLimits, toSendWindow } from './known-limits.ts';
import type { KnownLimits } from './known-limits.ts';
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

/** How long a report that nothing is left is believed: nobody says when a day ends at the upstream. */
const spentForMs = 60_000;
const maxCredentials = 10_000;
/** Of how many credentials, those used last, the scarcest limits are looked for. */
const maxCompared = 20;

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
export function createRateLimiter(sourceName: string, options: RateLimiterOptions): RateLimiter {
  const credentials = new LRUCache<string, KnownLimits>({ max: maxCredentials });
  const state: State = { ...options, sourceName, credentials, outageEndsAt: 0 };
  return {
    admit: (transport) => ({ ...transport, send: (request, call) => sendAdmitted(state, transport, request, call) }),
    pace: (transport) => ({
      ...transport,
      send: (request, call) => sendPaced(state, transport, request, call),
      holdFor: (status, ms, call) => holdFor(state, status, ms, call),
      rateLimits: (credential) => readRateLimits(state, credential),
      scarcestRateLimits: () => readScarcestRateLimits(state),
    }),
  };
}

/** What is known of one source's limits. */
interface State extends RateLimiterOptions {
  readonly sourceName: string;
  readonly credentials: LRUCache<string, KnownLimits>;
  /** Until when the upstream wants no more requests at all. */
  outageEndsAt: number;
}

type CredentialHash = Pick<Credential, 'hash'>;

function knownOf({ credentials, configured }: State, { hash }: CredentialHash): KnownLimits {
  const known = credentials.get(hash) ?? createKnownLimits(configured[0] ?? null);
  credentials.set(hash, known);
  return known;
}

function keyOf({ sourceName }: State, { hash }: CredentialHash): string {
  return `${sourceName}:${hash}`;
}

async function sendAdmitted(
  state: State,
  transport: Transport,
  request: UpstreamRequest,
  call: Call,
): Promise<UpstreamAnswer> {
  const known = knownOf(state, call.credential);
  const key = keyOf(state, call.credential);
  const waitMs = await state.log.take(key, toSendWindow(known), toLane(request, call));
  if (waitMs > 0) throw new NoSlotYet(waitMs);
  const answer = await transport.send(request, call);
  learnFrom(answer, known, { ...state, key });
  return answer;
}

async function sendPaced(
  state: State,
  transport: Transport,
  request: UpstreamRequest,
  call: Call,
): Promise<UpstreamAnswer> {
  const { sourceName } = state;
  const known = knownOf(state, call.credential);
  for (;;) {
    await waitWhileDown(Math.max(state.outageEndsAt, known.downUntil), call, sourceName);
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

function holdFor(state: State, status: number, ms: number, { credential }: Call): void {
  const heldMs = Math.min(ms, longestHoldMs);
  const until = performance.now() + heldMs;
  const known = knownOf(state, credential);
  // 503 is about the upstream; any other status is about one account.
  if (status === 429) state.log.hold(keyOf(state, credential), heldMs);
  else if (status === 503) state.outageEndsAt = Math.max(state.outageEndsAt, until);
  else known.downUntil = Math.max(known.downUntil, until);
}

async function readRateLimits(state: State, credential: CredentialHash): Promise<readonly RateLimit[]> {
  const known = knownOf(state, credential);
  const used = known.window === null ? 0 : await state.log.count(keyOf(state, credential), known.window);
  return toRateLimits(known, used);
}

async function readScarcestRateLimits(state: State): Promise<readonly RateLimit[]> {
  const hashes = [...state.credentials.keys()].slice(0, maxCompared);
  const limits = (await Promise.all(hashes.map((hash) => readRateLimits(state, { hash })))).flat();
  const scarcest = new Map<string, RateLimit>();
  for (const limit of limits) {
    if (limit.remaining < (scarcest.get(limit.policy)?.remaining ?? Infinity)) scarcest.set(limit.policy, limit);
  }
  return [...scarcest.values()];
}

function toLane({ method }: UpstreamRequest, { isBackground }: Call): Lane {
  if (method !== 'GET') return 'write';
  return isBackground ? 'background' : 'read';
}

async function waitWhileDown(until: number, call: Call, sourceName: string): Promise<void> {
  const waitMs = until - performance.now();
  if (waitMs <= 0) return;
  if (waitMs <= call.timeLeftMs()) return pause(waitMs, call, sourceName);
  const retryAfterSeconds = waitMs / 1000;
  const message = 'The upstream asked to be left alone for longer than the deadline.';
  throw new PipelineFault([upstreamProblem('UPSTREAM_UNAVAILABLE', message, { retryAfterSeconds })], sourceName);
}

function refuseWhereSpent({ reports }: KnownLimits, sourceName: string): void {
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
