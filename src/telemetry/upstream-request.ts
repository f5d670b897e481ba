import { STATUS_CODES } from 'node:http';
import { propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Problem } from '../domain/problems.ts';
import type { ObservedRequest, RequestObservation } from '../sources/observer.ts';
import { requestIdHeader } from './request-id.ts';
import type { RequestRecord } from './request-record.ts';
import { tracer } from './tracing.ts';

/** Statuses beyond the standard that upstreams, and the networks in front of them, are known to use. */
const ownStatuses: ReadonlySet<number> = new Set([477, 520, 521, 522, 523, 524, 525, 526]);

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
      metrics.upstreamRequests.inc({ source, endpoint, status: toStatusLabel(status), code });
      metrics.upstreamRequestDuration.observe({ source, endpoint }, durationMs / 1000);
      if (status !== null) span.setAttribute('http.response.status_code', status);
      if (problem !== null) span.setAttribute('error.type', code).setStatus({ code: SpanStatusCode.ERROR });
      span.end();
      if (problem !== null)
        logFailure(record, problem, { source, endpoint, status, durationMs: Math.round(durationMs) });
    },
  };
}

/** No upstream makes time series as it likes: of the statuses those have one of their own that mean something. */
function toStatusLabel(status: number | null): string {
  if (status === null) return 'none';
  return status in STATUS_CODES || ownStatuses.has(status) ? `${status}` : 'other';
}

/** What a caller did wrong is no reason to wake anybody, so it is logged one level lower. */
function logFailure({ log }: RequestRecord, { code, correlationId }: Problem, facts: object): void {
  const level = code.startsWith('UPSTREAM_') ? 'warn' : 'info';
  log[level]({ ...facts, code, correlationId }, 'upstream request failed');
}
