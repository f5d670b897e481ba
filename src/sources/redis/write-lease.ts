import { hash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { TurnMissed } from '../write-turns.ts';
import type { FleetLease, TurnCall } from '../write-turns.ts';
import type { RedisLink } from './link.ts';

/** A replica that dies in the middle of a write leaves its pipeline free after this time. */
const leaseMs = 10_000;
const renewEveryMs = 2_500;
const askAgainMs = 40;
const releaseAgainMs = 250;

/** Only who holds the lease may prolong it or give it back. */
const renewScript = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('pexpire', KEYS[1], ARGV[2]) end return 0`;
const releaseScript = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0`;

/**
 * One holder for each place among all replicas, by a key in Redis that ends by itself and is prolonged while work goes on.
 * Without Redis each replica goes on by itself.
 */
export function createWriteLease(link: RedisLink): FleetLease {
  return {
    async hold(place, call, work) {
      const key = `pipeline-gateway:write:${hash('sha256', place, 'base64url')}`;
      const token = randomUUID();
      await take(link, key, token, call);
      const renewing = setInterval(() => {
        void link.run((redis) => redis.eval(renewScript, 1, key, token, leaseMs));
      }, renewEveryMs).unref();
      try {
        return await work();
      } finally {
        clearInterval(renewing);
        const release = () => link.run((redis) => redis.eval(releaseScript, 1, key, token));
        if ((await release()) === null) void releaseLater(release);
      }
    },
  };
}

/** Redis did not answer in time: others would wait for the end of a lease that nobody needs. */
async function releaseLater(release: () => Promise<unknown>): Promise<void> {
  for (const endsAt = performance.now() + leaseMs; performance.now() < endsAt;) {
    await sleep(releaseAgainMs, undefined, { ref: false });
    if ((await release()) !== null) return;
  }
}

/** Asks until the place is free, the caller's time is over (TurnMissed) or Redis is away. */
async function take(link: RedisLink, key: string, token: string, { signal }: TurnCall): Promise<void> {
  for (;;) {
    const answer = await link.run(async (redis) =>
      (await redis.set(key, token, 'PX', leaseMs, 'NX')) === 'OK' ? ('taken' as const) : ('held' as const),
    );
    if (answer !== 'held') return;
    await sleep(askAgainMs * (0.5 + Math.random()), undefined, { signal }).catch(() => {
      throw new TurnMissed();
    });
  }
}
