import { PipelineFault } from '../../domain/problems.ts';
import type { Call } from '../source.ts';
import { admit } from './admission.ts';
import type { SourceHealth } from './admission.ts';
import type { UpstreamAnswer } from './answer.ts';
import { createHold } from './hold.ts';
import { toLane } from './lanes.ts';
import type { ScheduledRequest } from './lanes.ts';
import { createOutage } from './outage.ts';
import { leftAlone } from './refusals.ts';
import { createTenants } from './tenants.ts';
import type { Queue, Tenant, Tenants, Waiter } from './tenants.ts';
import { timedOut } from './transport.ts';
import { wake } from './turns.ts';
import { isCrowded, join, leave, openQueue, refuseImpatient, toWaitFault } from './waiting.ts';
import type { SchedulerOptions, SchedulerState } from './waiting.ts';

/** Sends the requests of one source in turn. */
export interface Scheduler extends SourceHealth {
  /**
   * Sends once its turn has come: first come first served within a lane of one credential, and in turns between credentials.
   * A place in the rate limit is taken in the moment of sending. A PipelineFault if it never is sent: at once if that is
   * known, and at the caller's deadline at the latest. `sends` is how often the request was sent before.
   */
  send(request: ScheduledRequest, call: Call, sends: number): Promise<UpstreamAnswer>;
  /** Lets nobody ask for `ms`: at all after 503, with this credential otherwise. */
  hold(status: number, ms: number, call: Call): void;
  readonly tenants: Tenants;
  /** How many calls wait for their turn. */
  readonly waiting: () => number;
}

/** Nothing is in flight yet. */
export function createScheduler(options: SchedulerOptions): Scheduler {
  const state: SchedulerState = {
    ...options,
    tenants: createTenants(options),
    sourceHold: createHold(options.circuitRetryMs),
    outage: createOutage(options.circuitRetryMs),
    heldFor: null,
    ring: new Set(),
    isPumping: false,
    inFlight: 0,
    waiting: 0,
  };
  return {
    send: (request, call, sends) => send(state, request, call, sends),
    hold: (status, ms, call) => hold(state, status, ms, call),
    sourceName: options.sourceName,
    tenants: state.tenants,
    sourceHold: state.sourceHold,
    outage: state.outage,
    waiting: () => state.waiting,
  };
}

async function send(
  state: SchedulerState,
  request: ScheduledRequest,
  call: Call,
  sends: number,
): Promise<UpstreamAnswer> {
  const tenant = state.tenants.open(call.credential);
  const entry = { request, call, sends, before: null };
  for (;;) {
    if (request.method !== 'GET' && admit(state, tenant, entry).kind === 'try-first') {
      await readFirst(state, tenant, request, call);
    }
    const answer = await enqueue(state, tenant, entry);
    if (answer !== null) return answer;
  }
}

/** Before a write while the upstream is left alone: a read that shows whether it still is to be. */
async function readFirst(state: SchedulerState, tenant: Tenant, write: ScheduledRequest, call: Call): Promise<void> {
  const answer = await enqueue(state, tenant, { request: state.probe, call, sends: 0, before: write });
  if (answer === null || answer.status >= 500) throw leftAlone(state.sourceName);
}

function enqueue(
  state: SchedulerState,
  tenant: Tenant,
  entry: Pick<Waiter, 'request' | 'call' | 'sends' | 'before'>,
): Promise<UpstreamAnswer | null> {
  const { promise, resolve, reject } = Promise.withResolvers<UpstreamAnswer | null>();
  const { request, call } = entry;
  const queue = openQueue(tenant, toLane(request, call));
  const waiter: Waiter = {
    ...entry,
    cameAt: performance.now(),
    settle: resolve,
    refuse: reject,
    stopListening: null,
  };
  if (call.signal.aborted) {
    reject(new PipelineFault([timedOut()], state.sourceName));
  } else if (queue.blockedUntil - performance.now() > call.timeLeftMs() || isCrowded(state, tenant)) {
    reject(toWaitFault(state, tenant, queue));
  } else {
    join(state, tenant, queue, waiter);
    wake(state, tenant);
    if (queue.waiters.has(waiter)) waitUntilDeadline(state, tenant, queue, waiter);
  }
  return promise;
}

/** Only what really waits listens for its end. */
function waitUntilDeadline(state: SchedulerState, tenant: Tenant, queue: Queue, waiter: Waiter): void {
  const { signal, noteWaiting } = waiter.call;
  const onAbort = (): void => {
    if (leave(state, tenant, queue, waiter)) waiter.refuse(toWaitFault(state, tenant, queue));
  };
  waiter.stopListening = () => signal.removeEventListener('abort', onAbort);
  signal.addEventListener('abort', onAbort, { once: true });
  noteWaiting?.(() => toWaitFault(state, tenant, queue));
}

/** What 503 says is about the upstream, unless others have been answered since; any other status is about one account. */
function hold(state: SchedulerState, status: number, ms: number, { credential }: Call): void {
  const tenant = state.tenants.open(credential);
  const isForAll = status === 503 && tenant.hold.leftMs() <= 0;
  const extended = isForAll ? state.sourceHold : tenant.hold;
  extended.extend(ms, { status, policy: null });
  if (isForAll) state.heldFor = tenant;
  for (const each of isForAll ? state.tenants.values() : [tenant]) {
    if (each.waiting === 0) continue;
    for (const queue of each.queues.values()) refuseImpatient(state, each, queue, extended.leftMs());
  }
}
