import type { RetryPolicy } from '../upstream/retry-policy.ts';

/** What HubSpot says of sending again (documented): a lock lasts two seconds, and a move between data centres a while. */
export const hubSpotRetryPolicy: RetryPolicy = {
  delaysMs: new Map([
    [423, 2_000],
    [477, null],
  ]),
  lastingLimits: ['DAILY'],
};
