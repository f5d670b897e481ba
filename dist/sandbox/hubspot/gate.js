import { hashToken } from '../bearer-token.js';
import { readJsonBodies } from '../json-bodies.js';
import { requireToken } from './access.js';
import { jsonType, sendFailure } from './answer.js';
import { assumptions } from './assumptions.js';
import { rateLimitBody } from './rate-limit.js';
import { Refusal } from './refusal.js';
/** Puts in front of an API what HubSpot has in front of all: correlation id, token, rate limit, JSON bodies, error form. */
export function guardApi(api, gate) {
  api.decorateRequest('hubspotAccount', '');
  api.addHook('onRequest', async (request, reply) => admit(gate, request, reply));
  api.setErrorHandler((error, request, reply) => sendFailure(gate.form, error, request, reply));
  readJsonBodies(api, () => new Refusal(400, { message: assumptions.invalidJsonMessage }));
}
function admit({ store, limiter }, request, reply) {
  void reply.header('x-hubspot-correlation-id', request.id);
  try {
    request.hubspotAccount = hashToken(requireToken(request.headers.authorization));
  } catch (error) {
    const isInvalid = error instanceof Refusal && error.status === 401;
    // Recorded with answers to invalid tokens (hubspot-api-ruby#181).
    if (isInvalid) void reply.header('x-hubspot-auth-failure', '401 Unauthorized');
    throw error;
  }
  store.openAccount(request.hubspotAccount);
  const { headers, refusedBy } = limiter.check(request.hubspotAccount);
  void reply.headers(headers);
  if (refusedBy === null) return undefined;
  return reply
    .code(429)
    .header('content-type', jsonType)
    .send(JSON.stringify(rateLimitBody(refusedBy, request.id)));
}
