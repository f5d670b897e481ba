import { setTimeout as sleep } from 'node:timers/promises';
import { diag, DiagLogLevel, trace } from '@opentelemetry/api';
const serviceName = 'pipeline-gateway';
/** Makes the gateway's spans, which go nowhere until tracing is started. */
export const tracer = trace.getTracer(serviceName);
/** How long the end of the process waits for the last spans to leave. */
const lastExportMs = 1_000;
/**
 * Sends this process's spans to the OTLP/HTTP collector at `endpoint`, and gives what ends that. Loads OpenTelemetry's SDK,
 * which a process without tracing never does; its other settings are the standard `OTEL_*` variables.
 */
export async function startTracing(endpoint, log) {
  const [{ BatchSpanProcessor, NodeTracerProvider }, { OTLPTraceExporter }, resources] = await Promise.all([
    import('@opentelemetry/sdk-trace-node'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  const { defaultResource, detectResources, envDetector, resourceFromAttributes } = resources;
  reportFailures(log);
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` });
  const provider = new NodeTracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes({ 'service.name': serviceName }))
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  // Spans are given their parents by hand, so nothing has to follow every asynchronous call.
  provider.register({ contextManager: null });
  return async () => {
    await Promise.race([provider.shutdown().catch(() => {}), sleep(lastExportMs)]);
  };
}
/** The SDK's own messages may hold the collector's address and headers. */
function reportFailures(log) {
  const ignore = () => {};
  const error = () => log.warn('spans may have been lost');
  diag.setLogger({ error, warn: ignore, info: ignore, debug: ignore, verbose: ignore }, DiagLogLevel.ERROR);
}
