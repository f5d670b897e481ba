import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError } from 'graphql';
import type { Context } from '../context/context.ts';
import { listUnreadStages } from '../context/unread-stages.ts';
import { PipelineFault } from '../domain/problems.ts';
import { formatError } from './errors.ts';

/**
 * Adds an error for each stage that cannot be read, at the `stages` of a look-up that lacks it. The other stages are served all
 * the same, and no client that minds errors takes them for all.
 */
export const unreadStageErrors: ApolloServerPlugin<Context> = {
  async requestDidStart() {
    return {
      async willSendResponse({ contextValue, response: { body } }) {
        const lacks = listUnreadStages(contextValue);
        if (lacks.length === 0 || body.kind !== 'single') return;
        const errors = lacks.map(({ path, problem, sourceName }) => {
          const originalError = new PipelineFault([problem], sourceName);
          const error = new GraphQLError(problem.message, { path, originalError });
          return formatError(error.toJSON(), error);
        });
        body.singleResult.errors = [...(body.singleResult.errors ?? []), ...errors];
      },
    };
  },
};
