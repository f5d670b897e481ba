import type { IncomingHttpHeaders } from 'node:http';
import { readRetryAfterSeconds } from './retry-after.ts';

/** What an upstream's refusals say of sending a request again, beyond what HTTP says with 429, 503 and Retry-After. */
export interface RetryPolicy {
  /** Further statuses of requests that did not happen, with the ms to wait before the next try; null: a short time. */
  readonly delaysMs: ReadonlyMap<number, number | null>;
  /** The rate limits that come back within no deadline: what they refuse is not sent again. */
  readonly lastingLimits: readonly string[];
}

/** What of an answer says when its request may be sent again. */
export interface AnswerHead {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
}

/** Whether an answer says that the upstream did nothing for now, and wants to be asked later. */
export function asksToWait({ status, headers }: AnswerHead, { delaysMs }: RetryPolicy): boolean {
  return delaysMs.has(status) || (status === 503 && readRetryAfterSeconds(headers) !== null);
}
