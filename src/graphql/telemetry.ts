import type { ApolloServerPlugin, GraphQLResponse } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import type { Context } from '../context/context.ts';
import { isUnexpected } from './errors.ts';

/** Tells a request's telemetry of each operation: once when it begins, is known and ends, and never of a field. */
export const operationPlugin: ApolloServerPlugin<Context> = {
  async requestDidStart({ contextValue: { telemetry } }) {
    const operation = telemetry.beginOperation();
    return {
      async didResolveOperation({ operationName, operation: definition }) {
        operation.resolve(operationName, definition?.operation ?? 'unknown');
      },
      async didEncounterErrors({ errors }) {
        for (const error of errors) if (isUnexpected(error)) telemetry.noteUnexpected(unwrapResolverError(error));
      },
      async willSendResponse({ response }) {
        operation.end(toCodes(response));
      },
    };
  },
};

function toCodes({ body }: GraphQLResponse): readonly string[] {
  const errors = body.kind === 'single' ? (body.singleResult.errors ?? []) : [];
  return errors.map(({ extensions }) => String(extensions?.['code']));
}
