import type { IncomingHttpHeaders } from 'node:http';
import type { Context as TraceContext } from '@opentelemetry/api';
import type { FastifyBaseLogger } from 'fastify';
import type { Metrics } from './metrics.ts';

/** Which operations can have a line in the log. */
export const loggedOperations = ['all', 'failed', 'none'] as const;
/** Which operations have a line in the log. */
export type LoggedOperations = (typeof loggedOperations)[number];

/** What the telemetry of one request is made with. */
export interface RequestFacts {
  readonly metrics: Metrics;
  readonly toOperationLabel: (name: string | null) => string;
  /** Adds the request id to each line. */
  readonly log: FastifyBaseLogger;
  readonly logOperations: LoggedOperations;
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
