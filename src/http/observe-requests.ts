import type { ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Metrics } from '../telemetry/metrics.ts';
import { createOperationLabel } from '../telemetry/operation-label.ts';
import { openRequestTelemetry } from '../telemetry/request-telemetry.ts';
import type { RequestTelemetry } from '../telemetry/request-telemetry.ts';
import { Refusal } from './refusal.ts';
import { requestIdHeader } from './request-id.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set before any other hook sees the request. */
    telemetry: RequestTelemetry;
  }
}

/** Counts every request and opens its telemetry; every answer carries the request's id. */
export function observeRequests(app: FastifyInstance, metrics: Metrics): void {
  const toOperationLabel = createOperationLabel();
  app.decorateRequest('telemetry');
  app.addHook('onRequest', (request, reply, done) => {
    const { id: requestId, headers, log } = request;
    request.telemetry = openRequestTelemetry({ metrics, toOperationLabel, log, requestId, headers });
    void reply.header(requestIdHeader, requestId);
    const route = request.routeOptions.url ?? 'other';
    metrics.httpRequestsInFlight.inc({ route });
    // Unlike Fastify's onResponse, this comes for a caller that went away, too.
    reply.raw.once('close', () => {
      metrics.httpRequestsInFlight.dec({ route });
      metrics.httpRequests.inc({ route, status: statusOf(reply.raw) });
      if (route === '/graphql') logRefusal(request, reply.raw);
    });
    done();
  });
  app.addHook('onError', (request, _, error, done) => {
    if ((error.statusCode ?? 500) >= 500 && !(error instanceof Refusal)) request.telemetry.noteUnexpected(error);
    done();
  });
}

function statusOf({ writableFinished, statusCode }: ServerResponse): string {
  return writableFinished ? `${statusCode}` : 'aborted';
}

/** An operation has a line of its own; this one is for what never became one. */
function logRefusal({ telemetry, log }: FastifyRequest, response: ServerResponse): void {
  if (telemetry.hasBegun || response.statusCode < 400) return;
  log.info({ status: statusOf(response) }, 'request refused');
}
