import type { ApolloServer } from '@apollo/server';
import Fastify, { LogController } from 'fastify';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { openContext } from './context/context.ts';
import type { Context } from './context/context.ts';
import { createApollo } from './graphql/apollo.ts';
import type { OperationLimits } from './graphql/limits/limits.ts';
import { createOperationCheck } from './graphql/limits/operation-check.ts';
import { followDocuments } from './graphql/trusted-documents-watch.ts';
import type { TrustedDocumentsSettings } from './graphql/trusted-documents-watch.ts';
import type { TrustedDocuments } from './graphql/trusted-documents.ts';
import type { AccessSettings } from './http/access-settings.ts';
import { createAnswerKey } from './http/answer-key.ts';
import { mayReadSdl, requireCaller } from './http/authentication.ts';
import { acceptJsonBodies } from './http/body-parser.ts';
import { detectClientDisconnects } from './http/client-disconnect.ts';
import type { CorsSettings } from './http/cors-settings.ts';
import { allowOrigins } from './http/cors.ts';
import { listCredentialHeaders } from './http/credential-headers.ts';
import { createForgeryCheck } from './http/csrf.ts';
import { readDeadlineMs } from './http/deadline.ts';
import { addGraphiql } from './http/graphiql.ts';
import { addGraphql } from './http/graphql.ts';
import { addHealth } from './http/health.ts';
import { addKeptAnswersMetrics } from './http/kept-answers-metrics.ts';
import { createKeptAnswers } from './http/kept-answers.ts';
import type { KeptAnswers } from './http/kept-answers.ts';
import { createKeptEntities } from './http/kept-entities.ts';
import type { KeptEntities } from './http/kept-entities.ts';
import type { HttpLimits } from './http/limits.ts';
import { guardLoad } from './http/load-guard.ts';
import { addMetrics } from './http/metrics.ts';
import { keepAnswersPrivate } from './http/private-answers.ts';
import { limitRequestRate } from './http/rate-limit.ts';
import { answerBadUrl, answerRequestErrors } from './http/request-errors.ts';
import { observeRequests } from './http/request-telemetry.ts';
import { addRoot } from './http/root.ts';
import { prepareShutdown } from './http/shutdown.ts';
import { toSocketOptions } from './http/socket-limits.ts';
import { toMaxStages } from './sources/max-stages.ts';
import type { Sources } from './sources/source.ts';
import type { Metrics } from './telemetry/metrics.ts';
import type { LoggedOperations } from './telemetry/request-record.ts';
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
  /** What pages of other origins may do. */
  readonly cors: CorsSettings;
  /** Whether clients may read the schema, and errors suggest what was probably meant. */
  readonly introspection: boolean;
  /** Whether clients may look for an object by its id alone. */
  readonly node: boolean;
  readonly operations: TrustedDocumentsSettings;
  readonly log: FastifyBaseLogger;
  readonly logOperations: LoggedOperations;
  readonly metrics: Metrics;
}

/** Puts the gateway's parts together; starts nothing but Apollo. */
export async function createServer(sources: Sources, options: ServerOptions): Promise<GatewayServer> {
  const app = createApp(options);
  observeRequests(app, options.metrics, options.logOperations);
  detectClientDisconnects(app);
  const shutdown = prepareShutdown(app);
  const credentialHeaders = listCredentialHeaders(sources);
  keepAnswersPrivate(app, credentialHeaders);
  answerRequestErrors(app);
  acceptJsonBodies(app);
  await allowOrigins(app, options.cors, credentialHeaders);
  const apollo = createApollo({ ...options, maxStages: toMaxStages(sources) });
  await apollo.start();
  const keptAnswers = createKeptAnswers(options.limits.keptAnswersBytes / 2);
  const keptEntities = createKeptEntities(options.limits.keptAnswersBytes / 2, options.limits);
  addKeptAnswersMetrics(options.metrics, keptAnswers, keptEntities);
  const documents = followDocuments(options.operations, options.log);
  await app.register((graphql) =>
    serveOperations(graphql, apollo, sources, { ...options, documents, keptAnswers, keptEntities }),
  );
  addHealth(app, shutdown.isReady);
  addMetrics(app, options.metrics);
  addRoot(app, options);
  if (options.graphiql) addGraphiql(app);

  return {
    listen: (address) => app.listen(address),
    stopBeingReady: () => shutdown.begin(),
    async close(graceMs) {
      documents.stop();
      await shutdown.end(graceMs);
      await apollo.stop();
    },
  };
}

function createApp({ deadlineMs, limits, log }: ServerOptions): FastifyInstance {
  return Fastify({
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
}

interface ServingOptions extends ServerOptions {
  readonly documents: TrustedDocuments;
  readonly keptAnswers: KeptAnswers;
  readonly keptEntities: KeptEntities;
}

async function serveOperations(
  app: FastifyInstance,
  apollo: ApolloServer<Context>,
  sources: Sources,
  { access, cors, deadlineMs, documents, keptAnswers, keptEntities, limits, log }: ServingOptions,
): Promise<void> {
  guardLoad(app, limits.load);
  requireCaller(app, access, log);
  await limitRequestRate(app, limits.requestsPerMinute);
  const credentialHeaders = listCredentialHeaders(sources);
  const isOwn = createForgeryCheck(cors, credentialHeaders);
  addGraphql(app, {
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
    checkOperations: createOperationCheck(limits, documents),
    isOwn,
    keptAnswers,
    keptEntities,
    toAnswerKey: createAnswerKey({ credentialHeaders, isOwn, documents }),
    maxInFlight: limits.inFlight,
  });
}
