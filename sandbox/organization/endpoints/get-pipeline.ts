import type { DatabaseSync } from 'node:sqlite';
import type { FastifyInstance } from 'fastify';
import { assumptions } from '../assumptions.ts';
import { bearerToken } from '../authentication.ts';
import { objectId, parseInput, typeQuery } from '../input.ts';
import { openAccount } from '../store/accounts.ts';
import { pipelineByIdOrDefault } from '../store/pipelines.ts';
import { toPipeline } from '../wire.ts';

const query = typeQuery.extend({ pipelineId: objectId.optional() });

/** Serves GET /pipelines: one pipeline, of the given id, else the default of the type; the API has no list call. */
export function getPipeline(routes: FastifyInstance, database: DatabaseSync): void {
  routes.get('/pipelines', (request) => {
    const { type, pipelineId } = parseInput(query, request.query);
    const account = openAccount(database, bearerToken(request));
    return assumptions.toGetAnswer(toPipeline(account, pipelineByIdOrDefault(account, pipelineId, type)));
  });
}
