import type { IncomingHttpHeaders } from 'node:http';
import { propagation, ROOT_CONTEXT } from '@opentelemetry/api';
import type { Context as TraceContext } from '@opentelemetry/api';
import type { FastifyBaseLogger } from 'fastify';
import type { UpstreamObserver } from '../sources/upstream-observer.ts';
import type { Metrics } from './metrics.ts';
import { beginOperation } from './operation.ts';
import type { OperationTelemetry } from './operation.ts';
import { beginUpstreamRequest } from './upstream-request.ts';

/**
 * What is logged, measured and traced of one HTTP request to the gateway, which mostly is one GraphQL operation. In a batch
 * the operations share their look-ups, so what is told of these is shared as well.
 */
export interface RequestTelemetry extends UpstreamObserver {
  beginOperation(): OperationTelemetry;
  /** The request was answered without an operation having begun, unless one has: that has a line of its own. */
  refuse(status: string): void;
  /** The code of what the answer does not show as one of its errors: a failure that it has as data, or the request's refusal. */
  noteProblem(code: string): void;
  /** An error whose reason no caller is told. */
  noteUnexpected(error: unknown): void;
}

/** What the telemetry of one request is made with. */
export interface RequestFacts {
  readonly metrics: Metrics;
  readonly toOperationLabel: (name: string | null) => string;
  /** Adds the request id to each line. */
  readonly log: FastifyBaseLogger;
  readonly requestId: string;
  readonly headers: IncomingHttpHeaders;
}

/** What is known of a request so far. */
export interface RequestRecord extends RequestFacts {
  /** The caller's span, if it sent one. */
  readonly parent: TraceContext;
  /** That of the operation which began last, for the spans of its upstream requests. */
  traceContext: TraceContext;
  hasBegun: boolean;
  upstreamRequests: number;
  readonly problemCodes: Set<string>;
}

/** Opens the telemetry of one request. */
export function openRequestTelemetry(facts: RequestFacts): RequestTelemetry {
  // The caller's baggage is not for the upstreams, which are other companies' systems.
  const parent = propagation.deleteBaggage(propagation.extract(ROOT_CONTEXT, facts.headers));
  const started = { parent, traceContext: parent, hasBegun: false, upstreamRequests: 0 };
  const record: RequestRecord = { ...facts, ...started, problemCodes: new Set() };
  return {
    beginOperation: () => beginOperation(record),
    refuse(status) {
      if (!record.hasBegun) facts.log.info({ status, codes: [...record.problemCodes] }, 'request refused');
    },
    begin: (request) => beginUpstreamRequest(record, request),
    noteProblem: (code) => void record.problemCodes.add(code),
    noteUnexpected: (error) => facts.log.error({ err: error }, 'unexpected error'),
  };
}
