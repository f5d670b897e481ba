import { LRUCache } from 'lru-cache';
import type { Call, Credential } from '../source.ts';
import type { UpstreamAnswer } from './answer.ts';
import { createCircuits } from './circuits.ts';
import type { Circuits } from './circuits.ts';
import { createHold } from './hold.ts';
import type { Hold } from './hold.ts';
import { createKnownLimits } from './known-limits.ts';
import type { KnownLimits } from './known-limits.ts';
import type { Lane, ScheduledRequest } from './lanes.ts';
import type { RateWindow } from './rate-window.ts';

/** A call that is to be sent, until it is. */
export interface Waiter {
  readonly request: ScheduledRequest;
  readonly call: Call;
  /** How often the request was sent before. */
  readonly sends: number;
  /** The write that it is a trial for, as one read has to be answered first; else null. */
  readonly before: ScheduledRequest | null;
  /** When it came, by performance.now(). */
  readonly cameAt: number;
  /** Gives what it is waited for; null if the circuits are to be looked at once more. */
  settle(answer: Promise<UpstreamAnswer | null> | null): void;
  refuse(fault: Error): void;
  /** Stops listening for the end of the caller's time. */
  stopListening: (() => void) | null;
}

/** Those who wait in one lane, the first to go first. */
export interface Queue {
  readonly waiters: Set<Waiter>;
  /** Until when the rate limit has no place for this lane, by performance.now(). */
  blockedUntil: number;
}

/** All that is kept of one credential at one source. */
export interface Tenant {
  readonly hash: string;
  /** What its windows are logged by. */
  readonly key: string;
  readonly queues: Map<Lane, Queue>;
  readonly hold: Hold;
  readonly circuits: Circuits;
  readonly limits: KnownLimits;
  waiting: number;
  inFlight: number;
  /** Whether a place in the rate limit is being asked for elsewhere. */
  isTaking: boolean;
  /** When to look at its queues again, by performance.now(). */
  wakesAt: number;
  timer: NodeJS.Timeout | null;
  /** How many times requests may be sent again; grows with what is sent. */
  savedRetries: number;
  /** How often it was refused in a row without being told until when, and the end of the last pause for that. */
  refusals: number;
  pauseEndsAt: number;
}

interface TenantOptions {
  readonly sourceName: string;
  readonly circuitRetryMs: number;
  readonly configured: RateWindow | null;
}

/** What is kept of credentials that were not seen for long is dropped, so that its memory has a bound. */
const maxTenants = 10_000;
/** How many times sending again may be saved up for. */
export const maxSavedRetries = 10;

/** The credentials that a source was called with, the latest of them. */
export interface Tenants {
  open(credential: Pick<Credential, 'hash'>): Tenant;
  /** Undefined if nothing is known of it. */
  peek(credential: Pick<Credential, 'hash'>): Tenant | undefined;
  /** All, the one called with last first. */
  values(): Iterable<Tenant>;
}

/** Nobody is known yet. */
export function createTenants(options: TenantOptions): Tenants {
  const tenants = new LRUCache<string, Tenant>({ max: maxTenants });
  return {
    open({ hash }) {
      let tenant = tenants.get(hash);
      if (tenant === undefined) tenants.set(hash, (tenant = createTenant(hash, options)));
      return tenant;
    },
    peek: ({ hash }) => tenants.peek(hash),
    values: () => tenants.values(),
  };
}

function createTenant(hash: string, { sourceName, circuitRetryMs, configured }: TenantOptions): Tenant {
  return {
    hash,
    key: `${sourceName}:${hash}`,
    queues: new Map(),
    hold: createHold(circuitRetryMs),
    circuits: createCircuits(circuitRetryMs),
    limits: createKnownLimits(configured),
    waiting: 0,
    inFlight: 0,
    isTaking: false,
    wakesAt: Infinity,
    timer: null,
    savedRetries: maxSavedRetries,
    refusals: 0,
    pauseEndsAt: 0,
  };
}
