import type { ApolloServerPlugin, GraphQLRequestContextWillSendResponse } from '@apollo/server';
import { OperationTypeNode } from 'graphql';
import type { Context } from '../context/context.ts';
import { toDocumentTraits } from './document-traits.ts';

/** The header of an answer that nobody may keep. */
export const noStore = 'no-store';
/** The header of an answer that its caller's own cache may keep, but not show again without asking. */
export const forItsCaller = 'private, max-age=0, must-revalidate';

/**
 * Says who may keep an answer: nobody, if it has errors, comes of a write, is stale or shows history; else its caller alone.
 * Operations of one batch share a header, and the strictest of them decides.
 */
export const cacheControl: ApolloServerPlugin<Context> = {
  async requestDidStart() {
    return {
      async willSendResponse(context) {
        const { headers } = context.response.http;
        const mayKeep = headers.get('cache-control') !== noStore && isForItsCaller(context);
        headers.set('cache-control', mayKeep ? forItsCaller : noStore);
      },
    };
  },
};

function isForItsCaller({
  contextValue,
  document,
  operation,
  response: { body },
}: GraphQLRequestContextWillSendResponse<Context>): boolean {
  if (operation?.operation !== OperationTypeNode.QUERY || document === undefined) return false;
  if (body.kind !== 'single' || body.singleResult.errors !== undefined) return false;
  return contextValue.stale.size === 0 && !toDocumentTraits(document).asksForHistory;
}
