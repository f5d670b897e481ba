import { createOperationLabel } from '../telemetry/operation-label.js';
import { openRequestTelemetry } from '../telemetry/request-telemetry.js';
import { Refusal } from './refusal.js';
import { requestIdHeader } from './request-id.js';
/** Counts every request and opens its telemetry; every answer carries the request's id. */
export function observeRequests(app, metrics) {
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
function statusOf({ writableFinished, statusCode }) {
  return writableFinished ? `${statusCode}` : 'aborted';
}
/** An operation has a line of its own; this one is for what never became one. */
function logRefusal({ telemetry, log }, response) {
  if (telemetry.hasBegun || response.statusCode < 400) return;
  log.info({ status: statusOf(response) }, 'request refused');
}
