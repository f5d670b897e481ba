import { unwrapResolverError } from '@apollo/server/errors';
import { isUnexpected } from '../errors.js';
/** Tells a request's telemetry of each operation: once when it begins, is known and ends, and never of a field. */
export const operationPlugin = {
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
function toCodes({ body }) {
  const errors = body.kind === 'single' ? (body.singleResult.errors ?? []) : [];
  return errors.map(({ extensions }) => String(extensions?.['code']));
}
