/** Serves the metrics at `/metrics`, in Prometheus's text format. */
export function addMetrics(app, { registry }) {
  app.get('/metrics', (_, reply) => {
    void reply.type(registry.contentType);
    return registry.metrics();
  });
}
