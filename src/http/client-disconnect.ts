import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** Fires when the client goes away before it has its answer. */
    hangUp: AbortSignal;
  }
}

/** Lets every request know when nobody waits for its answer any more. */
export function noticeHangUps(app: FastifyInstance): void {
  app.decorateRequest('hangUp');
  app.addHook('onRequest', (request, { raw }, done) => {
    const controller = new AbortController();
    request.hangUp = controller.signal;
    raw.once('close', () => {
      if (!raw.writableFinished) controller.abort();
    });
    done();
  });
}
