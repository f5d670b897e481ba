import type { IncomingHttpHeaders } from 'node:http';
import type { RateLimit } from '../source-status.ts';

const daySeconds = 24 * 60 * 60;

/** The limits that HubSpot reports with every answer: one of ten seconds and, but for OAuth apps, one of a day. */
export function readHubSpotRateLimits(headers: IncomingHttpHeaders): readonly RateLimit[] {
  const read = (name: string): number | null => readCount(headers[`x-hubspot-ratelimit-${name}`]);
  const intervalMs = read('interval-milliseconds');
  return [
    toLimit('TEN_SECONDLY_ROLLING', read('max'), read('remaining'), intervalMs === null ? null : intervalMs / 1000),
    toLimit('DAILY', read('daily'), read('daily-remaining'), daySeconds),
  ].filter((limit) => limit !== null);
}

function toLimit(
  policy: string,
  limit: number | null,
  remaining: number | null,
  intervalSeconds: number | null,
): RateLimit | null {
  if (limit === null || remaining === null || intervalSeconds === null || limit < 1 || intervalSeconds <= 0)
    return null;
  return { policy, limit, remaining, intervalSeconds };
}

function readCount(value: string | string[] | undefined): number | null {
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : null;
}
