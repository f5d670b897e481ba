import Fastify from 'fastify';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { DatabaseSync } from 'node:sqlite';
import { createClock } from './clock.js';
import { controlApi } from './control/index.js';
import { errorAnswer } from './faults/error-body.js';
import { createFaultList } from './faults/fault-list.js';
import { faultRule } from './faults/rule.js';
import { frontDoor } from './front-door.js';
import { hashToken } from './bearer-token.js';
import { assumptions } from './hubspot/assumptions.js';
import { hubspotApi } from './hubspot/index.js';
import { createRateLimiter } from './hubspot/rate-limit.js';
import { addHubspotRecords } from './hubspot/records.js';
import { toEnvelope } from './hubspot/refusal.js';
import { openStore } from './hubspot/store.js';
import { hubspotV1Api } from './hubspot-v1/index.js';
import { addOrganizationRecords, organizationApi, resetOrganization } from './organization/index.js';
import { createRequestLog } from './request-log.js';
/** Starts the three upstream APIs on one loopback port; resolves when it listens, rejects where it cannot. */
export async function startSandbox(options) {
  const { port, host = '127.0.0.1' } = options;
  const database = openDatabase(options.databasePath ?? ':memory:');
  const app = createApp(options, database);
  try {
    await app.listen({ port, host });
  } catch (error) {
    database.close();
    throw error;
  }
  const { port: boundPort } = app.server.address();
  let closed;
  return {
    url: `http://${host === '::1' ? '[::1]' : host}:${boundPort}`,
    close: () => (closed ??= close(app, database)),
  };
}
async function close(app, database) {
  // In this order no new connection slips in between.
  app.server.close();
  app.server.closeAllConnections();
  await app.close();
  database.close();
}
function openDatabase(path) {
  const database = new DatabaseSync(path);
  // The data is worth no more than the try-out it serves, so nothing waits for the disk.
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF');
  return database;
}
function createApp(options, database) {
  const log = createRequestLog();
  const faults = createFaultList((options.faults ?? []).map((rule) => faultRule.parse(rule)));
  const app = Fastify({
    // HubSpot's correlation ids.
    genReqId: () => randomUUID(),
    // Ids are path segments, and emoji in them are long once percent-encoded.
    routerOptions: { maxParamLength: 5000 },
    frameworkErrors: (_error, request, reply) => void sendUnroutable(request.url, 400, reply),
    serverFactory: (handler) =>
      createHttpServer(frontDoor({ log, faults, latencyMs: options.latencyMs ?? 0, app: () => app }, handler)),
  });
  app.setNotFoundHandler((request, reply) => sendUnroutable(request.url, 404, reply));
  registerApis(app, options, database, { log, faults });
  return app;
}
// No API's own handlers see a path that none of them has, or that is wrongly encoded.
function sendUnroutable(url, status, reply) {
  const { headers, body } = errorAnswer(url, status);
  return reply.code(status).headers(headers).send(JSON.stringify(body));
}
function createHttpServer(listener) {
  // Longer than a client's pool keeps an idle connection, so that none is cut just as it is used again.
  return createServer({ keepAliveTimeout: 72_000, requestTimeout: 0 }, listener);
}
function registerApis(app, options, database, { log, faults }) {
  const store = openStore(database);
  const limiter = createRateLimiter({
    tenSecondly: options.rateLimitTenSecondly ?? 0,
    daily: options.rateLimitDaily ?? 0,
  });
  const shared = { store, limiter, clock: createClock() };
  hubspotApi(app, {
    ...shared,
    form: { toEnvelope, emptyType: options.empty404ContentType ?? null },
    labelLimit: options.labelLimit ?? assumptions.labelLimit,
  });
  hubspotV1Api(app, { ...shared, isRetired: options.v1Sunset ?? false });
  organizationApi(app, database);
  controlApi(app, {
    log,
    faults,
    reset() {
      store.reset();
      limiter.reset();
      resetOrganization(database);
    },
    addRecords({ token, objectType, pipelineId, stageId, recordIds }) {
      if (objectType === 'Contact' || objectType === 'Application') {
        addOrganizationRecords(database, token, objectType, pipelineId, stageId, recordIds);
      } else {
        addHubspotRecords(store, hashToken(token), { objectType, pipelineId, stageId }, recordIds);
      }
    },
  });
}
