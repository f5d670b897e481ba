import { Counter, Gauge } from 'prom-client';
import type { PipelineSourceCircuit } from '../generated/enums.ts';
import type { Cache } from '../sources/cache/cache.ts';
import type { PipelineSource } from '../sources/source.ts';
import type { Metrics } from './metrics.ts';

const circuits: readonly PipelineSourceCircuit[] = ['CLOSED', 'HALF_OPEN', 'OPEN'];

/** What is asked when the metrics are read. */
interface ConnectedParts {
  readonly sources: readonly PipelineSource[];
  readonly cache: Pick<Cache, 'counts'> & Partial<Pick<Cache, 'size'>>;
  /** Null or absent if replicas do not read for each other. */
  readonly sharedCounts?: Readonly<Record<SharedResult, number>> | null;
}

const sharedResults = ['taken', 'missed', 'refused', 'put'] as const;
type SharedResult = (typeof sharedResults)[number];

/** Adds what is kept, and how the upstreams do. Rate limits are those of callers, but nothing tells whose. */
export function addSourceMetrics({ registry }: Pick<Metrics, 'registry'>, parts: ConnectedParts): void {
  const { sources, cache } = parts;
  registry.registerMetric(countStoreReads(cache));
  registry.registerMetric(gaugeStoreBytes(cache));
  registry.registerMetric(countSharedReads(parts.sharedCounts ?? null));
  registry.registerMetric(gaugeCircuits(sources));
  registry.registerMetric(gaugeHolds(sources));
  registry.registerMetric(gaugeWaiting(sources));
  registry.registerMetric(gaugeRateLimits(sources));
  registry.registerMetric(gaugeVersionEnds(sources));
}

function countStoreReads(cache: ConnectedParts['cache']) {
  return new Counter({
    name: 'pipeline_gateway_store_reads_total',
    help: 'Reads answered from what is kept (`hit`), from what is being refreshed (`stale`), or by asking (`miss`).',
    labelNames: ['result'],
    registers: [],
    collect() {
      this.reset();
      this.inc({ result: 'hit' }, cache.counts.hits);
      this.inc({ result: 'stale' }, cache.counts.stale);
      this.inc({ result: 'miss' }, cache.counts.misses);
    },
  });
}

function countSharedReads(counts: Readonly<Record<SharedResult, number>> | null) {
  return new Counter({
    name: 'pipeline_gateway_shared_reads_total',
    help: 'Answers of upstreams that were `taken` from another replica, `missed` in Redis, `refused` as none of its own, and `put` for others.',
    labelNames: ['result'],
    registers: [],
    collect() {
      this.reset();
      for (const result of sharedResults) if (counts !== null) this.inc({ result }, counts[result]);
    },
  });
}

function gaugeStoreBytes(cache: ConnectedParts['cache']) {
  return new Gauge({
    name: 'pipeline_gateway_store_bytes',
    help: 'Memory that the store takes (`used`), and that it may take (`allowed`).',
    labelNames: ['state'],
    registers: [],
    collect() {
      const size = cache.size?.();
      if (size === undefined) return;
      this.set({ state: 'used' }, size.bytes);
      this.set({ state: 'allowed' }, size.maxBytes);
    },
  });
}

function gaugeVersionEnds(sources: ConnectedParts['sources']) {
  return new Gauge({
    name: 'pipeline_gateway_api_version_end_timestamp_seconds',
    help: 'The day on which the upstream stops serving the version in use, in seconds since 1970, if it names one.',
    labelNames: ['source', 'version'],
    registers: [],
    collect() {
      for (const { name: source, apiVersion: version, sunsetAt } of sources) {
        if (sunsetAt !== null) this.set({ source, version }, Date.parse(sunsetAt) / 1000);
      }
    },
  });
}

function gaugeCircuits(sources: ConnectedParts['sources']) {
  return new Gauge({
    name: 'pipeline_gateway_circuit_state',
    help: '1 for the worst state that a circuit or a hold of the source is in, 0 for the others.',
    labelNames: ['source', 'state'],
    registers: [],
    collect() {
      for (const source of sources) {
        const { circuit } = source.pressure();
        for (const state of circuits) this.set({ source: source.name, state }, Number(state === circuit));
      }
    },
  });
}

function gaugeHolds(sources: ConnectedParts['sources']) {
  return new Gauge({
    name: 'pipeline_gateway_upstream_holds',
    help: 'How many holds last in which the upstream wants to be left alone, by whose they are.',
    labelNames: ['source', 'scope'],
    registers: [],
    collect() {
      for (const source of sources) {
        const { isHeld, heldCredentials } = source.pressure();
        this.set({ source: source.name, scope: 'source' }, Number(isHeld));
        this.set({ source: source.name, scope: 'credential' }, heldCredentials);
      }
    },
  });
}

function gaugeWaiting(sources: ConnectedParts['sources']) {
  return new Gauge({
    name: 'pipeline_gateway_upstream_waiting',
    help: 'Calls that wait for a slot at the source or for a place in its rate limit.',
    labelNames: ['source'],
    registers: [],
    collect() {
      for (const source of sources) this.set({ source: source.name }, source.pressure().waiting);
    },
  });
}

function gaugeRateLimits(sources: ConnectedParts['sources']) {
  return new Gauge({
    name: 'pipeline_gateway_rate_limit_remaining',
    help: 'Requests left of the rate limit, for the credential that has the fewest left.',
    labelNames: ['source', 'policy'],
    registers: [],
    async collect() {
      this.reset();
      for (const source of sources) {
        for (const { policy, remaining } of await source.scarcestRateLimits()) {
          this.set({ source: source.name, policy }, remaining);
        }
      }
    },
  });
}
