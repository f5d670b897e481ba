import fastifyCors from '@fastify/cors';
/** Lets pages of these origins ask, without cookies; those of any other get no answer that they can read. */
export async function allowOrigins(app, origins) {
  if (origins.length === 0) return;
  await app.register(fastifyCors, {
    origin: [...origins],
    methods: ['GET', 'POST'],
    allowedHeaders: [
      'content-type',
      'authorization',
      'x-api-key',
      'x-deadline-ms',
      'cache-control',
      'apollo-require-preflight',
      'x-request-id',
    ],
    exposedHeaders: ['retry-after', 'x-request-id'],
    // What browsers keep a preflight for at most.
    maxAge: 7200,
    strictPreflight: false,
  });
}
