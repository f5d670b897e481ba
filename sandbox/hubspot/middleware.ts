import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hashToken } from '../bearer-token.ts';
import { parseJsonBodies } from '../body-parser.ts';
import { jsonType, sendError } from './answer.ts';
import type { ErrorFormat } from './answer.ts';
import { ApiError } from './api-error.ts';
import { assumptions } from './assumptions.ts';
import { requireToken } from './authentication.ts';
import { rateLimitBody } from './rate-limit.ts';
import type { RateLimiter } from './rate-limit.ts';
import type { Store } from './store/index.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The HubSpot account that the request's token opens. */
    hubspotAccount: string;
  }
}

/** What the middleware of HubSpot's APIs works with; all but the error format is the same for all of them. */
export interface HubspotMiddleware {
  readonly store: Store;
  readonly rateLimiter: RateLimiter;
  readonly errorFormat: ErrorFormat;
}

/** Adds what all of HubSpot's APIs have: correlation id, authentication, rate limit, JSON bodies and error format. */
export function useHubspotMiddleware(api: FastifyInstance, middleware: HubspotMiddleware): void {
  api.decorateRequest('hubspotAccount', '');
  api.addHook('onRequest', async (request, reply) => {
    void reply.header('x-hubspot-correlation-id', request.id);
    request.hubspotAccount = authenticate(request, reply);
    middleware.store.openAccount(request.hubspotAccount);
    return limitRate(middleware.rateLimiter, request, reply);
  });
  api.setErrorHandler<Error>((error, request, reply) => sendError(middleware.errorFormat, error, request, reply));
  parseJsonBodies(api, '*', () => new ApiError(400, { message: assumptions.invalidJsonMessage }));
}

function authenticate(request: FastifyRequest, reply: FastifyReply): string {
  try {
    return hashToken(requireToken(request.headers.authorization));
  } catch (error) {
    const isInvalid = error instanceof ApiError && error.status === 401;
    // Recorded with answers to invalid tokens (hubspot-api-ruby#181).
    if (isInvalid) void reply.header('x-hubspot-auth-failure', '401 Unauthorized');
    throw error;
  }
}

function limitRate(limiter: RateLimiter, request: FastifyRequest, reply: FastifyReply): FastifyReply | undefined {
  const { headers, exceeded } = limiter.count(request.hubspotAccount);
  void reply.headers(headers);
  if (exceeded === null) return undefined;
  return reply
    .code(429)
    .header('content-type', jsonType)
    .send(JSON.stringify(rateLimitBody(exceeded, request.id)));
}
