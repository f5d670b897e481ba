import { assumptions } from './assumptions.ts';

// A limit by the name that HubSpot gives it in its error bodies.
type RateLimitPolicy = 'TEN_SECONDLY_ROLLING' | 'DAILY';

/** Counts the requests of each account. */
export interface RateLimiter {
  /** Counts one request: gives the headers for its answer, and the limit that it exceeds, null for none. */
  count(account: string): {
    readonly headers: Readonly<Record<string, string>>;
    readonly exceeded: RateLimitPolicy | null;
  };
  /** Forgets all that was counted. */
  reset(): void;
}

interface RateLimits {
  readonly tenSecondly: number;
  readonly daily: number;
}

interface Usage {
  /** When the requests of the last ten seconds came, oldest first. */
  recent: number[];
  day: number;
  today: number;
}

const windowMs = 10_000;
const dayMs = 24 * 60 * 60 * 1000;

/** Limits requests by account, in a sliding window of ten seconds and by UTC day (HubSpot's guidelines); 0 is no limit. */
export function createRateLimiter(limits: RateLimits): RateLimiter {
  const usages = new Map<string, Usage>();
  return {
    count(account) {
      const usage = currentUsage(usages, account, Date.now());
      const exceeded = exceededLimit(limits, usage);
      if (exceeded === null || assumptions.refusedRequestsCount) {
        usage.recent.push(Date.now());
        usage.today += 1;
      }
      return { headers: rateLimitHeaders(limits, usage), exceeded };
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

function exceededLimit({ tenSecondly, daily }: RateLimits, usage: Usage): RateLimitPolicy | null {
  if (daily > 0 && usage.today >= daily) return 'DAILY';
  return tenSecondly > 0 && usage.recent.length >= tenSecondly ? 'TEN_SECONDLY_ROLLING' : null;
}

function rateLimitHeaders({ tenSecondly, daily }: RateLimits, usage: Usage): Record<string, string> {
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

/** HubSpot's body for a request over a limit: recorded (hubspot-api-python#117), the daily one documented. */
export function rateLimitBody(policyName: RateLimitPolicy, id: string): Record<string, unknown> {
  const limit = { status: 'error', errorType: 'RATE_LIMIT', correlationId: id, policyName };
  return policyName === 'DAILY'
    ? { ...limit, message: 'You have reached your daily limit.', requestId: id }
    : {
        ...limit,
        message: 'You have reached your ten_secondly_rolling limit.',
        groupName: 'publicapi:private-apps:sandbox',
      };
}
