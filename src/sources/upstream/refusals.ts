import { nothingMore, PipelineFault, upstreamProblem } from '../../domain/problems.ts';
import type { Hold } from './hold.ts';

/** What a caller is told to wait, in ms, if what it waited for is a slot, not a time. */
export const aMomentMs = 1_000;

/** The fault of a call that found no place in a rate limit or a queue in its time: nothing was sent. */
export function noPlace(sourceName: string, policy: string | null, waitMs: number | null): PipelineFault {
  const message = 'The upstream takes no more requests for now.';
  const retryAfterSeconds = waitMs === null ? null : waitMs / 1000;
  const problem = { ...nothingMore, code: 'UPSTREAM_RATE_LIMITED', message, policy, retryAfterSeconds } as const;
  return new PipelineFault([problem], sourceName);
}

/** The fault of a call while the upstream wants to be left alone for longer than the call can wait: nothing was sent. */
export function onHold(sourceName: string, hold: Pick<Hold, 'leftMs' | 'reason'>): PipelineFault {
  const { status, policy } = hold.reason();
  if (status === 429) return noPlace(sourceName, policy, hold.leftMs());
  const message = 'The upstream asked to be left alone for longer than the deadline.';
  const retryAfterSeconds = hold.leftMs() / 1000;
  return new PipelineFault([upstreamProblem('UPSTREAM_UNAVAILABLE', message, { retryAfterSeconds })], sourceName);
}

/** The fault of a call while its circuit is open: nothing was sent. */
export function leftAlone(sourceName: string): PipelineFault {
  const message = 'The upstream failed too often just now, and is left alone for a moment.';
  return new PipelineFault([upstreamProblem('UPSTREAM_UNAVAILABLE', message)], sourceName);
}
