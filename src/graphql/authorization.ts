import type { ApolloServerPlugin } from '@apollo/server';
import { BREAK, OperationTypeNode, visit } from 'graphql';
import type { DocumentNode } from 'graphql';
import type { Scope } from '../context/caller.ts';
import type { Context } from '../context/context.ts';
import { RequestError } from './request-error.ts';

/**
 * Refuses operations that the caller has no scope for, before anything is resolved. The SDL is for the router alone if it is
 * kept for that. Introspection needs the scope to read, like every query.
 */
export const authorization: ApolloServerPlugin<Context> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ operation, document, contextValue: { caller, mayReadSdl } }) {
        const scope: Scope = operation?.operation === OperationTypeNode.MUTATION ? 'pipelines:write' : 'pipelines:read';
        if (caller !== null && !caller.scopes.has(scope))
          throw new RequestError(403, 'FORBIDDEN', `This needs the scope ${scope}.`);
        if (!mayReadSdl && asksForSdl(document))
          throw new RequestError(403, 'FORBIDDEN', 'Only the router may read the SDL.');
      },
    };
  },
};

/** In a valid document this name can only be the query's field. */
function asksForSdl(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    Field({ name }) {
      found ||= name.value === '_service';
      return found ? BREAK : undefined;
    },
  });
  return found;
}
