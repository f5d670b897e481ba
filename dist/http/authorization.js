import { BREAK, OperationTypeNode, visit } from 'graphql';
import { Refusal } from './refusal.js';
import { isSecret } from './secret.js';
/**
 * Refuses, before anything is resolved, operations that the caller has no scope for, and the SDL to everybody but the router
 * where it is kept for that. Introspection needs the scope to read, like every query.
 */
export const authorization = {
  async requestDidStart() {
    return {
      async didResolveOperation({ operation, document, contextValue: { caller, mayReadSdl } }) {
        const scope = operation?.operation === OperationTypeNode.MUTATION ? 'pipelines:write' : 'pipelines:read';
        if (caller !== null && !caller.scopes.has(scope))
          throw new Refusal(403, 'FORBIDDEN', `This needs the scope ${scope}.`);
        if (!mayReadSdl && asksForSdl(document))
          throw new Refusal(403, 'FORBIDDEN', 'Only the router may read the SDL.');
      },
    };
  },
};
/** Whether a request may ask for the SDL: it brings the secret, or there is none. */
export function mayReadSdl(headers, { sdlSecret }) {
  if (sdlSecret === null) return true;
  const secret = headers['x-gateway-sdl-secret'];
  return typeof secret === 'string' && isSecret(secret, sdlSecret);
}
/** In a valid document this name can only be the query's field. */
function asksForSdl(document) {
  let found = false;
  visit(document, {
    Field({ name }) {
      found ||= name.value === '_service';
      return found ? BREAK : undefined;
    },
  });
  return found;
}
