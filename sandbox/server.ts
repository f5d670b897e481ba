import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import Fastify from 'fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { serveApis } from './apis.ts';
import { defaultError } from './default-error.ts';
import { faultRule } from './fault-injection/fault-rule.ts';
import { createPendingFaults } from './fault-injection/pending-faults.ts';
import { sendError } from './hubspot/answer.ts';
import { ApiError, toEnvelope } from './hubspot/api-error.ts';
import { assumptions } from './hubspot/assumptions.ts';
import { serveIndex } from './index-page.ts';
import type { SandboxOptions } from './options.ts';
import { interceptRequests } from './request-interceptor.ts';
import { createRequestLog } from './request-log.ts';

/** A running sandbox. */
export interface Sandbox {
  /** The address that it listens at, without a slash at the end. */
  readonly url: string;
  /** Ends every connection at once, the hanging ones too, and closes the database; a second call waits for the first. */
  close(): Promise<void>;
}

/** Starts the three upstream APIs on one loopback port; resolves when it listens, rejects if it cannot. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { port, host = '127.0.0.1' } = options;
  const database = openDatabase(options.databasePath ?? ':memory:');
  const app = createApp(options, database);
  try {
    await app.listen({ port, host });
  } catch (error) {
    database.close();
    throw error;
  }
  const { port: boundPort } = app.server.address() as AddressInfo;
  let closed: Promise<void> | undefined;
  return {
    url: `http://${host === '::1' ? '[::1]' : host}:${boundPort}`,
    close: () => (closed ??= close(app, database)),
  };
}

async function close(app: FastifyInstance, database: DatabaseSync): Promise<void> {
  // In this order no new connection slips in between.
  app.server.close();
  app.server.closeAllConnections();
  await app.close();
  database.close();
}

function openDatabase(path: string): DatabaseSync {
  const database = new DatabaseSync(path);
  // The data is worth no more than the try-out it serves, so nothing waits for the disk.
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF');
  return database;
}

function createApp(options: SandboxOptions, database: DatabaseSync): FastifyInstance {
  const log = createRequestLog();
  const faults = createPendingFaults((options.faults ?? []).map((rule) => faultRule.parse(rule)));
  const app: FastifyInstance = Fastify({
    // HubSpot's correlation ids.
    genReqId: () => randomUUID(),
    // Ids are path segments, and emoji in them are long once percent-encoded.
    routerOptions: { maxParamLength: 5000 },
    frameworkErrors: (_error, request, reply) => void sendUnroutable(request.url, 400, reply),
    serverFactory: (listener) =>
      createHttpServer(interceptRequests({ log, faults, latencyMs: options.latencyMs ?? 0, app: () => app }, listener)),
  });
  app.setNotFoundHandler((request, reply) => sendUnknownPath(options, request, reply));
  serveIndex(app);
  serveApis(app, options, database, { log, faults });
  return app;
}

// No API's own handlers see a path that none of them has.
function sendUnknownPath(options: SandboxOptions, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (request.url.startsWith('/api/')) return sendUnroutable(request.url, 404, reply);
  void reply.header('x-hubspot-correlation-id', request.id);
  const format = { toEnvelope, emptyContentType: options.empty404ContentType ?? null };
  return sendError(format, new ApiError(404, assumptions.unknownPath), request, reply);
}

// No API's own handlers see a path that is wrongly encoded.
function sendUnroutable(url: string, status: number, reply: FastifyReply): FastifyReply {
  const { headers, body } = defaultError(url, status);
  return reply.code(status).headers(headers).send(JSON.stringify(body));
}

function createHttpServer(listener: RequestListener): Server {
  // Longer than a client's pool keeps an idle connection, so that none is cut just as it is used again.
  return createServer({ keepAliveTimeout: 72_000, requestTimeout: 0 }, listener);
}
