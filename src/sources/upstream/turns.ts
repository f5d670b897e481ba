import { PipelineFault } from '../../domain/problems.ts';
import type { Call } from '../source.ts';
import { admit } from './admission.ts';
import type { UpstreamAnswer } from './answer.ts';
import type { Trial } from './hold.ts';
import { lanes, toShare } from './lanes.ts';
import type { Lane } from './lanes.ts';
import type { Taken } from './rate-window.ts';
import { sendAndLearn } from './sending.ts';
import type { Queue, Tenant, Waiter } from './tenants.ts';
import { timedOut, unlessAborted } from './transport.ts';
import { leave, maxInFlight, refuseImpatient, toPolicy, toSlots } from './waiting.ts';
import type { SchedulerState } from './waiting.ts';

/** Waiting shorter than a request may take makes nothing old. */
const longWaitMs = 1_000;

/** What a turn came to: a waiter went, there is no slot, or nothing can go before something happens. */
type Step = 'went' | 'full' | 'asleep';

/** Lets all credentials whose turn may have come have it, one call each in turn, `tenant` last. */
export function wake(state: SchedulerState, tenant: Tenant): void {
  if (tenant.waiting > 0) state.ring.add(tenant);
  if (state.isPumping) return;
  state.isPumping = true;
  try {
    goRound(state);
  } finally {
    state.isPumping = false;
  }
}

/** Ends once each in turn has found no slot. */
function goRound(state: SchedulerState): void {
  const { ring } = state;
  for (let full = 0; ring.size > full && state.inFlight < maxInFlight;) {
    const [next] = ring;
    if (next === undefined) return;
    ring.delete(next);
    const step = takeTurn(state, next);
    if (step === 'asleep') continue;
    ring.add(next);
    full = step === 'full' ? full + 1 : 0;
  }
}

function takeTurn(state: SchedulerState, tenant: Tenant): Step {
  let isFull = false;
  for (const lane of lanes) {
    const queue = tenant.queues.get(lane);
    const [waiter] = queue?.waiters ?? [];
    if (queue === undefined || waiter === undefined || tenant.isTaking) continue;
    const step = tryToStart(state, tenant, lane, queue, waiter);
    if (step === 'went') return step;
    isFull ||= step === 'full';
  }
  return isFull ? 'full' : 'asleep';
}

function tryToStart(state: SchedulerState, tenant: Tenant, lane: Lane, queue: Queue, waiter: Waiter): Step {
  if (queue.blockedUntil > performance.now()) return sleepUntil(state, tenant, queue.blockedUntil);
  const trials = decide(state, tenant, queue, waiter);
  if (trials === 'went' || trials === 'asleep') return trials;
  if (tenant.inFlight >= toShare(toSlots(state), lane)) return 'full';
  const isProbe = trials.includes(tenant.hold);
  const place = state.log.take(tenant.key, { windows: tenant.limits.windows, lane, isProbe });
  if (!(place instanceof Promise)) return useOrWait(state, tenant, queue, place, trials);
  takeElsewhere(state, tenant, queue, place);
  return 'asleep';
}

/** The trials that the waiter may be sent as, or what became of it. */
function decide(
  state: SchedulerState,
  tenant: Tenant,
  queue: Queue,
  waiter: Waiter,
): readonly Trial[] | 'went' | 'asleep' {
  const admission = admit(state, tenant, waiter);
  if (admission.kind === 'send') return admission.trials;
  if (admission.kind === 'wait') return sleepUntil(state, tenant, performance.now() + admission.ms);
  leave(state, tenant, queue, waiter);
  if (admission.kind === 'refuse') waiter.refuse(admission.fault);
  else waiter.settle(null);
  return 'went';
}

/** If replicas share the limit, a place takes a moment; whoever is the first in the queue then has it. */
function takeElsewhere(state: SchedulerState, tenant: Tenant, queue: Queue, asked: Promise<Taken>): void {
  const { windows } = tenant.limits;
  tenant.isTaking = true;
  // A slot is kept for it.
  holdSlots(state, tenant, 1);
  void asked.then((place) => {
    tenant.isTaking = false;
    holdSlots(state, tenant, -1);
    const [waiter] = queue.waiters;
    const trials = waiter === undefined ? 'went' : decide(state, tenant, queue, waiter);
    if (typeof trials === 'object') useOrWait(state, tenant, queue, place, trials);
    else if (place.waitMs <= 0) state.log.giveBack(tenant.key, windows);
    wake(state, tenant);
  });
}

function useOrWait(
  state: SchedulerState,
  tenant: Tenant,
  queue: Queue,
  { waitMs, isHeld }: Taken,
  trials: readonly Trial[],
): Step {
  const [waiter] = queue.waiters;
  if (waiter !== undefined && waitMs <= 0) {
    leave(state, tenant, queue, waiter);
    start(state, tenant, waiter, trials);
    return 'went';
  }
  if (isHeld) {
    tenant.hold.extend(waitMs, { status: 429, policy: toPolicy(tenant) });
    return 'went';
  }
  queue.blockedUntil = performance.now() + waitMs;
  refuseImpatient(state, tenant, queue, waitMs);
  return sleepUntil(state, tenant, queue.blockedUntil);
}

function sleepUntil(state: SchedulerState, tenant: Tenant, at: number): 'asleep' {
  if (tenant.timer !== null && tenant.wakesAt <= at) return 'asleep';
  if (tenant.timer !== null) clearTimeout(tenant.timer);
  tenant.wakesAt = at;
  const onTime = (): void => {
    tenant.timer = null;
    wake(state, tenant);
  };
  tenant.timer = setTimeout(onTime, Math.max(1, Math.ceil(at - performance.now()))).unref();
  return 'asleep';
}

function start(state: SchedulerState, tenant: Tenant, waiter: Waiter, trials: readonly Trial[]): void {
  const { call } = waiter;
  const sourceHeldMs = state.sourceHold.leftMs();
  for (const trial of trials) trial.beginTrial();
  call.noteWaiting?.(null);
  holdSlots(state, tenant, 1);
  const sending: Promise<UpstreamAnswer | null> =
    call.beforeResend !== undefined && mayBeOld(waiter)
      ? lookAgainAndSend(state, tenant, waiter, call.beforeResend)
      : sendAndLearn(state, tenant, waiter, trials);
  const sent = sending.finally(() => {
    holdSlots(state, tenant, -1);
    if (trials.includes(state.sourceHold)) endSourceHold(state, tenant, sourceHeldMs);
    wake(state, tenant);
  });
  // A trial goes on although its caller has left.
  waiter.settle(trials.length === 0 ? sent : untilDeadline(sent, call, state.sourceName));
}

/** Whether what a write relies on was read long ago: the upstream told it to wait, or its turn took its time. */
function mayBeOld({ request, sends, cameAt }: Waiter): boolean {
  return request.method !== 'GET' && (sends > 0 || performance.now() - cameAt >= longWaitMs);
}

/** The one place from which a write leaves that had to wait, so that what it relies on may be old. */
async function lookAgainAndSend(
  state: SchedulerState,
  tenant: Tenant,
  waiter: Waiter,
  beforeResend: (sends: number) => Promise<void>,
): Promise<UpstreamAnswer | null> {
  const { windows } = tenant.limits;
  let mayGo = false;
  // Meanwhile its slot is for others, as looking takes one.
  holdSlots(state, tenant, -1);
  wake(state, tenant);
  try {
    await beforeResend(waiter.sends);
    mayGo = !waiter.call.signal.aborted && admit(state, tenant, waiter).kind === 'send';
  } finally {
    holdSlots(state, tenant, 1);
    if (!mayGo) state.log.giveBack(tenant.key, windows);
  }
  return mayGo ? sendAndLearn(state, tenant, waiter, []) : null;
}

function holdSlots(state: SchedulerState, tenant: Tenant, count: 1 | -1): void {
  tenant.inFlight += count;
  state.inFlight += count;
}

/** Once another credential was answered, it is only the one that was refused whom the upstream wants to wait. */
function endSourceHold(state: SchedulerState, tenant: Tenant, heldMs: number): void {
  const { sourceHold, heldFor, ring } = state;
  if (sourceHold.leftMs() > 0) return;
  if (heldFor !== null && heldFor !== tenant) heldFor.hold.extend(heldMs, sourceHold.reason());
  state.heldFor = null;
  for (const each of state.tenants.values()) if (each.waiting > 0) ring.add(each);
}

async function untilDeadline<T>(promise: Promise<T>, { signal }: Call, sourceName: string): Promise<T> {
  try {
    return await unlessAborted(promise, signal);
  } catch (error) {
    throw signal.aborted && !(error instanceof PipelineFault) ? new PipelineFault([timedOut()], sourceName) : error;
  }
}
