const metaFields = `meta {
  __typename
  ... on DealStageMeta { probability }
  ... on TicketStageMeta { ticketState }
  ... on GenericStageMeta { state }
  ... on OrganizationStageMeta { color }
}`;

/** What to select of a stage: all that a client can see, but what an upstream may refuse to say. */
export const stageFields = `id stageId label displayOrder archived outcome ${metaFields}`;

/** What to select of a pipeline, its stages included. */
export const pipelineFields = `id sourceName objectType pipelineId label description displayOrder isDefault archived
  createdAt updatedAt createdBy updatedBy stages { ${stageFields} }`;

/** What to select of a change. */
export const changeFields = 'kind stageId field before after summary';

/** What to select of a mutation’s errors, or of a plan’s: every field that any of their types has. */
export const errorFields = `__typename code message path correlationId mayHaveBeenApplied
  ... on PipelineNotFoundError { id }
  ... on PipelineConflictError { value }
  ... on StageInUseError { stageIds stages { stageId label } recordIds }
  ... on PipelineLimitExceededError { limit actual }
  ... on PipelineStaleError { updatedAt }
  ... on PipelineUnsupportedError { capability }
  ... on PipelineAccessDeniedError { requiredScopes }
  ... on PipelineRateLimitedError { policy retryAfterSeconds }
  ... on PipelineUpstreamError { status }`;
