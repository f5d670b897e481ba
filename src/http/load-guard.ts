import { monitorEventLoopDelay } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';
import type { FastifyInstance } from 'fastify';
import { RequestError } from '../graphql/request-error.ts';

/** How much the process may be loaded before operations are refused. */
export interface LoadLimits {
  /** How late the event loop may be on average; 0: as late as it is. */
  readonly loopDelayMs: number;
  /** How much of the heap may be in use, from 0 to 100; 100: all of it. */
  readonly heapPercent: number;
}

const sampleMs = 500;
const retryAfterSeconds = 1;

/**
 * Refuses every request of its routes with 503 while the process is loaded beyond its limits, so that it gets through what it
 * has. The limits are looked at twice a second; health checks and metrics belong to other routes.
 */
export function guardLoad(app: FastifyInstance, limits: LoadLimits): void {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  let lateSamples = 0;
  let isOverloaded = false;
  const sampling = setInterval(() => {
    lateSamples = isLate(limits, delay.mean / 1e6) ? lateSamples + 1 : 0;
    // One late sample may be one long collection of garbage, which is over.
    isOverloaded = lateSamples > 1 || isFull(limits);
    delay.reset();
  }, sampleMs);
  sampling.unref();
  app.addHook('onClose', async () => {
    clearInterval(sampling);
    delay.disable();
  });
  app.addHook('onRequest', async (_, reply) => {
    if (!isOverloaded) return;
    void reply.header('retry-after', retryAfterSeconds);
    throw new RequestError(503, 'OVERLOADED', 'The gateway is overloaded.', { retryAfterSeconds });
  });
}

function isLate({ loopDelayMs }: LoadLimits, meanDelayMs: number): boolean {
  return loopDelayMs > 0 && meanDelayMs > loopDelayMs;
}

function isFull({ heapPercent }: LoadLimits): boolean {
  if (heapPercent === 100) return false;
  const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics();
  return used > limit * (heapPercent / 100);
}
