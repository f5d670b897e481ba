import { assumptions } from './assumptions.js';
const windowMs = 10_000;
const dayMs = 24 * 60 * 60 * 1000;
/** Counts requests by account, in a rolling window of ten seconds and by UTC day (HubSpot's usage guidelines). */
export function createRateLimiter(limits) {
  const usages = new Map();
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
function currentUsage(usages, account, now) {
  const day = Math.floor(now / dayMs);
  const known = usages.get(account);
  const usage = known?.day === day ? known : { recent: known?.recent ?? [], day, today: 0 };
  usage.recent = usage.recent.filter((time) => time > now - windowMs);
  usages.set(account, usage);
  return usage;
}
function refusal({ tenSecondly, daily }, usage) {
  if (daily > 0 && usage.today >= daily) return 'DAILY';
  return tenSecondly > 0 && usage.recent.length >= tenSecondly ? 'TEN_SECONDLY_ROLLING' : null;
}
function rateHeaders({ tenSecondly, daily }, usage) {
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
export function rateLimitBody(policyName, id) {
  const limit = { status: 'error', errorType: 'RATE_LIMIT', correlationId: id, policyName };
  return policyName === 'DAILY'
    ? { ...limit, message: 'You have reached your daily limit.', requestId: id }
    : {
        ...limit,
        message: 'You have reached your ten_secondly_rolling limit.',
        groupName: 'publicapi:private-apps:sandbox',
      };
}
