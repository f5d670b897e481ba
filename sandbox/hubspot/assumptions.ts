import type { NotFoundBody } from './api-error.ts';

/**
 * Every answer to a question that HubSpot's documentation, its OpenAPI files and the recorded answers leave open. Each is
 * a choice and no more: a recorded answer that says otherwise changes the line here and nothing else.
 */
export const assumptions = {
  // Input
  /** What becomes of keys that nobody knows on objects other than deals, tickets and custom ones, which drop them. */
  generalMetadataKeys: 'kept' as 'kept' | 'dropped',
  /** Longest label of a pipeline or stage, unless the sandbox is started with another limit. */
  labelLimit: 100,
  emptyLabelMessage: 'Label must not be blank',
  /** Malformed JSON, a wrong type, a missing member. */
  invalidJsonMessage: 'Invalid input JSON',
  /** `archived` in a PATCH would only restore, and since deleting purges there is nothing to restore. */
  archivedInPatchMessage: 'archived can only be set to restore an archived pipeline',
  unknownStageIdMessage: 'The pipeline has no stage with id',
  duplicateStageIdMessage: 'Stage ids must be unique within a pipeline',
  stageLimitMessage: 'Pipeline has more stages than the object type allows',
  pipelineLimit: {
    message: 'The account has reached its limit of pipelines for this object type',
    subCategory: 'PipelineError.PIPELINE_LIMIT_EXCEEDED',
  },
  /** The body of the 500 that an over-long id gives. */
  internalErrorMessage: 'internal error',

  // Writing
  /** A stage write moves `updatedAt` of its pipeline, as HubSpot's audit example shows, and of the stages it renumbers. */
  stageWriteMovesPipeline: true as boolean,
  lastDefaultPipelineMessage: 'The default pipeline cannot be deleted while it is the only one',
  /** Which parameters ask for the reference check; guide and OpenAPI file differ on the stage DELETE of deals. */
  validateParameters: {
    dealPipeline: ['validateDealStageUsagesBeforeDelete'],
    dealStage: ['validateReferencesBeforeDelete', 'validateDealStageUsagesBeforeDelete'],
    otherObjects: ['validateReferencesBeforeDelete'],
  },

  /** A custom object whose schema is gone: all of its paths are as unknown as a wrong one. */
  goneTypeId: '2-404',
  /** A path that no version has; a client must not take it for a missing pipeline, which looks the same. */
  unknownPath: 'negotiated' as NotFoundBody,
  /** The bodies of the 404s that nobody recorded. */
  notFound: { replace: 'empty', createStage: 'empty', audit: 'negotiated' } satisfies Record<string, NotFoundBody>,

  // Audit
  /** CREATE and UPDATE stand in the guide's example; the name of a deletion is not known. */
  auditActions: { created: 'CREATE', updated: 'UPDATE', deleted: 'DELETE' },
  /** The guide's example shows the pipeline's messages of a creation and an update. */
  auditMessages: {
    pipeline: { created: 'User defined. pipeline created', updated: 'Pipeline update', deleted: 'Pipeline deletion' },
    stage: { created: 'Pipeline stage creation', updated: 'Pipeline stage update', deleted: 'Pipeline stage deletion' },
  },
  /** How much later than its object's updatedAt an entry is; 19 and 28 in the guide's example. */
  auditDelayMs: 19,
  /** A stage write is an update of its pipeline too: in the guide's example a new stage shows in the pipeline's entries. */
  stageWritesShowInPipelineAudit: true as boolean,
  /** What follows the account's number and a colon in the identifier of a stage's entry. */
  stageAuditIdentifier: (_pipelineId: string, stageId: string): string => stageId,
  auditUserId: 9_586_504,

  // Limits
  /** Whether a request that a limit refuses counts; if it did, a client that hurries would never be let in again. */
  refusedRequestsCount: false as boolean,
} as const;
