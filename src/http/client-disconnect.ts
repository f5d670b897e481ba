import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** Fires when the client goes away before it has its answer. */
    clientDisconnect: AbortSignal;
  }
}

/** Lets every request know when nobody waits for its answer any more. */
export function detectClientDisconnects(app: FastifyInstance): void {
  app.decorateRequest('clientDisconnect');
  app.addHook('onRequest', (request, { raw }, done) => {
    const controller = new AbortController();
    request.clientDisconnect = controller.signal;
    raw.once('close', () => {
      if (!raw.writableFinished) controller.abort();
    });
    done();
  });
}
