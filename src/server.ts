import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import fastifyApollo from '@as-integrations/fastify';
import Fastify from 'fastify';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { GraphQLError } from 'graphql';

import type { Sources } from './addressing.ts';
import { openContext } from './context.ts';
import type { Context } from './context.ts';
import { createErrorFormatter } from './errors.ts';
import type { AccessSettings } from './http/access-settings.ts';
import { requireCaller } from './http/authentication.ts';
import { authorization, mayReadSdl } from './http/authorization.ts';
import { createSchema } from './schema.ts';

/** The gateway's HTTP server, not listening yet. */
export interface GatewayServer {
  /** Starts to listen; gives the URL. */
  listen(address: { readonly host: string; readonly port: number }): Promise<string>;
  /** From now on the gateway says that it is not ready. */
  stopBeingReady(): void;
  /** Refuses new requests, gives those in flight up to `graceMs`, then ends them. */
  close(graceMs: number): Promise<void>;
}

/** What the server is put together with. */
export interface ServerOptions {
  readonly deadlineMs: number;
  readonly access: AccessSettings;
  readonly log: FastifyBaseLogger;
}

const maxBodyBytes = 1024 * 1024;

/** Puts the gateway's parts together; starts nothing but Apollo. */
export async function createServer(
  sources: Sources,
  { deadlineMs, access, log }: ServerOptions,
): Promise<GatewayServer> {
  const app = Fastify({
    loggerInstance: log,
    bodyLimit: maxBodyBytes,
    forceCloseConnections: 'idle',
    genReqId: () => crypto.randomUUID(),
  });
  const apollo = createApollo(log);
  await apollo.start();
  await app.register(async (graphql) => {
    requireCaller(graphql, access, log);
    await graphql.register(fastifyApollo(apollo), {
      path: '/graphql',
      context: async ({ id, headers, caller }) =>
        openContext(sources, {
          requestId: id,
          caller,
          mayReadSdl: mayReadSdl(headers, access),
          headers,
          deadlineMs: readDeadlineMs(headers['x-deadline-ms'], deadlineMs),
        }),
    });
  });
  const health = addHealth(app);
  let closing = false;
  // Without this a client that keeps its connection alive would hold the end up for the whole of the grace.
  app.addHook('onSend', async (_, reply) => {
    if (closing) void reply.header('connection', 'close');
  });

  return {
    listen: (address) => app.listen(address),
    stopBeingReady: () => health.stopBeingReady(),
    async close(graceMs) {
      closing = true;
      const cut = setTimeout(() => app.server.closeAllConnections(), graceMs);
      await app.close();
      clearTimeout(cut);
      await apollo.stop();
    },
  };
}

function createApollo(log: FastifyBaseLogger): ApolloServer<Context> {
  return new ApolloServer<Context>({
    schema: createSchema(),
    formatError: createErrorFormatter((error) => log.error({ err: error }, 'unexpected error')),
    includeStacktraceInErrorResponses: false,
    introspection: true,
    stopOnTerminationSignals: false,
    plugins: [
      authorization,
      // Cache hints cost 30 % on large answers, and nothing here gives any.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      // Whatever the environment holds, the gateway reports to nobody.
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
}

/** A caller may ask for less time than the gateway allows, never for more. */
function readDeadlineMs(header: string | string[] | undefined, limitMs: number): number {
  if (header === undefined) return limitMs;
  const asked = Number(header);
  if (typeof header === 'string' && header.trim() !== '' && Number.isFinite(asked)) {
    return Math.min(Math.max(asked, 1), limitMs);
  }
  throw new GraphQLError('The header x-deadline-ms must be a number of milliseconds.', {
    extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
  });
}

function addHealth(app: FastifyInstance) {
  let ready = true;
  app.get('/health/live', () => ({ status: 'live' }));
  app.get('/health/ready', (_, reply) => {
    void reply.code(ready ? 200 : 503);
    return { status: ready ? 'ready' : 'stopping' };
  });
  return {
    stopBeingReady(): void {
      ready = false;
    },
  };
}
