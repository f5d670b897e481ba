import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
/** Bounds of the durations, in seconds: from an answer without an upstream to the longest deadlines. */
const buckets = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
/** Metrics in a registry of their own. */
export function createMetrics() {
  const registry = new Registry();
  const define = (name, help, labelNames) => ({
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
/** Adds the process's own metrics, event-loop lag and garbage collection among them; once in a process. */
export function collectProcessMetrics({ registry }) {
  collectDefaultMetrics({ register: registry });
}
