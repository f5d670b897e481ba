import type { PipelineFault } from '../../domain/problems.ts';
import type { SourceHealth } from './admission.ts';
import type { Lane, ScheduledRequest } from './lanes.ts';
import { aMomentMs, noPlace, onHold } from './refusals.ts';
import type { Sending } from './sending.ts';
import type { Queue, Tenant, Tenants, Waiter } from './tenants.ts';

/** What may wait at one source, which is a bound of memory only: one request can want thousands of objects. */
const maxWaiting = 65_536;
/** What one source may have in flight at once. */
export const maxInFlight = 256;
/** What one credential may have in flight at once. */
const maxInFlightOfOne = 36;
/**
 * Of what is free a credential may have a quarter. However many hog the source, something is left for the next one. These are
 * dynamic thresholds, by which switches share their memory among queues (Choudhury and Hahne, 1998).
 */
const shareOfFree = 1 / 4;

/** What a scheduler is made with. */
export interface SchedulerOptions extends Omit<Sending, 'outage'> {
  readonly sourceName: string;
  /** How often something that is left alone is tried by one read. */
  readonly circuitRetryMs: number;
  /** A read that costs little, to see whether the upstream is back. */
  readonly probe: ScheduledRequest;
}

/** What one scheduler knows. */
export interface SchedulerState extends SchedulerOptions, SourceHealth {
  readonly tenants: Tenants;
  /** Whose request the source's hold came from. */
  heldFor: Tenant | null;
  /** Those whose turn may have come, the first to go first. */
  readonly ring: Set<Tenant>;
  isPumping: boolean;
  inFlight: number;
  waiting: number;
}

/** Those who wait in a lane. */
export function openQueue({ queues }: Tenant, lane: Lane): Queue {
  let queue = queues.get(lane);
  if (queue === undefined) queues.set(lane, (queue = { waiters: new Set(), blockedUntil: 0 }));
  return queue;
}

/** Adds a waiter as the last. */
export function join(state: SchedulerState, tenant: Tenant, queue: Queue, waiter: Waiter): void {
  queue.waiters.add(waiter);
  tenant.waiting += 1;
  state.waiting += 1;
}

/** Takes a waiter out; false if it was out already. */
export function leave(state: SchedulerState, tenant: Tenant, queue: Queue, waiter: Waiter): boolean {
  if (!queue.waiters.delete(waiter)) return false;
  tenant.waiting -= 1;
  state.waiting -= 1;
  waiter.stopListening?.();
  return true;
}

/** Takes out those who cannot wait so long, and tells them. */
export function refuseImpatient(state: SchedulerState, tenant: Tenant, queue: Queue, waitMs: number): void {
  for (const waiter of queue.waiters) {
    if (waiter.call.timeLeftMs() >= waitMs) continue;
    leave(state, tenant, queue, waiter);
    waiter.refuse(toWaitFault(state, tenant, queue));
  }
}

/** Why a call that waits in the queue was not sent in its time. */
export function toWaitFault(state: SchedulerState, tenant: Tenant, { blockedUntil }: Queue): PipelineFault {
  const { sourceName, sourceHold } = state;
  for (const each of [sourceHold, tenant.hold]) if (each.leftMs() > 0) return onHold(sourceName, each);
  const blockedMs = blockedUntil - performance.now();
  return blockedMs > 0 ? noPlace(sourceName, toPolicy(tenant), blockedMs) : noPlace(sourceName, null, aMomentMs);
}

/** The name of the limit that a credential is kept within, null if none is known. */
export function toPolicy({ limits: { windows } }: Tenant): string | null {
  return windows.find(({ policy }) => policy !== '')?.policy ?? null;
}

/** How many slots a credential may hold now. */
export function toSlots({ inFlight }: SchedulerState): number {
  return Math.min(maxInFlightOfOne, toFairPart(maxInFlight, inFlight));
}

/** Whether no more of a credential's calls may wait. */
export function isCrowded(state: SchedulerState, { waiting }: Tenant): boolean {
  return waiting >= toFairPart(maxWaiting, state.waiting);
}

function toFairPart(most: number, used: number): number {
  return Math.max(1, Math.floor((most - used) * shareOfFree));
}
