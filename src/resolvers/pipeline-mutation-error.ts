import type { Problem } from '../domain/problems.ts';
import type { PipelineMutationErrorResolvers, ResolversTypes } from '../generated/schema.ts';

/** The GraphQL type of each code. */
const errorTypes = {
  INVALID_INPUT: 'PipelineInvalidInputError',
  NOT_FOUND: 'PipelineNotFoundError',
  LABEL_TAKEN: 'PipelineConflictError',
  ID_TAKEN: 'PipelineConflictError',
  STAGE_IN_USE: 'StageInUseError',
  LIMIT_EXCEEDED: 'PipelineLimitExceededError',
  STALE_OBJECT: 'PipelineStaleError',
  UNSUPPORTED: 'PipelineUnsupportedError',
  UPSTREAM_UNAUTHENTICATED: 'PipelineAccessDeniedError',
  UPSTREAM_FORBIDDEN: 'PipelineAccessDeniedError',
  UPSTREAM_RATE_LIMITED: 'PipelineRateLimitedError',
  UPSTREAM_UNAVAILABLE: 'PipelineUpstreamError',
  UPSTREAM_TIMEOUT: 'PipelineUpstreamError',
  UPSTREAM_CONTRACT: 'PipelineUpstreamError',
  UPSTREAM_REJECTED: 'PipelineUpstreamError',
  UPSTREAM_OUTCOME_UNKNOWN: 'PipelineUpstreamError',
} as const satisfies Record<Problem['code'], keyof ResolversTypes>;

/** Tells the type of a mutation’s error by its code. */
export const pipelineMutationError: PipelineMutationErrorResolvers = {
  __resolveType: ({ code }) => errorTypes[code],
};
