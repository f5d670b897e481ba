import type { IncomingHttpHeaders } from 'node:http';
import type { PipelineFault } from '../../domain/problems.ts';
import type { RateLimit } from '../source-status.ts';
import type { Call } from '../source.ts';
import type { UpstreamAnswer } from './answer.ts';
import type { Trial } from './hold.ts';
import { learnLimits } from './known-limits.ts';
import { toEndpointKind } from './lanes.ts';
import type { ScheduledRequest } from './lanes.ts';
import type { Outage } from './outage.ts';
import type { RateWindow, WindowLog } from './rate-window.ts';
import { aMomentMs, noPlace } from './refusals.ts';
import { readRetryAfterSeconds } from './retry-after.ts';
import { asksToWait } from './retry-policy.ts';
import type { RetryPolicy } from './retry-policy.ts';
import type { Tenant, Waiter } from './tenants.ts';
import { TransportFault } from './transport.ts';
import type { Transport } from './transport.ts';

/** A 429 that says no time holds for this long, doubled with each that follows. */
const firstPauseMs = 200;
const maxPauseMs = 5_000;
/** What a trial has at least to be answered in. */
const trialMs = 2_000;

/** What a request is sent with, and who learns from what becomes of it. */
export interface Sending {
  readonly transport: Transport;
  readonly log: WindowLog;
  readonly configured: RateWindow | null;
  readonly readReports: (headers: IncomingHttpHeaders) => readonly RateLimit[];
  readonly retryPolicy: RetryPolicy;
  /** A call that had less time than this says nothing about the upstream by having no answer. */
  readonly fairTimeMs: number;
  readonly outage: Outage;
}

/** Sends, and lets limits, holds and circuits learn from what the upstream made of it. */
export async function sendAndLearn(
  sending: Sending,
  tenant: Tenant,
  waiter: Waiter,
  trials: readonly Trial[],
): Promise<UpstreamAnswer> {
  const { request, call } = waiter;
  const { windows } = tenant.limits;
  const startedAt = performance.now();
  const isTrial = trials.length > 0;
  const fair = isTrial ? withTrialTime(call) : call;
  let health: Health = 'unknown';
  try {
    const answer = await sending.transport.send(request, fair);
    health = toHealth(answer, sending.retryPolicy);
    learn(sending, tenant, answer);
    return answer;
  } catch (error) {
    const hadTime = isTrial || !fair.signal.aborted || performance.now() - startedAt >= sending.fairTimeMs;
    if (error instanceof TransportFault && hadTime) health = 'failing';
    if (hasDeparted(error)) throw error;
    sending.log.giveBack(tenant.key, windows);
    throw fair.signal.aborted && hasMostlyWaited(waiter, startedAt) ? neverSent(sending.transport) : error;
  } finally {
    if (!isTrial) note(sending, tenant, request, health);
    for (const trial of trials) trial.endTrial(health === 'unknown' ? null : health === 'well');
    if (health === 'well' && trials.includes(tenant.hold)) sending.log.shareHold(tenant.key, 0);
  }
}

/** What a call shows of its upstream. One that asks to wait is not failing, as it knows what it does. */
type Health = 'well' | 'failing' | 'waiting' | 'unknown';

function toHealth(answer: UpstreamAnswer, policy: RetryPolicy): Health {
  if (answer.status === 429 || asksToWait(answer, policy)) return 'waiting';
  return answer.status >= 500 ? 'failing' : 'well';
}

/** Whether anything of the request left; what is no fault of the transport says that nothing did. */
function hasDeparted(error: unknown): boolean {
  return error instanceof TransportFault && error.hasDeparted;
}

/** Whether it was the queue that took the time of a call, and not the connection. */
function hasMostlyWaited({ cameAt }: Waiter, startedAt: number): boolean {
  return startedAt - cameAt > performance.now() - startedAt;
}

function neverSent({ sourceName }: Transport): PipelineFault {
  return noPlace(sourceName, null, aMomentMs);
}

/** A trial shows how the upstream is, whatever time its caller has, so it goes on when that one has left. */
function withTrialTime(call: Call): Call {
  return { ...call, signal: AbortSignal.timeout(Math.max(trialMs, Math.ceil(call.timeLeftMs()))) };
}

/** Broken audits say nothing of the upstream as a whole. */
function note({ outage }: Sending, { circuits, hash }: Tenant, request: ScheduledRequest, health: Health): void {
  if (health === 'well' || health === 'failing') circuits.note(request, health === 'failing');
  if (health === 'well') outage.note(hash, false);
  else if (health === 'failing' && toEndpointKind(request) !== 'audit') outage.note(hash, true);
}

function learn(sending: Sending, tenant: Tenant, answer: UpstreamAnswer): void {
  const { status, headers } = answer;
  learnLimits(tenant.limits, headers, { ...sending, key: tenant.key });
  if (status !== 429) {
    tenant.refusals = 0;
    return;
  }
  const ms = toPauseMs(tenant, headers);
  tenant.hold.extend(ms, { status, policy: answer.rejection.policy });
  if (ms > 0) sending.log.shareHold(tenant.key, ms);
}

/** As long as the upstream says; if it does not, a little longer with each time that it refused after a pause. */
function toPauseMs(tenant: Tenant, headers: IncomingHttpHeaders): number {
  const retryAfterSeconds = readRetryAfterSeconds(headers);
  if (retryAfterSeconds !== null) return retryAfterSeconds * 1000;
  const now = performance.now();
  // Those that were under way together are refused together, and count as one.
  if (now >= tenant.pauseEndsAt) {
    tenant.refusals += 1;
    tenant.pauseEndsAt = now + Math.min(maxPauseMs, firstPauseMs * 2 ** (tenant.refusals - 1));
  }
  return tenant.pauseEndsAt - now;
}
