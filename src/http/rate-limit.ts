import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import { RequestError } from '../graphql/request-error.ts';

/** Refuses, with RATE_LIMITED and Retry-After, what a caller asks above `requestsPerMinute`; 0 sets no limit. */
export async function limitRequestRate(app: FastifyInstance, requestsPerMinute: number): Promise<void> {
  if (requestsPerMinute === 0) return;
  await app.register(rateLimit, {
    max: requestsPerMinute,
    timeWindow: 60_000,
    // Who is let in has a name; who is not asked for one has an address.
    keyGenerator: ({ caller, ip }) => (caller === null ? `address ${ip}` : `caller ${caller.name}`),
    errorResponseBuilder: (_, { max, ttl }) => {
      const retryAfterSeconds = Math.ceil(ttl / 1000);
      const message = `More than ${max} requests in a minute. Try again in ${retryAfterSeconds} s.`;
      return new RequestError(429, 'RATE_LIMITED', message, { retryAfterSeconds });
    },
  });
}
