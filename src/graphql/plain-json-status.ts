import type { ApolloServerPlugin } from '@apollo/server';
import type { Context } from '../context/context.ts';

const codes: ReadonlySet<unknown> = new Set(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT']);

/**
 * Answers 200 to a client that accepts `application/json` alone if its request is well-formed but its document or variables
 * are at fault (GraphQL over HTTP). To such a client any other status may come from a server on the way. A client that names
 * neither type gets the status that says more.
 */
export const statusForPlainJson: ApolloServerPlugin<Context> = {
  async requestDidStart() {
    return {
      async willSendResponse({ request, response: { http, body } }) {
        const accept = request.http?.headers.get('accept') ?? '';
        if (!accept.includes('application/json') || accept.includes('application/graphql-response+json')) return;
        if (body.kind !== 'single' || 'data' in body.singleResult) return;
        if (body.singleResult.errors?.every(({ extensions }) => codes.has(extensions?.['code'])) === true) {
          http.status = 200;
        }
      },
    };
  },
};
