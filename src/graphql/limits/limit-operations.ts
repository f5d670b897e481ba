import type { ApolloServerPlugin } from '@apollo/server';
import { getVariableValues } from 'graphql';
import type { GraphQLSchema } from 'graphql';
import type { Context } from '../../context/context.ts';
import { createCostEstimate } from './cost.ts';
import type { KnownSizes } from './field-cost.ts';
import type { OperationLimits } from './limits.ts';
import { requireWithin } from './require-within.ts';

/** Refuses, before anything is resolved, an operation whose variables or cost are above the limits. */
export function limitOperations(
  schema: GraphQLSchema,
  limits: OperationLimits,
  sizes: KnownSizes,
): ApolloServerPlugin<Context> {
  const estimateCost = createCostEstimate(schema, sizes);
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ document, operation, request }) {
          if (operation === undefined) return;
          checkVariables(request.variables, limits);
          const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], request.variables ?? {});
          // Variables that do not fit their types end the operation before it costs anything.
          if (coerced === undefined) return;
          requireWithin(limits, 'cost', estimateCost({ document, operation, variables: coerced }));
        },
      };
    },
  };
}

/** Does not recurse, as a megabyte of brackets is deeper than the stack. */
function checkVariables(variables: unknown, limits: OperationLimits): void {
  let level: readonly unknown[] = [variables];
  for (let depth = 0; level.length > 0; depth += 1) {
    requireWithin(limits, 'depth', depth);
    level = level.flatMap((value) => {
      if (typeof value !== 'object' || value === null) return [];
      if (Array.isArray(value)) requireWithin(limits, 'listSize', value.length);
      return Object.values(value);
    });
  }
}
