import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError } from 'graphql';
import type { GraphQLFormattedError } from 'graphql';
import { PipelineFault, toQueryErrorCode } from '../domain/problems.ts';

/**
 * The one place that decides what a caller sees of an error. Faults are shown with their code and facts, GraphQL's own errors
 * as they are, and everything else is masked. Never throws.
 */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const cause = unwrapResolverError(error);
  if (cause instanceof PipelineFault) return { ...formatted, ...toFaultAnswer(cause) };
  if (formatted.extensions?.['code'] !== 'INTERNAL_SERVER_ERROR') return formatted;
  if (isOfDocument(cause)) return { ...formatted, extensions: { code: 'BAD_USER_INPUT' } };
  const { stacktrace: _hidden, ...extensions } = formatted.extensions;
  return { ...formatted, message: 'Internal server error', extensions };
}

/** Whether an operation's error is one that `formatError` masks, so that only the log can tell what it was. */
export function isUnexpected(error: GraphQLError): boolean {
  const cause = unwrapResolverError(error);
  if (cause instanceof PipelineFault || isOfDocument(cause)) return false;
  return (error.extensions['code'] ?? 'INTERNAL_SERVER_ERROR') === 'INTERNAL_SERVER_ERROR';
}

/** Whether graphql found, while it executed, that an argument is at fault: a null where a variable has a default. */
function isOfDocument(cause: unknown): boolean {
  return cause instanceof GraphQLError && cause.nodes !== undefined && cause.extensions['code'] === undefined;
}

function toFaultAnswer({ problems: [problem], sourceName }: PipelineFault) {
  const { path, message, correlationId } = problem;
  const retryAfterSeconds = 'retryAfterSeconds' in problem ? problem.retryAfterSeconds : null;
  return {
    message: path === null || path.length === 0 ? message : `${path.join('.')}: ${message}`,
    extensions: {
      code: toQueryErrorCode(problem),
      ...(path === null || path.length === 0 ? {} : { path }),
      ...(sourceName === null ? {} : { sourceName }),
      ...(correlationId === null ? {} : { correlationId }),
      ...(retryAfterSeconds === null ? {} : { retryAfterSeconds }),
    },
  };
}
