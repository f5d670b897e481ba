import { propagation, ROOT_CONTEXT } from '@opentelemetry/api';
import type { Context } from '@opentelemetry/api';
import type { UpstreamObserver } from '../sources/observer.ts';
import { beginOperation } from './operation.ts';
import type { OperationTelemetry } from './operation.ts';
import type { RequestFacts, RequestRecord } from './request-record.ts';
import { beginUpstreamRequest } from './upstream-request.ts';

/**
 * What is logged, measured and traced of one HTTP request to the gateway, which mostly is one GraphQL operation. In a batch
 * the operations share their look-ups, so what is told of these is shared as well.
 */
export interface RequestTelemetry extends UpstreamObserver {
  beginOperation(): OperationTelemetry;
  /** Begins an operation that the next {@link beginOperation} goes on with, unless it ends before. */
  expectOperation(): OperationTelemetry;
  /** The codes that were noted so far. */
  readonly problemCodes: ReadonlySet<string>;
  /** The request was answered without an operation having begun, unless one has: that has a line of its own. */
  refuse(status: string): void;
  /** The code of what the answer does not show as one of its errors: a failure that it has as data, or the request's refusal. */
  noteProblem(code: string): void;
  /** An error whose reason no caller is told. */
  noteUnexpected(error: unknown): void;
}

/** Opens the telemetry of one request. */
export function openRequestTelemetry(facts: RequestFacts): RequestTelemetry {
  const parent = readParent(facts.headers);
  const started = { parent, traceContext: parent, hasBegun: false, upstreamRequests: 0 };
  const record: RequestRecord = { ...facts, ...started, problemCodes: new Set() };
  let expected: OperationTelemetry | null = null;
  return {
    problemCodes: record.problemCodes,
    beginOperation() {
      const operation = expected ?? beginOperation(record);
      expected = null;
      return operation;
    },
    expectOperation: () => (expected = beginOperation(record)),
    refuse(status) {
      if (!record.hasBegun) facts.log.info({ status, codes: [...record.problemCodes] }, 'request refused');
    },
    begin: (request) => beginUpstreamRequest(record, request),
    noteProblem: (code) => void record.problemCodes.add(code),
    noteUnexpected: (error) => facts.log.error({ err: error }, 'unexpected error'),
  };
}

/** The caller's span, if it sent one. Its baggage is not for the upstreams, which are other companies' systems. */
function readParent(headers: RequestFacts['headers']): Context {
  if (headers['traceparent'] === undefined) return ROOT_CONTEXT;
  return propagation.deleteBaggage(propagation.extract(ROOT_CONTEXT, headers));
}
