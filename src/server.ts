import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import fastifyApollo from '@as-integrations/fastify';
import Fastify, { LogController } from 'fastify';
import type { FastifyBaseLogger } from 'fastify';
import { GraphQLError } from 'graphql';

import type { Sources } from './addressing.ts';
import { openContext } from './context.ts';
import type { Context } from './context.ts';
import { formatError } from './errors.ts';
import type { AccessSettings } from './http/access-settings.ts';
import { requireCaller } from './http/authentication.ts';
import { authorization, mayReadSdl } from './http/authorization.ts';
import { addGraphiql } from './http/graphiql.ts';
import { addHealth } from './http/health.ts';
import { addMetrics } from './http/metrics.ts';
import { observeRequests } from './http/observe-requests.ts';
import { readRequestId } from './http/request-id.ts';
import { addRoot } from './http/root.ts';
import { createSchema } from './schema.ts';
import type { Metrics } from './telemetry/metrics.ts';
import { operationPlugin } from './telemetry/operation-plugin.ts';

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
  /** The longest that an operation may take. */
  readonly deadlineMs: number;
  readonly access: AccessSettings;
  readonly graphiql: boolean;
  readonly log: FastifyBaseLogger;
  readonly metrics: Metrics;
}

const maxBodyBytes = 1024 * 1024;

/** Puts the gateway's parts together; starts nothing but Apollo. */
export async function createServer(
  sources: Sources,
  { deadlineMs, access, graphiql, log, metrics }: ServerOptions,
): Promise<GatewayServer> {
  const app = Fastify({
    loggerInstance: log,
    bodyLimit: maxBodyBytes,
    forceCloseConnections: 'idle',
    genReqId: ({ headers }) => readRequestId(headers),
    // Its own lines of each request would show URLs, which hold a GET's query and variables.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
  });
  observeRequests(app, metrics);
  const apollo = createApollo();
  await apollo.start();
  await app.register(async (graphql) => {
    requireCaller(graphql, access, log);
    await graphql.register(fastifyApollo(apollo), {
      path: '/graphql',
      context: async ({ telemetry, headers, caller }) =>
        openContext(sources, {
          telemetry,
          caller,
          mayReadSdl: mayReadSdl(headers, access),
          headers,
          deadlineMs: readDeadlineMs(headers['x-deadline-ms'], deadlineMs),
        }),
    });
  });
  let ready = true;
  addHealth(app, () => ready);
  addMetrics(app, metrics);
  addRoot(app, { graphiql });
  if (graphiql) addGraphiql(app);
  let closing = false;
  // Without this a client that keeps its connection alive would hold the end up for the whole of the grace.
  app.addHook('onSend', async (_, reply) => {
    if (closing) void reply.header('connection', 'close');
  });

  return {
    listen: (address) => app.listen(address),
    stopBeingReady() {
      ready = false;
    },
    async close(graceMs) {
      closing = true;
      const cut = setTimeout(() => app.server.closeAllConnections(), graceMs);
      await app.close();
      clearTimeout(cut);
      await apollo.stop();
    },
  };
}

function createApollo(): ApolloServer<Context> {
  return new ApolloServer<Context>({
    schema: createSchema(),
    formatError,
    includeStacktraceInErrorResponses: false,
    introspection: true,
    stopOnTerminationSignals: false,
    plugins: [
      operationPlugin,
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
