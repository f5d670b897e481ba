import type { PipelineFault } from '../../domain/problems.ts';
import type { Hold, Trial } from './hold.ts';
import { findSpent } from './known-limits.ts';
import { leftAlone, noPlace, onHold } from './refusals.ts';
import type { ScheduledRequest } from './lanes.ts';
import type { Outage } from './outage.ts';
import type { Tenant, Waiter } from './tenants.ts';

/** Who asks. */
type Asking = Pick<Waiter, 'request' | 'call' | 'before'>;

/**
 * Whether a call may be sent now, if there is a place: as the trials named, if any. Else why not, how long to wait, or that a
 * read is to be tried before this write.
 */
type Admission =
  | { readonly kind: 'send'; readonly trials: readonly Trial[] }
  | { readonly kind: 'refuse'; readonly fault: PipelineFault }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'try-first' };

/** How a source does for all credentials. */
export interface SourceHealth {
  readonly sourceName: string;
  readonly sourceHold: Hold;
  readonly outage: Outage;
}

const send: Admission = { kind: 'send', trials: [] };

/** Decides by what the upstream asked for and how it did lately. Takes nothing, so it may be asked again at any time. */
export function admit(source: SourceHealth, tenant: Tenant, waiter: Asking): Admission {
  const { sourceName, sourceHold } = source;
  const isHeld = sourceHold.leftMs() > 0 || tenant.hold.leftMs() > 0;
  const held = isHeld ? admitDespiteHolds(sourceName, [sourceHold, tenant.hold], waiter) : send;
  if (held.kind !== 'send') return held;
  const spent = findSpent(tenant.limits);
  if (spent !== null) return { kind: 'refuse', fault: noPlace(sourceName, spent.policy, null) };
  const trials = judge(source, tenant, waiter.before ?? waiter.request);
  if (trials === 'closed') return held;
  if (trials === 'open') return { kind: 'refuse', fault: leftAlone(sourceName) };
  if (waiter.request.method !== 'GET') return { kind: 'try-first' };
  return { kind: 'send', trials: [...held.trials, ...trials] };
}

/** One that lasts no longer than the caller's time is waited for; a longer one is tried by one read now and then. */
function admitDespiteHolds(sourceName: string, holds: readonly Hold[], { request, call }: Asking): Admission {
  const lasting = holds.filter((hold) => hold.leftMs() > 0);
  if (lasting.length === 0) return send;
  const longest = lasting.reduce((one, other) => (other.leftMs() > one.leftMs() ? other : one));
  const ms = longest.leftMs();
  if (ms <= call.timeLeftMs()) return { kind: 'wait', ms };
  if (!lasting.every((hold) => hold.isDue())) return { kind: 'refuse', fault: onHold(sourceName, longest) };
  return request.method === 'GET' ? { kind: 'send', trials: lasting } : { kind: 'try-first' };
}

/** What the circuits say: it may go as the trials given, a write once a read went well as these. */
function judge(
  { outage }: SourceHealth,
  { circuits }: Tenant,
  request: ScheduledRequest,
): 'closed' | 'open' | readonly Trial[] {
  const verdicts = [outage.judge(), ...circuits.judge(request)];
  if (verdicts.includes('open')) return 'open';
  const trials = verdicts.filter((verdict) => typeof verdict === 'object');
  return trials.length === 0 ? 'closed' : trials;
}
