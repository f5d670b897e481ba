import { propagation, ROOT_CONTEXT } from '@opentelemetry/api';
import { beginOperation } from './operation.js';
import { beginUpstreamRequest } from './upstream-request.js';
/** Opens the telemetry of one request. */
export function openRequestTelemetry(facts) {
  // The caller's baggage is not for the upstreams, which are other companies' systems.
  const parent = propagation.deleteBaggage(propagation.extract(ROOT_CONTEXT, facts.headers));
  const started = { parent, traceContext: parent, hasBegun: false, upstreamRequests: 0 };
  const record = { ...facts, ...started, problemCodes: new Set() };
  return {
    get hasBegun() {
      return record.hasBegun;
    },
    beginOperation: () => beginOperation(record),
    begin: (request) => beginUpstreamRequest(record, request),
    noteProblem: (code) => void record.problemCodes.add(code),
    noteUnexpected: (error) => facts.log.error({ err: error }, 'unexpected error'),
  };
}
