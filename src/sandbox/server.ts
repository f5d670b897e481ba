import Fastify from 'fastify';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import { createClock } from './clock.ts';
import { assumptions } from './hubspot/assumptions.ts';
import { hubspotApi } from './hubspot/index.ts';
import { createRateLimiter } from './hubspot/rate-limit.ts';
import { envelope } from './hubspot/refusal.ts';
import { openStore } from './hubspot/store.ts';
import { organizationApi } from './organization/index.ts';
import { createRequestLog } from './request-log.ts';

export interface SandboxOptions {
  /** 0 takes a free port. */
  readonly port: number;
  readonly host?: string;
  /** A file that keeps the data; in memory where absent. */
  readonly databasePath?: string;
}

/** A running sandbox. */
export interface Sandbox {
  /** Where it listens, without a slash at the end. */
  readonly url: string;
  /** Ends every connection at once, the hanging ones too, and closes the database. */
  close(): Promise<void>;
}

/** Starts the three upstream APIs on one port; resolves when it listens. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { port, host = '127.0.0.1', databasePath = ':memory:' } = options;
  const database = new DatabaseSync(databasePath);
  const log = createRequestLog();
  const app = Fastify({
    // HubSpot's correlation ids.
    genReqId: () => randomUUID(),
    // Ids are path segments, and emoji in them are long once percent-encoded.
    routerOptions: { maxParamLength: 5000 },
    serverFactory: (handler) =>
      createServer((request, response) => {
        if (request.url?.startsWith('/__sandbox/') !== true) log.note(request, response);
        handler(request, response);
      }),
  });
  hubspotApi(app, {
    store: openStore(database),
    clock: createClock(),
    limiter: createRateLimiter({ tenSecondly: 0, daily: 0 }),
    form: { envelope, emptyType: null },
    labelLimit: assumptions.labelLimit,
  });
  organizationApi(app, database);
  app.get('/__sandbox/requests', () => ({ requests: log.entries() }));
  await app.listen({ port, host });
  const address = app.server.address() as AddressInfo;
  return {
    url: `http://${host}:${address.port}`,
    async close() {
      app.server.closeAllConnections();
      await app.close();
      database.close();
    },
  };
}
