import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Metrics } from '../telemetry/metrics.ts';
import { createOperationLabel } from '../telemetry/operation-label.ts';
import type { LoggedOperations } from '../telemetry/request-record.ts';
import { requestIdHeader } from '../telemetry/request-id.ts';
import { openRequestTelemetry } from '../telemetry/request-telemetry.ts';
import type { RequestTelemetry } from '../telemetry/request-telemetry.ts';
import { toRequestError } from './request-errors.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set before any other hook sees the request. */
    telemetry: RequestTelemetry;
  }
}

/** Counts every request and opens its telemetry; every answer carries the request's id. */
export function observeRequests(app: FastifyInstance, metrics: Metrics, logOperations: LoggedOperations): void {
  const toOperationLabel = createOperationLabel();
  app.decorateRequest('telemetry');
  app.addHook('onRequest', (request, reply, done) => {
    const { id: requestId, headers, log } = request;
    request.telemetry = openRequestTelemetry({ metrics, toOperationLabel, log, logOperations, requestId, headers });
    void reply.header(requestIdHeader, requestId);
    const route = request.routeOptions.url ?? 'other';
    metrics.httpRequestsInFlight.inc({ route });
    // Unlike Fastify's onResponse, this comes for a caller that went away, too.
    reply.raw.once('close', () => {
      metrics.httpRequestsInFlight.dec({ route });
      metrics.httpRequests.inc({ route, status: statusOf(reply.raw) });
      if (route === '/graphql' && reply.statusCode >= 400) request.telemetry.refuse(statusOf(reply.raw));
    });
    done();
  });
  app.addHook('onError', (request, _, error, done) => {
    const { statusCode, extensions } = toRequestError(error);
    request.telemetry.noteProblem(String(extensions['code']));
    if (statusCode === 500) request.telemetry.noteUnexpected(error);
    done();
  });
}

function statusOf({ writableFinished, statusCode }: ServerResponse): string {
  return writableFinished ? `${statusCode}` : 'aborted';
}
