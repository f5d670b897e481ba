import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import Fastify, { LogController } from 'fastify';
import type { FastifyBaseLogger } from 'fastify';
import { openContext } from './context/context.ts';
import type { Context } from './context/context.ts';
import { authorization } from './graphql/authorization.ts';
import { formatError } from './graphql/errors.ts';
import { knownOperationTypes } from './graphql/known-operation-types.ts';
import { limitOperations } from './graphql/limits/limit-operations.ts';
import type { OperationLimits } from './graphql/limits/limits.ts';
import { createOperationCheck } from './graphql/limits/operation-check.ts';
import { statusForPlainJson } from './graphql/plain-json-status.ts';
import { createSchema } from './graphql/schema.ts';
import { createStaleExtension } from './graphql/stale-extension.ts';
import { withoutSuggestions } from './graphql/suggestions.ts';
import { operationPlugin } from './graphql/telemetry.ts';
import type { TrustedDocuments } from './graphql/trusted-documents.ts';
import type { AccessSettings } from './http/access-settings.ts';
import { mayReadSdl, requireCaller } from './http/authentication.ts';
import { acceptJsonBodies } from './http/body-parser.ts';
import { detectClientDisconnects } from './http/client-disconnect.ts';
import { allowOrigins } from './http/cors.ts';
import { readDeadlineMs } from './http/deadline.ts';
import { addGraphiql } from './http/graphiql.ts';
import { addGraphql } from './http/graphql.ts';
import { addHealth } from './http/health.ts';
import type { HttpLimits } from './http/limits.ts';
import { addMetrics } from './http/metrics.ts';
import { limitRequestRate } from './http/rate-limit.ts';
import { answerBadUrl, answerRequestErrors } from './http/request-errors.ts';
import { observeRequests } from './http/request-telemetry.ts';
import { addRoot } from './http/root.ts';
import { prepareShutdown } from './http/shutdown.ts';
import { toSocketOptions } from './http/socket-limits.ts';
import type { Sources } from './sources/source.ts';
import type { Metrics } from './telemetry/metrics.ts';
import { readRequestId } from './telemetry/request-id.ts';

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
  readonly limits: HttpLimits & OperationLimits;
  /** The other origins whose pages may ask. */
  readonly corsOrigins: readonly string[];
  /** Whether clients may read the schema, and errors suggest what was probably meant. */
  readonly introspection: boolean;
  readonly operations: TrustedDocuments;
  readonly log: FastifyBaseLogger;
  readonly metrics: Metrics;
}

/** Puts the gateway's parts together; starts nothing but Apollo. */
export async function createServer(sources: Sources, options: ServerOptions): Promise<GatewayServer> {
  const { deadlineMs, access, graphiql, limits, log, metrics } = options;
  const app = Fastify({
    ...toSocketOptions(limits, deadlineMs),
    loggerInstance: log,
    bodyLimit: limits.bodyBytes,
    frameworkErrors: answerBadUrl,
    // Whatever reaches the server while it stops was let in, so it is answered.
    return503OnClosing: false,
    genReqId: ({ headers }) => readRequestId(headers),
    // Its own lines of each request would show URLs, which hold a GET's query and variables.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
  });
  observeRequests(app, metrics);
  detectClientDisconnects(app);
  const shutdown = prepareShutdown(app);
  answerRequestErrors(app);
  acceptJsonBodies(app);
  await allowOrigins(app, options.corsOrigins);
  const apollo = createApollo(options);
  await apollo.start();
  await app.register(async (graphql) => {
    requireCaller(graphql, access, log);
    await limitRequestRate(graphql, limits.requestsPerMinute);
    addGraphql(graphql, {
      apollo,
      openContext: ({ telemetry, headers, caller, clientDisconnect }) =>
        openContext(sources, {
          telemetry,
          caller,
          mayReadSdl: mayReadSdl(headers, access),
          headers,
          clientDisconnect,
          deadlineMs: readDeadlineMs(headers['x-deadline-ms'], deadlineMs),
        }),
      checkOperations: createOperationCheck(limits, options.operations),
      maxInFlight: limits.inFlight,
    });
  });
  addHealth(app, shutdown.isReady);
  addMetrics(app, metrics);
  addRoot(app, { graphiql });
  if (graphiql) addGraphiql(app);

  return {
    listen: (address) => app.listen(address),
    stopBeingReady: () => shutdown.begin(),
    async close(graceMs) {
      await shutdown.end(graceMs);
      await apollo.stop();
    },
  };
}

function createApollo({ limits, introspection }: ServerOptions): ApolloServer<Context> {
  const schema = createSchema();
  return new ApolloServer<Context>({
    schema,
    formatError: introspection ? formatError : (...error) => withoutSuggestions(formatError(...error)),
    includeStacktraceInErrorResponses: false,
    introspection,
    validationRules: [knownOperationTypes],
    allowBatchedHttpRequests: limits.batch > 0,
    stopOnTerminationSignals: false,
    plugins: [
      operationPlugin,
      authorization,
      limitOperations(schema, limits),
      statusForPlainJson,
      // Cache hints cost 30 % on large answers, and nothing here gives any.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      // Whatever the environment holds, the gateway reports to nobody.
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      createStaleExtension(),
    ],
  });
}
