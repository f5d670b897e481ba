import { assumptions } from './assumptions.ts';

/** The account's limits on requests; 0 switches one off. */
export interface RateLimits {
  readonly tenSecondly: number;
  readonly daily: number;
}

/** What a limiter says of one request: the headers for its answer, and the limit that refuses it, if any. */
export interface RateVerdict {
  readonly headers: Readonly<Record<string, string>>;
  readonly refusedBy: 'TEN_SECONDLY_ROLLING' | 'DAILY' | null;
}

interface Usage {
  /** When the requests of the last ten seconds came, oldest first. */
  recent: number[];
  day: number;
  today: number;
}

const windowMs = 10_000;
const dayMs = 24 * 60 * 60 * 1000;

/** Counts requests by account, in a rolling window of ten seconds and by UTC day (HubSpot's usage guidelines). */
export function createRateLimiter(limits: RateLimits): { check(account: string): RateVerdict; reset(): void } {
  const usages = new Map<string, Usage>();
  return {
    check(account) {
      const usage = currentUsage(usages, account, Date.now());
      const refusedBy = refusal(limits, usage);
      if (refusedBy === null || assumptions.refusedRequestsCount) {
        usage.recent.push(Date.now());
        usage.today += 1;
      }
      return { headers: rateHeaders(limits, usage), refusedBy };
    },
    reset: () => usages.clear(),
  };
}

function currentUsage(usages: Map<string, Usage>, account: string, now: number): Usage {
  const day = Math.floor(now / dayMs);
  const known = usages.get(account);
  const usage = known?.day === day ? known : { recent: known?.recent ?? [], day, today: 0 };
  usage.recent = usage.recent.filter((time) => time > now - windowMs);
  usages.set(account, usage);
  return usage;
}

function refusal({ tenSecondly, daily }: RateLimits, usage: Usage): RateVerdict['refusedBy'] {
  if (daily > 0 && usage.today >= daily) return 'DAILY';
  return tenSecondly > 0 && usage.recent.length >= tenSecondly ? 'TEN_SECONDLY_ROLLING' : null;
}

function rateHeaders({ tenSecondly, daily }: RateLimits, usage: Usage): Record<string, string> {
  const window = {
    'x-hubspot-ratelimit-interval-milliseconds': String(windowMs),
    'x-hubspot-ratelimit-max': String(tenSecondly),
    'x-hubspot-ratelimit-remaining': String(Math.max(0, tenSecondly - usage.recent.length)),
  };
  const day = {
    'x-hubspot-ratelimit-daily': String(daily),
    'x-hubspot-ratelimit-daily-remaining': String(Math.max(0, daily - usage.today)),
  };
  return { ...(tenSecondly > 0 ? window : {}), ...(daily > 0 ? day : {}) };
}

/** HubSpot's body for a request over a limit, as recorded (hubspot-api-python#117) and, for the daily one, documented. */
export function rateLimitBody(policyName: NonNullable<RateVerdict['refusedBy']>, id: string): Record<string, unknown> {
  const limit = { status: 'error', errorType: 'RATE_LIMIT', correlationId: id, policyName };
  return policyName === 'DAILY'
    ? { ...limit, message: 'You have reached your daily limit.', requestId: id }
    : {
        ...limit,
        message: 'You have reached your ten_secondly_rolling limit.',
        groupName: 'publicapi:private-apps:sandbox',
      };
}
