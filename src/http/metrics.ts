import type { FastifyInstance } from 'fastify';
import type { Metrics } from '../telemetry/metrics.ts';

/** Serves the metrics at `/metrics`, in Prometheus's text format. */
export function addMetrics(app: FastifyInstance, { registry }: Metrics): void {
  app.get('/metrics', (_, reply) => {
    void reply.type(registry.contentType);
    return registry.metrics();
  });
}
