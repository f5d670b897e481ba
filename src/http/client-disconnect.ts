import type { ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** Fires when the client goes away before it has its answer. Opened when it is first asked for. */
    readonly clientDisconnect: AbortSignal;
  }
}

/** Lets every request know when nobody waits for its answer any more. */
export function detectClientDisconnects(app: FastifyInstance): void {
  const responses = new WeakMap<FastifyRequest, ServerResponse>();
  const signals = new WeakMap<FastifyRequest, AbortSignal>();
  app.decorateRequest('clientDisconnect', {
    getter(this: FastifyRequest) {
      const signal = signals.get(this) ?? openSignal(responses.get(this));
      signals.set(this, signal);
      return signal;
    },
  });
  app.addHook('onRequest', (request, { raw }, done) => {
    responses.set(request, raw);
    done();
  });
}

function openSignal(response: ServerResponse | undefined): AbortSignal {
  const controller = new AbortController();
  const onClose = (): void => {
    if (response?.writableFinished === false) controller.abort();
  };
  if (response?.closed === true) onClose();
  else response?.once('close', onClose);
  return controller.signal;
}
