import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { packageVersion } from '../package/package.ts';

/** What the gateway counts and measures. Every label has a bounded number of values: none comes from a caller as it is. */
export interface Metrics {
  readonly registry: Registry;
  readonly operations: Counter<'operation' | 'type' | 'outcome'>;
  readonly operationDuration: Histogram<'operation' | 'type'>;
  readonly httpRequests: Counter<'route' | 'status'>;
  readonly httpRequestsInFlight: Gauge<'route'>;
  readonly upstreamRequests: Counter<'source' | 'endpoint' | 'status' | 'code'>;
  readonly upstreamRequestDuration: Histogram<'source' | 'endpoint'>;
  readonly upstreamRequestsInFlight: Gauge<'source'>;
}

/** Bounds of the durations, in seconds: from an answer without an upstream to the longest deadlines. */
const buckets = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Metrics in a registry of their own. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  addBuildInfo(registry);
  const define = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) => ({
    name: `pipeline_gateway_${name}`,
    help,
    labelNames,
    registers: [registry],
  });
  return {
    registry,
    operations: new Counter(
      define('operations_total', 'GraphQL operations answered.', ['operation', 'type', 'outcome']),
    ),
    operationDuration: new Histogram({
      ...define('operation_duration_seconds', 'Time from the arrival of an operation to its answer.', [
        'operation',
        'type',
      ]),
      buckets,
    }),
    httpRequests: new Counter(define('http_requests_total', 'HTTP requests answered.', ['route', 'status'])),
    httpRequestsInFlight: new Gauge(define('http_requests_in_flight', 'HTTP requests being answered.', ['route'])),
    upstreamRequests: new Counter(
      define('upstream_requests_total', 'Requests sent to upstreams.', ['source', 'endpoint', 'status', 'code']),
    ),
    upstreamRequestDuration: new Histogram({
      ...define('upstream_request_duration_seconds', 'Time from a request to an upstream to the end of its answer.', [
        'source',
        'endpoint',
      ]),
      buckets,
    }),
    upstreamRequestsInFlight: new Gauge(
      define('upstream_requests_in_flight', 'Requests that an upstream has not answered yet.', ['source']),
    ),
  };
}

function addBuildInfo(registry: Registry): void {
  const help = 'Always 1; its label is the version that runs.';
  const info = new Gauge({ name: 'pipeline_gateway_build_info', help, labelNames: ['version'], registers: [registry] });
  info.set({ version: packageVersion }, 1);
}

/** Adds the process's own metrics, event-loop lag and garbage collection among them; once in a process. */
export function collectProcessMetrics({ registry }: Metrics): void {
  collectDefaultMetrics({ register: registry });
}
