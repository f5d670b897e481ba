import { setTimeout as sleep } from 'node:timers/promises';
import { PipelineFault } from '../../domain/problems.ts';
import type { Call } from '../source.ts';
import type { UpstreamAnswer } from './answer.ts';
import type { ScheduledRequest } from './lanes.ts';
import { readRetryAfterSeconds } from './retry-after.ts';
import { asksToWait } from './retry-policy.ts';
import type { RetryPolicy } from './retry-policy.ts';
import type { Scheduler } from './scheduler.ts';
import { maxSavedRetries } from './tenants.ts';
import { timedOut, TransportFault } from './transport.ts';

const maxAttempts = 3;
/** The share of a credential's traffic that may be retries, so that an outage is not multiplied. */
const retryShare = 0.1;
const firstDelayMs = 100;

/** What became of one attempt. */
type Outcome = { readonly answer: UpstreamAnswer } | { readonly fault: unknown };

/**
 * Sends, and again what is safe to send again, at most three times in all. That is a read after a failure that may pass, a
 * write only when it certainly did not happen. Waits as long as the upstream asks, else for a short time with jitter. A wait
 * longer than the time left ends at once with what the upstream answered, and until it is over nobody asks.
 */
export async function sendWithRetry(
  scheduler: Scheduler,
  policy: RetryPolicy,
  request: ScheduledRequest,
  call: Call,
): Promise<UpstreamAnswer> {
  const tenant = scheduler.tenants.open(call.credential);
  tenant.savedRetries = Math.min(maxSavedRetries, tenant.savedRetries + retryShare);
  let sends = 0;
  let refusal: Outcome | null = null;
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await settleOne(scheduler, request, call, sends);
    // A write that was told to wait, and could not be sent again, ends with what it was told.
    if (refusal !== null && isUnsent(outcome)) return unwrap(refusal, call, sends);
    if (hasLeft(outcome)) sends += 1;
    const delayMs = toDelayMs(outcome, request, attempt, policy);
    const isTooLong = delayMs !== null && delayMs > call.timeLeftMs();
    if (isTooLong && hasRetryAfter(outcome)) scheduler.hold(outcome.answer.status, delayMs, call);
    if (delayMs === null || isTooLong || attempt === maxAttempts || tenant.savedRetries < 1) {
      return unwrap(outcome, call, sends);
    }
    tenant.savedRetries -= 1;
    if (request.method !== 'GET' && 'answer' in outcome) refusal = outcome;
    await pause(delayMs, call, scheduler.sourceName);
  }
}

async function settleOne(scheduler: Scheduler, request: ScheduledRequest, call: Call, sends: number): Promise<Outcome> {
  try {
    return { answer: await scheduler.send(request, call, sends) };
  } catch (fault) {
    return { fault };
  }
}

function hasLeft(outcome: Outcome): boolean {
  return 'answer' in outcome || (outcome.fault instanceof TransportFault && outcome.fault.hasDeparted);
}

/** Whether a further attempt ended before it left, because what it needs could not be had in time. */
function isUnsent(outcome: Outcome): boolean {
  if (hasLeft(outcome) || !('fault' in outcome) || !(outcome.fault instanceof PipelineFault)) return false;
  return outcome.fault.problems[0].code.startsWith('UPSTREAM_');
}

function hasRetryAfter(outcome: Outcome): outcome is { readonly answer: UpstreamAnswer } {
  return 'answer' in outcome && readRetryAfterSeconds(outcome.answer.headers) !== null;
}

function unwrap(outcome: Outcome, call: Call, sends: number): UpstreamAnswer {
  call.noteSends?.(sends);
  if ('answer' in outcome) return outcome.answer;
  if (outcome.fault instanceof PipelineFault) outcome.fault.sends = sends;
  throw outcome.fault;
}

/** How long to wait before sending again; null where it must not be sent again. */
function toDelayMs(
  outcome: Outcome,
  { method }: ScheduledRequest,
  attempt: number,
  policy: RetryPolicy,
): number | null {
  const isRead = method === 'GET';
  if ('fault' in outcome) {
    const { fault } = outcome;
    if (!(fault instanceof TransportFault) || fault.problems[0].code === 'UPSTREAM_TIMEOUT') return null;
    return isRead || !fault.hasDeparted ? withJitter(attempt) : null;
  }
  const { answer } = outcome;
  const { status, headers } = answer;
  if (status === 429 && policy.lastingLimits.includes(answer.rejection.policy ?? '')) return null;
  const didNotHappen = status === 429 || asksToWait(answer, policy);
  if (!didNotHappen && !(isRead && status >= 500)) return null;
  const retryAfterSeconds = readRetryAfterSeconds(headers);
  return retryAfterSeconds === null ? (policy.delaysMs.get(status) ?? withJitter(attempt)) : retryAfterSeconds * 1000;
}

/** Between half of the delay and all of it, so that callers who failed together do not come back together. */
function withJitter(attempt: number): number {
  return firstDelayMs * 2 ** (attempt - 1) * (0.5 + Math.random() / 2);
}

/** Waits, but not beyond the caller's deadline. */
export async function pause(delayMs: number, { signal }: Call, sourceName: string): Promise<void> {
  try {
    await sleep(delayMs, undefined, { signal });
  } catch {
    throw new PipelineFault([timedOut()], sourceName);
  }
}
