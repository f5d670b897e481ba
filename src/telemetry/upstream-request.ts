import { propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Problem } from '../domain/problems.ts';
import type { ObservedRequest, RequestObservation } from '../sources/observer.ts';
import { requestIdHeader } from './request-id.ts';
import type { RequestRecord } from './request-record.ts';
import { tracer } from './tracing.ts';

/** Begins an upstream request's span, under its operation's; the span and the metrics are written when it ends. */
export function beginUpstreamRequest(record: RequestRecord, request: ObservedRequest): RequestObservation {
  const { sourceName: source, method, pathTemplate } = request;
  const { metrics } = record;
  const endpoint = `${method} ${pathTemplate}`;
  const startedAt = performance.now();
  const attributes = {
    'http.request.method': method,
    'url.template': pathTemplate,
    'pipeline_gateway.source': source,
  };
  const span = tracer.startSpan(endpoint, { kind: SpanKind.CLIENT, attributes }, record.traceContext);
  const headers = { [requestIdHeader]: record.requestId };
  propagation.inject(trace.setSpan(record.traceContext, span), headers);
  record.upstreamRequests += 1;
  metrics.upstreamRequestsInFlight.inc({ source });
  return {
    headers,
    end(status, problem) {
      const durationMs = performance.now() - startedAt;
      const code = problem?.code ?? 'OK';
      metrics.upstreamRequestsInFlight.dec({ source });
      metrics.upstreamRequests.inc({ source, endpoint, status: `${status ?? 'none'}`, code });
      metrics.upstreamRequestDuration.observe({ source, endpoint }, durationMs / 1000);
      if (status !== null) span.setAttribute('http.response.status_code', status);
      if (problem !== null) span.setAttribute('error.type', code).setStatus({ code: SpanStatusCode.ERROR });
      span.end();
      if (problem !== null)
        logFailure(record, problem, { source, endpoint, status, durationMs: Math.round(durationMs) });
    },
  };
}

/** What a caller did wrong is no reason to wake anybody, so it is logged one level lower. */
function logFailure({ log }: RequestRecord, { code, correlationId }: Problem, facts: object): void {
  const level = code.startsWith('UPSTREAM_') ? 'warn' : 'info';
  log[level]({ ...facts, code, correlationId }, 'upstream request failed');
}
