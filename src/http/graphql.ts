import { HeaderMap } from '@apollo/server';
import type { ApolloServer, HTTPGraphQLRequest } from '@apollo/server';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Context } from '../context/context.ts';
import type { OperationCheck } from '../graphql/limits/operation-check.ts';
import { RequestError } from '../graphql/request-error.ts';
import type { ToAnswerKey } from './answer-key.ts';
import { sendAnswer, toAnswer } from './answer.ts';
import type { Answer } from './answer.ts';
import { createJsonReader } from './body-parser.ts';
import { answerFromEntities, findKeptAnswer } from './find-kept-answer.ts';
import type { KeptAnswers } from './kept-answers.ts';
import type { KeptEntities } from './kept-entities.ts';

/** What the route works with. */
interface GraphqlRouteOptions {
  readonly apollo: ApolloServer<Context>;
  readonly openContext: (request: FastifyRequest) => Context;
  /** Throws a RequestError where an operation may not run. */
  readonly checkOperations: OperationCheck;
  /** Whether a request shows that no page of another site has sent it. */
  readonly isOwn: (headers: FastifyRequest['headers']) => boolean;
  readonly keptAnswers: KeptAnswers;
  readonly keptEntities: KeptEntities;
  readonly toAnswerKey: ToAnswerKey;
  readonly maxInFlight: number;
}

/** Serves GraphQL over HTTP at /graphql. */
export function addGraphql(app: FastifyInstance, options: GraphqlRouteOptions): void {
  const { maxInFlight } = options;
  const readBody = createJsonReader(app);
  let inFlight = 0;
  app.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    async handler(request, reply) {
      if (inFlight >= maxInFlight) {
        void reply.header('retry-after', 1);
        throw new RequestError(503, 'OVERLOADED', 'Too many operations are running.', { retryAfterSeconds: 1 });
      }
      inFlight += 1;
      try {
        return await sendAnswer(request, reply, await answer(options, readBody, request));
      } finally {
        inFlight -= 1;
      }
    },
  });
}

/** A kept answer if there is one, else a computed one, which is kept if it may be. */
async function answer(
  options: GraphqlRouteOptions,
  readBody: (request: FastifyRequest) => Promise<unknown>,
  request: FastifyRequest,
): Promise<Answer> {
  const { keptAnswers, keptEntities, toAnswerKey, openContext } = options;
  let context: Context | null = null;
  const open = (): Context => (context ??= openContext(request));
  const asked = toAnswerKey(request);
  const kept = asked === null ? null : await findKeptAnswer(asked.key, keptAnswers, request, open);
  if (kept !== null) return kept;
  const sent = await readBody(request);
  const assembled = asked === null ? null : answerFromEntities(asked.form, sent, keptEntities, request);
  if (assembled !== null) return assembled;
  const computed = await execute(options, request, sent, open);
  if (asked !== null && context !== null) {
    keptAnswers.keep(asked.key, computed, context);
    keptEntities.learn(asked.form, sent, computed, context);
  }
  return computed;
}

async function execute(
  { apollo, checkOperations, isOwn }: GraphqlRouteOptions,
  request: FastifyRequest,
  sent: unknown,
  open: () => Context,
): Promise<Answer> {
  const httpGraphQLRequest = checkOperations(toHttpGraphqlRequest(request, sent, isOwn(request.headers)));
  const { status, headers, body } = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest,
    context: async () => open(),
  });
  headers.delete('content-length');
  // @defer and @stream are not in the schema, so no answer comes in parts.
  const text = body.kind === 'complete' ? body.string : '';
  return toAnswer(status ?? 200, Object.fromEntries(headers), Buffer.from(text));
}

function toHttpGraphqlRequest(
  { method, url, headers }: FastifyRequest,
  body: unknown,
  isOwn: boolean,
): HTTPGraphQLRequest {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  // Apollo's protection from forged requests wants a sign that there was a preflight, or that none was needed.
  if (method === 'GET' && isOwn) map.set('apollo-require-preflight', 'true');
  const query = url.indexOf('?');
  return { method, headers: map, search: query < 0 ? '' : url.slice(query), body };
}
