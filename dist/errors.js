import { unwrapResolverError } from '@apollo/server/errors';
import { PipelineFault } from './problem.js';
/** The `extensions.code` of a problem in a query. Input is at fault in a query's own arguments, so it has GraphQL's name. */
export function toQueryErrorCode({ code }) {
  return code === 'INVALID_INPUT' ? 'BAD_USER_INPUT' : code;
}
/**
 * The one place that decides what a caller sees of an error: faults with their code and facts, GraphQL's own errors as they
 * are, everything else masked. Never throws.
 */
export function formatError(formatted, error) {
  const cause = unwrapResolverError(error);
  if (cause instanceof PipelineFault) return { ...formatted, ...toFaultAnswer(cause) };
  if (formatted.extensions?.['code'] !== 'INTERNAL_SERVER_ERROR') return formatted;
  const { stacktrace: _hidden, ...extensions } = formatted.extensions;
  return { ...formatted, message: 'Internal server error', extensions };
}
/** Whether an operation's error is one that `formatError` masks, so that only the log can tell what it was. */
export function isUnexpected(error) {
  if (unwrapResolverError(error) instanceof PipelineFault) return false;
  return (error.extensions['code'] ?? 'INTERNAL_SERVER_ERROR') === 'INTERNAL_SERVER_ERROR';
}
function toFaultAnswer({ problems: [problem], sourceName }) {
  const { path, message, correlationId } = problem;
  const retryAfterSeconds = 'retryAfterSeconds' in problem ? problem.retryAfterSeconds : null;
  return {
    message: path === null || path.length === 0 ? message : `${path.join('.')}: ${message}`,
    extensions: {
      code: toQueryErrorCode(problem),
      ...(sourceName === null ? {} : { sourceName }),
      ...(correlationId === null ? {} : { correlationId }),
      ...(retryAfterSeconds === null ? {} : { retryAfterSeconds }),
    },
  };
}
