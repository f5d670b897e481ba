import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hashToken } from '../bearer-token.ts';
import { readJsonBodies } from '../body-parser.ts';
import { jsonType, sendFailure } from './answer.ts';
import type { ErrorForm } from './answer.ts';
import { ApiError } from './api-error.ts';
import { assumptions } from './assumptions.ts';
import { requireToken } from './authentication.ts';
import { rateLimitBody } from './rate-limit.ts';
import type { createRateLimiter } from './rate-limit.ts';
import type { Store } from './store/index.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The HubSpot account that the request's token opens. */
    hubspotAccount: string;
  }
}

/** What all of HubSpot's APIs share. */
export interface Gate {
  readonly store: Store;
  readonly limiter: ReturnType<typeof createRateLimiter>;
  readonly form: ErrorForm;
}

/** Puts in front of an API what HubSpot has in front of all: correlation id, token, rate limit, JSON bodies, error form. */
export function guardApi(api: FastifyInstance, gate: Gate): void {
  api.decorateRequest('hubspotAccount', '');
  api.addHook('onRequest', async (request, reply) => admit(gate, request, reply));
  api.setErrorHandler<Error>((error, request, reply) => sendFailure(gate.form, error, request, reply));
  readJsonBodies(api, () => new ApiError(400, { message: assumptions.invalidJsonMessage }));
}

function admit({ store, limiter }: Gate, request: FastifyRequest, reply: FastifyReply): FastifyReply | undefined {
  void reply.header('x-hubspot-correlation-id', request.id);
  try {
    request.hubspotAccount = hashToken(requireToken(request.headers.authorization));
  } catch (error) {
    const isInvalid = error instanceof ApiError && error.status === 401;
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
