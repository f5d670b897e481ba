import {
  bulkhead,
  BulkheadRejectedError,
  BrokenCircuitError,
  circuitBreaker,
  CircuitState,
  CountBreaker,
  handleWhen,
} from 'cockatiel';
import { PipelineFault, upstreamProblem } from '../../domain/problems.ts';
import type { PipelineSourceCircuit } from '../../generated/enums.ts';
import type { Call } from '../source.ts';
import type { UpstreamAnswer } from './answer.ts';
import { timedOut, TransportFault } from './transport.ts';
import type { Transport, UpstreamRequest } from './transport.ts';

/** Opens when half of the last calls failed, once there were enough to judge by. */
const breakerWindow = { threshold: 0.5, size: 20, minimumNumberOfCalls: 10 };
/** A caller that gave the upstream less time than this says nothing about the upstream by not getting an answer. */
const fairTimeMs = 1_000;
const probeTimeMs = 2 * fairTimeMs;
/** What one source may hold at once; what waits beyond that is refused, so that one dead source never slows another. */
const maxConcurrent = 32;
const maxWaiting = 512;

/** A transport that leaves a failing upstream alone. */
interface GuardedTransport extends Transport {
  readonly circuit: () => PipelineSourceCircuit;
}

/**
 * Fails at once while the upstream is failing (5xx, time-outs, cut or refused connections; never 4xx). Holds no more than
 * a fixed number of calls. After `retryMs` one read tries again; a write waits for the outcome of such a read.
 */
export function withCircuitBreaker(
  transport: Transport,
  { retryMs, probe }: { readonly retryMs: number; readonly probe: UpstreamRequest },
): GuardedTransport {
  const { sourceName } = transport;
  const breaker = circuitBreaker(
    // The breaker would take any other error of its probe for a success.
    handleWhen((error) => error instanceof TransportFault || isProbing()).orWhenResult(
      (answer) => (answer as UpstreamAnswer).status >= 500,
    ),
    { halfOpenAfter: retryMs, breaker: new CountBreaker(breakerWindow) },
  );
  const isProbing = (): boolean => breaker.state === CircuitState.HalfOpen;
  const slots = bulkhead(maxConcurrent, maxWaiting);

  function execute(request: UpstreamRequest, call: Call): Promise<UpstreamAnswer> {
    const begun = { is: false };
    const execution = breaker.execute(() =>
      slots.execute(() => {
        begun.is = true;
        return sendFairly(transport, request, isProbing() && request.method === 'GET' ? withFairTime(call) : call);
      }),
    );
    return untilBegun(execution, () => request.method !== 'GET' && begun.is, call, sourceName);
  }

  return {
    ...transport,
    circuit: () => toCircuit(breaker.state),
    async send(request, call) {
      try {
        if (request.method !== 'GET' && breaker.state !== CircuitState.Closed) await execute(probe, call);
        return await execute(request, call);
      } catch (error) {
        throw toFault(error, sourceName);
      }
    },
  };
}

/** Marks a failure that says nothing about the upstream, so that the breaker does not count it. */
class NotFairFault extends Error {
  constructor(cause: unknown) {
    super('The upstream had too little time.', { cause });
  }
}

/** A probe shows how the upstream is, whatever time its caller has, so it goes on when that one has left. */
function withFairTime(call: Call): Call {
  return { ...call, signal: AbortSignal.timeout(Math.max(probeTimeMs, Math.ceil(call.timeLeftMs()))) };
}

async function sendFairly(transport: Transport, request: UpstreamRequest, call: Call): Promise<UpstreamAnswer> {
  const startedAt = performance.now();
  try {
    return await transport.send(request, call);
  } catch (error) {
    const hadTime = !call.signal.aborted || performance.now() - startedAt >= fairTimeMs;
    throw hadTime ? error : new NotFairFault(error);
  }
}

/** Leaves at the deadline, but not a write that is under way: it ends by itself and says what became of it. */
function untilBegun<T>(
  execution: Promise<T>,
  isUnderWay: () => boolean,
  { signal }: Call,
  sourceName: string,
): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const onAbort = (): void => {
    if (!isUnderWay()) reject(new PipelineFault([timedOut()], sourceName));
  };
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  execution.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  return promise;
}

function toFault(error: unknown, sourceName: string): unknown {
  if (error instanceof NotFairFault) return error.cause;
  if (error instanceof BrokenCircuitError) {
    const message = 'The upstream failed too often just now, and is left alone for a moment.';
    return new PipelineFault([upstreamProblem('UPSTREAM_UNAVAILABLE', message)], sourceName);
  }
  if (error instanceof BulkheadRejectedError) {
    const message = 'Too many calls wait for the upstream already.';
    return new PipelineFault([upstreamProblem('UPSTREAM_UNAVAILABLE', message)], sourceName);
  }
  return error;
}

function toCircuit(state: CircuitState): PipelineSourceCircuit {
  if (state === CircuitState.Closed) return 'CLOSED';
  return state === CircuitState.HalfOpen ? 'HALF_OPEN' : 'OPEN';
}
