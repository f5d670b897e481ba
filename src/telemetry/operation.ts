import { INVALID_TRACEID, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { RequestRecord } from './request-record.ts';
import { tracer } from './tracing.ts';

/** One GraphQL operation. */
export interface OperationTelemetry {
  /** The operation was parsed, is valid and is going to be run. */
  resolve(name: string | null, type: string): void;
  /** The answer is made; `codes` are those of its errors. */
  end(codes: readonly string[]): void;
}

const maxLoggedName = 100;

/** Whether an upstream or the gateway is at fault, not the caller. */
function isOurs(code: string): boolean {
  return /^UPSTREAM_|^INTERNAL_/.test(code);
}

/** Begins the operation's span; the line, the span and the metrics are written when it ends. */
export function beginOperation(record: RequestRecord): OperationTelemetry {
  const startedAt = performance.now();
  const span = tracer.startSpan('operation', { kind: SpanKind.SERVER }, record.parent);
  record.hasBegun = true;
  record.traceContext = trace.setSpan(record.parent, span);
  let operation: string | null = null;
  let type = 'unknown';
  let label = 'unknown';
  return {
    resolve(name, resolvedType) {
      operation = name?.slice(0, maxLoggedName) ?? null;
      type = resolvedType;
      label = record.toOperationLabel(name);
      span.updateName(`${type} ${label}`);
      span.setAttribute('graphql.operation.type', type);
      if (operation !== null) span.setAttribute('graphql.operation.name', operation);
    },
    end(errorCodes) {
      const durationMs = performance.now() - startedAt;
      const codes = [...new Set([...errorCodes, ...record.problemCodes])];
      const [outcome = 'OK'] = codes;
      record.metrics.operations.inc({ operation: label, type, outcome });
      record.metrics.operationDuration.observe({ operation: label, type }, durationMs / 1000);
      if (codes.length > 0) span.setAttribute('error.type', outcome).setStatus({ code: SpanStatusCode.ERROR });
      span.end();
      const hasFailed = codes.length > 0;
      const { upstreamRequests, logOperations } = record;
      if (logOperations === 'none' || (logOperations === 'failed' && !hasFailed)) return;
      const facts = { operation, type, codes, durationMs: Math.round(durationMs), upstreamRequests };
      const { traceId } = span.spanContext();
      record.log[codes.some(isOurs) ? 'warn' : 'info'](
        traceId === INVALID_TRACEID ? facts : { ...facts, traceId },
        'operation',
      );
    },
  };
}
