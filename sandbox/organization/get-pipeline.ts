import type { DatabaseSync } from 'node:sqlite';
import type { FastifyInstance } from 'fastify';
import { bearerToken } from './access.ts';
import { openAccount } from './accounts.ts';
import { assumptions } from './assumptions.ts';
import { objectId, parseInput, typeQuery } from './input.ts';
import { toPipeline } from './pipeline-answers.ts';
import { pipelineByIdOrDefault } from './pipelines.ts';

const query = typeQuery.extend({ pipelineId: objectId.optional() });

/** Serves GET /pipelines: one pipeline, of the given id, else the default of the type; the API has no list call. */
export function getPipeline(routes: FastifyInstance, database: DatabaseSync): void {
  routes.get('/pipelines', (request) => {
    const { type, pipelineId } = parseInput(query, request.query);
    const account = openAccount(database, bearerToken(request));
    return assumptions.toGetAnswer(toPipeline(account, pipelineByIdOrDefault(account, pipelineId, type)));
  });
}
