import type { SourceControls } from '../parts.ts';
import type { RateLimit } from '../source-status.ts';
import { toWorst } from './circuits.ts';
import { keepScarcest, toRateLimits } from './known-limits.ts';
import type { WindowLog } from './rate-window.ts';
import type { Scheduler } from './scheduler.ts';

/** Of how many credentials, those used last, the scarcest limits are looked for. */
const maxCompared = 20;

/** How a source's callers fare, each and all together. Tells of holds as of circuits: what they refuse is the same. */
export function createStatus(
  { tenants, sourceHold, outage, waiting }: Scheduler,
  log: WindowLog,
): Pick<SourceControls, 'status' | 'scarcestRateLimits' | 'pressure'> {
  return {
    async status(credential) {
      const tenant = credential === null ? undefined : tenants.peek(credential);
      const own = tenant === undefined ? [] : [tenant.hold.state(), tenant.circuits.state()];
      const rateLimits = credential === null ? [] : await readRateLimits(tenant ?? tenants.open(credential));
      return { circuit: toWorst([sourceHold.state(), outage.state(), ...own]), rateLimits };
    },

    async scarcestRateLimits() {
      const scarcest = new Map<string, RateLimit>();
      for (const tenant of [...tenants.values()].slice(0, maxCompared)) {
        for (const limit of await readRateLimits(tenant)) keepScarcest(scarcest, limit);
      }
      return [...scarcest.values()];
    },

    pressure() {
      const states = [sourceHold.state(), outage.state()];
      let heldCredentials = 0;
      for (const { hold, circuits } of tenants.values()) {
        if (hold.leftMs() > 0) heldCredentials += 1;
        states.push(hold.state(), circuits.state());
      }
      return { circuit: toWorst(states), waiting: waiting(), isHeld: sourceHold.leftMs() > 0, heldCredentials };
    },
  };

  function readRateLimits({ limits, key }: ReturnType<Scheduler['tenants']['open']>): Promise<readonly RateLimit[]> {
    return toRateLimits(limits, log, key);
  }
}
