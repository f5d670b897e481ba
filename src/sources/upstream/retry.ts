import { setTimeout as sleep } from 'node:timers/promises';
import { PipelineFault } from '../../domain/problems.ts';
import type { Call } from '../source.ts';
import type { UpstreamAnswer } from './answer.ts';
import { asksToWait, readRetryAfterSeconds } from './retry-policy.ts';
import type { RetryPolicy } from './retry-policy.ts';
import { timedOut, TransportFault } from './transport.ts';
import type { Transport, UpstreamRequest } from './transport.ts';

const maxAttempts = 3;
/** The share of the traffic that may be retries, so that an outage is not multiplied, and how many may be saved up. */
const retryShare = 0.1;
const maxSavedRetries = 10;
const firstDelayMs = 100;

/** What became of one attempt. */
type Outcome = { readonly answer: UpstreamAnswer } | { readonly fault: unknown };

interface RetryOptions {
  readonly policy: RetryPolicy;
  /** Told of each answer that asks to wait longer than the caller can: until then nobody is to ask again. */
  readonly onLongWait: (answer: UpstreamAnswer, retryAfterMs: number, call: Call) => void;
}

/**
 * Sends again what is safe to send again, at most three times in all. That is a read after a failure that may pass, a write only
 * when it certainly did not happen. Waits as long as the upstream asks, else for a short time with jitter. A wait longer
 * than the time left ends at once with what the upstream answered.
 */
export function withRetry(transport: Transport, { policy, onLongWait }: RetryOptions): Transport {
  let saved = maxSavedRetries;

  return {
    ...transport,
    async send(request, call) {
      saved = Math.min(maxSavedRetries, saved + retryShare);
      for (let attempt = 1; ; attempt += 1) {
        const outcome = await settleOne(transport, request, call);
        const delayMs = toDelayMs(outcome, request, attempt, policy);
        const isTooLong = delayMs !== null && delayMs > call.timeLeftMs();
        if (isTooLong && hasRetryAfter(outcome)) onLongWait(outcome.answer, delayMs, call);
        if (delayMs === null || isTooLong || attempt === maxAttempts || saved < 1) return unwrap(outcome);
        saved -= 1;
        await pause(delayMs, call, transport.sourceName);
        // What never left can be sent as it is; an upstream that asked to wait may have changed meanwhile.
        if (request.method !== 'GET' && 'answer' in outcome) await call.beforeResend?.();
      }
    },
  };
}

async function settleOne(transport: Transport, request: UpstreamRequest, call: Call): Promise<Outcome> {
  try {
    return { answer: await transport.send(request, call) };
  } catch (fault) {
    return { fault };
  }
}

function hasRetryAfter(outcome: Outcome): outcome is { readonly answer: UpstreamAnswer } {
  return 'answer' in outcome && readRetryAfterSeconds(outcome.answer.headers) !== null;
}

function unwrap(outcome: Outcome): UpstreamAnswer {
  if ('answer' in outcome) return outcome.answer;
  throw outcome.fault;
}

/** How long to wait before sending again; null where it must not be sent again. */
function toDelayMs(outcome: Outcome, { method }: UpstreamRequest, attempt: number, policy: RetryPolicy): number | null {
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
