import type { DatabaseSync } from 'node:sqlite';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { parseJsonBodies } from '../body-parser.ts';
import { unappliedHeader, withoutEffect } from '../unapplied.ts';
import { defaultUnknowns } from '../unknowns.ts';
import type { Unknowns } from '../unknowns.ts';
import { ApiError, refuseUnknownRoute, sendError } from './api-error.ts';
import { apiErrors, assumptions } from './assumptions.ts';
import { requireToken } from './authentication.ts';
import type { Answer, Call } from './call.ts';
import { createPipeline } from './endpoints/create-pipeline.ts';
import { deletePipeline } from './endpoints/delete-pipeline.ts';
import { editPipeline } from './endpoints/edit-pipeline.ts';
import { login, verifyToken } from './endpoints/login.ts';
import { readPipeline } from './endpoints/read-pipeline.ts';
import { reassignStage } from './endpoints/reassign-stage.ts';
import { createLatePipelines } from './late-pipelines.ts';
import type { LatePipelines } from './late-pipelines.ts';
import type { PipelineType } from './model.ts';
import { openAccount } from './store/accounts.ts';
import { pipelineById } from './store/pipelines.ts';
import { addRecords } from './store/records.ts';
import { stageById } from './store/stages.ts';
import { clearTables, createTables, inTransaction } from './store/tables.ts';

type Operation = readonly [method: 'GET' | 'POST' | 'DELETE', path: string, answer: (call: Call) => Answer];

// What a token is needed for, below /api.
const operations: readonly Operation[] = [
  ['GET', '/auth/verify-token', verifyToken],
  ['GET', '/pipelines', readPipeline],
  ['POST', '/pipelines', editPipeline],
  ['POST', assumptions.createPath, createPipeline],
  ['DELETE', '/pipelines/:pipelineId', deletePipeline],
  ['POST', '/pipelines/stages/reassign', reassignStage],
];

/** A running organization API. */
interface OrganizationApi {
  /** From now on every read shows what there is. */
  endLateReads(): void;
}

/** What all calls of the API share. */
interface Context {
  readonly database: DatabaseSync;
  readonly unknowns: Unknowns;
  readonly latePipelines: LatePipelines;
}

/** Serves the organization API below /api/, with its own authentication and errors and its data in the database. */
export function organizationApi(
  app: FastifyInstance,
  database: DatabaseSync,
  unknowns: Unknowns = defaultUnknowns,
): OrganizationApi {
  createTables(database);
  const latePipelines = createLatePipelines(unknowns);
  void app.register(
    async (api) => {
      parseJsonBodies(api, 'application/json', () => new ApiError(apiErrors.malformedJson));
      api.setErrorHandler(sendError);
      api.setNotFoundHandler(refuseUnknownRoute);
      api.post('/auth/login', (request) => login(database, request.body));
      void api.register(async (authenticated) => serveOperations(authenticated, { database, unknowns, latePipelines }));
    },
    { prefix: '/api' },
  );
  return { endLateReads: () => latePipelines.clear() };
}

// Each operation is one transaction.
function serveOperations(api: FastifyInstance, context: Context): void {
  api.addHook('onRequest', async (request) => void requireToken(request));
  for (const [method, url, answer] of operations) {
    api.route({
      method,
      url,
      handler: (request, reply) => sendAnswer(reply, run(context, request, answer)),
    });
  }
}

function run(context: Context, request: FastifyRequest, answer: Operation[2]): Answer {
  const work = (): Answer => {
    const call = toCall(context, request);
    return request.method === 'GET' ? answer(call) : context.latePipelines.write(call.account, () => answer(call));
  };
  const isUnapplied = request.headers[unappliedHeader] !== undefined;
  if (isUnapplied) return withoutEffect((all) => inTransaction(context.database, all), work);
  return inTransaction(context.database, work);
}

function toCall({ database, unknowns, latePipelines }: Context, request: FastifyRequest): Call {
  const { params, query, body } = request;
  return { account: openAccount(database, requireToken(request)), unknowns, latePipelines, params, query, body };
}

function sendAnswer(reply: FastifyReply, { status = 200, body }: Answer): FastifyReply {
  return reply.code(status).send(body);
}

/** Puts every organization back to its seed data, which it gets on its token's next request. */
export function resetOrganization(database: DatabaseSync): void {
  clearTables(database);
}

/** Adds records of the token's organization to a stage; throws if type, pipeline and stage do not fit together. */
export function addOrganizationRecords(
  database: DatabaseSync,
  token: string,
  objectType: PipelineType,
  pipelineId: string,
  stageId: string,
  recordIds: readonly string[],
): void {
  const account = openAccount(database, token);
  const { type } = pipelineById(account, pipelineId);
  if (type !== objectType) throw new Error(`Pipeline ${pipelineId} holds records of type ${type}, not ${objectType}`);
  if (stageById(account, stageId).pipelineId !== pipelineId) {
    throw new Error(`Stage ${stageId} is not in pipeline ${pipelineId}`);
  }
  inTransaction(database, () => addRecords(account, objectType, stageId, recordIds));
}
