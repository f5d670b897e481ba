import { HeaderMap } from '@apollo/server';
import type { ApolloServer, HTTPGraphQLRequest } from '@apollo/server';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Context } from '../context/context.ts';
import type { OperationCheck } from '../graphql/limits/operation-check.ts';
import { RequestError } from '../graphql/request-error.ts';

/** What the route works with. */
interface GraphqlRouteOptions {
  readonly apollo: ApolloServer<Context>;
  readonly openContext: (request: FastifyRequest) => Context;
  /** Throws a RequestError where an operation may not run. */
  readonly checkOperations: OperationCheck;
  /** Whether a request shows that no page of another site has sent it. */
  readonly isOwn: (headers: FastifyRequest['headers']) => boolean;
  readonly maxInFlight: number;
}

/** Serves GraphQL over HTTP at /graphql. */
export function addGraphql(
  app: FastifyInstance,
  { apollo, openContext, checkOperations, isOwn, maxInFlight }: GraphqlRouteOptions,
): void {
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
        const httpGraphQLRequest = checkOperations(toHttpGraphqlRequest(request, isOwn(request.headers)));
        const { status, headers, body } = await apollo.executeHTTPGraphQLRequest({
          httpGraphQLRequest,
          context: async () => openContext(request),
        });
        void reply.code(status ?? 200).headers(Object.fromEntries(headers));
        // @defer and @stream are not in the schema, so no answer comes in parts.
        return body.kind === 'complete' ? body.string : '';
      } finally {
        inFlight -= 1;
      }
    },
  });
}

function toHttpGraphqlRequest({ method, url, headers, body }: FastifyRequest, isOwn: boolean): HTTPGraphQLRequest {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  // Apollo's protection from forged requests wants a sign that there was a preflight, or that none was needed.
  if (method === 'GET' && isOwn) map.set('apollo-require-preflight', 'true');
  const query = url.indexOf('?');
  return { method, headers: map, search: query < 0 ? '' : url.slice(query), body };
}
