import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import Fastify, { LogController } from 'fastify';
import { openContext } from './context.js';
import { formatError } from './errors.js';
import { requireCaller } from './http/authentication.js';
import { authorization, mayReadSdl } from './http/authorization.js';
import { allowOrigins } from './http/cors.js';
import { readDeadlineMs } from './http/deadline.js';
import { addGraphiql } from './http/graphiql.js';
import { addGraphql } from './http/graphql.js';
import { addHealth } from './http/health.js';
import { acceptJsonBodies } from './http/json-bodies.js';
import { addMetrics } from './http/metrics.js';
import { observeRequests } from './http/observe-requests.js';
import { answerBadUrl, answerRequestErrors } from './http/request-errors.js';
import { readRequestId } from './http/request-id.js';
import { limitRequestRate } from './http/request-rate.js';
import { addRoot } from './http/root.js';
import { toSocketOptions } from './http/sockets.js';
import { statusForPlainJson } from './http/status.js';
import { limitOperations } from './operations/limit-operations.js';
import { createOperationCheck } from './operations/operation-check.js';
import { withoutSuggestions } from './operations/suggestions.js';
import { createSchema } from './schema.js';
import { operationPlugin } from './telemetry/operation-plugin.js';
/** Puts the gateway's parts together; starts nothing but Apollo. */
export async function createServer(sources, options) {
  const { deadlineMs, access, graphiql, limits, log, metrics } = options;
  const app = Fastify({
    ...toSocketOptions(limits, deadlineMs),
    loggerInstance: log,
    bodyLimit: limits.bodyBytes,
    frameworkErrors: answerBadUrl,
    forceCloseConnections: 'idle',
    genReqId: ({ headers }) => readRequestId(headers),
    // Its own lines of each request would show URLs, which hold a GET's query and variables.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
  });
  observeRequests(app, metrics);
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
      openContext: ({ telemetry, headers, caller }) =>
        openContext(sources, {
          telemetry,
          caller,
          mayReadSdl: mayReadSdl(headers, access),
          headers,
          deadlineMs: readDeadlineMs(headers['x-deadline-ms'], deadlineMs),
        }),
      checkOperations: createOperationCheck(limits, options.operations),
      maxInFlight: limits.inFlight,
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
function createApollo({ limits, introspection }) {
  const schema = createSchema();
  return new ApolloServer({
    schema,
    formatError: introspection ? formatError : (...error) => withoutSuggestions(formatError(...error)),
    includeStacktraceInErrorResponses: false,
    introspection,
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
    ],
  });
}
