import fastifyCors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import type { CorsSettings } from './cors-settings.ts';

/** What clients of every kind send; the sources' own headers and those of a setting come on top. */
const allowedHeaders = [
  'content-type',
  'authorization',
  'x-api-key',
  'x-deadline-ms',
  'cache-control',
  'apollo-require-preflight',
  'x-apollo-operation-name',
  'apollographql-client-name',
  'apollographql-client-version',
  'traceparent',
  'x-request-id',
];

const exposedHeaders = [
  'retry-after',
  'x-request-id',
  'x-ratelimit-limit',
  'x-ratelimit-remaining',
  'x-ratelimit-reset',
];

/** Lets pages of the configured origins ask; those of any other get no answer that they can read. */
export async function allowOrigins(
  app: FastifyInstance,
  { origins, headers, credentials }: CorsSettings,
  credentialHeaders: readonly string[],
): Promise<void> {
  if (origins.length === 0) return;
  await app.register(fastifyCors, {
    origin: [...origins],
    methods: ['GET', 'POST'],
    allowedHeaders: [...new Set([...allowedHeaders, ...credentialHeaders, ...headers])],
    exposedHeaders,
    credentials,
    // What browsers keep a preflight for at most.
    maxAge: 7200,
    strictPreflight: false,
  });
}
