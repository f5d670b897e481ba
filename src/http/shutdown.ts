import { once } from 'node:events';
import type { Server } from 'node:http';
import { Server as NetServer } from 'node:net';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

/** How a server ends without losing a request that it let in. */
interface Shutdown {
  readonly isReady: () => boolean;
  /** Turns readiness off; from now on each answer closes its connection, so that its caller goes elsewhere. */
  begin(): void;
  /** Lets nothing new in, gives what is in flight up to `graceMs`, then cuts it off. */
  end(graceMs: number): Promise<void>;
}

/** How long a connection that is kept alive may wait for its last request once nothing new is let in. */
const idleMs = 1_000;

/** How long no connection must have come, and how often that is waited for: under the heaviest load there is no such moment. */
const momentMs = 5;
const maxMoments = 50;

/** Prepares the end of a server; to be called before routes are added, as each of their answers is concerned. */
export function prepareShutdown(app: FastifyInstance): Shutdown {
  let ready = true;
  app.addHook('onSend', (_, reply, __, done) => {
    if (!ready) void reply.header('connection', 'close');
    done();
  });
  const begin = (): void => {
    ready = false;
  };
  return {
    isReady: () => ready,
    begin,
    async end(graceMs) {
      begin();
      const cut = setTimeout(() => app.server.closeAllConnections(), graceMs);
      await drain(app.server);
      clearTimeout(cut);
      await app.close();
    },
  };
}

/** Stops listening, and ends when the last connection has ended. */
async function drain(server: Server): Promise<void> {
  const ended = once(server, 'close');
  await waitForQuiet(server);
  // An HTTP server's own close would cut idle connections at once, and with them the requests that are on their way.
  NetServer.prototype.close.call(server);
  const idle = setTimeout(() => server.closeIdleConnections(), idleMs);
  await ended;
  clearTimeout(idle);
}

/**
 * Ends when no connection has come for a moment. A connection that the system has taken, but the server has not yet, is lost
 * when the server stops listening. Right after an answer its caller's next connection is likely.
 */
async function waitForQuiet(server: Server): Promise<void> {
  let connections = 0;
  const count = (): void => void (connections += 1);
  server.on('connection', count);
  for (let moment = 0, before = -1; moment < maxMoments && connections > before; moment += 1) {
    before = connections;
    await sleep(momentMs);
    // In between, the event loop takes the connections that came while it was busy.
    await setImmediate();
  }
  server.off('connection', count);
}
