import type { ApolloServerPlugin } from '@apollo/server';
import type { Context } from '../context/context.ts';

/** Says in `extensions.stale` what an answer holds that is older than fresh because the upstream failed. */
export function createStaleExtension(): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ contextValue, response: { body } }) {
          if (contextValue.stale.size === 0 || body.kind !== 'single') return;
          const stale = [...contextValue.stale.values()];
          body.singleResult.extensions = { ...body.singleResult.extensions, stale };
        },
      };
    },
  };
}
