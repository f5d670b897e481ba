export type AuditEntryAction =
  | 'CREATE'
  | 'DELETE'
  | 'OTHER'
  | 'UPDATE';

/** What an upstream lets the gateway do. */
export type PipelineCapability =
  | 'ARCHIVE_PIPELINE'
  | 'ARCHIVE_STAGE'
  | 'CREATE_PIPELINE'
  | 'CREATE_STAGE'
  | 'LIST_PIPELINES'
  /** Records can be moved off a pipeline or a stage while it is archived. */
  | 'MOVE_RECORDS'
  | 'PATCH_PIPELINE'
  | 'PATCH_STAGE'
  | 'READ_AUDIT'
  | 'REPLACE_PIPELINE'
  | 'REPLACE_STAGE'
  /**
   * Can refuse to remove a stage that records are in: HubSpot's v3 and date versions. If this is missing, `validateReferences`
   * cannot protect anything. The organization API refuses by itself to archive a whole pipeline with records.
   */
  | 'VALIDATE_REFERENCES';

export type PipelineChangeKind =
  | 'ADDED'
  | 'CHANGED'
  | 'REMOVED';

export type PipelineFindingRule =
  | 'API_VERSION_ENDS'
  | 'DISPLAY_ORDER_TAKEN_TWICE'
  | 'LABELS_ALIKE'
  | 'LABEL_TOO_LONG_FOR_V1'
  /** A well-known id that no longer means what it says, such as `closedwon` with probability 0. */
  | 'MISLEADING_STAGE_ID'
  /** A label that says something else than the stage means, such as "Closed Won" with probability 0.8. */
  | 'MISLEADING_STAGE_LABEL'
  | 'NO_CLOSED_STAGE'
  | 'NO_LOST_STAGE'
  | 'NO_WON_STAGE'
  /** Among the stages that are not LOST, a later one is less likely than an earlier one. */
  | 'PROBABILITY_FALLS'
  | 'PROBABILITY_NOT_A_TENTH'
  | 'STAGE_LIMIT_NEAR'
  /**
   * Sources of the kind HUBSPOT_LEGACY only: each write sends the whole pipeline, and HubSpot then forgets which properties are
   * mandatory in its stages, which no API can tell.
   */
  | 'WRITES_LOSE_REQUIRED_PROPERTIES';

export type PipelineFindingSeverity =
  | 'ERROR'
  | 'INFO'
  | 'WARNING';

/** What is wrong with an input field. */
export type PipelineInvalidInputReason =
  /** Another item of the same input has it already. */
  | 'DUPLICATE'
  /** It does not have the form that it must have. */
  | 'MALFORMED'
  /** It is no multiple of `limit`. */
  | 'NOT_A_STEP'
  /** What it names is not there. */
  | 'NOT_FOUND'
  /** Anything else, which `message` tells. */
  | 'OTHER'
  /** It is missing or empty, and must not be. */
  | 'REQUIRED'
  /** It is a number above `limit`. */
  | 'TOO_LARGE'
  /** It is longer than `limit`. */
  | 'TOO_LONG'
  /** It is a number below `limit`. */
  | 'TOO_SMALL'
  /** The source or the object type has no such field. */
  | 'UNSUPPORTED';

export type PipelineMutationErrorCode =
  | 'ID_TAKEN'
  | 'INVALID_INPUT'
  | 'LABEL_TAKEN'
  | 'LIMIT_EXCEEDED'
  | 'NOT_FOUND'
  | 'STAGE_IN_USE'
  | 'STALE_OBJECT'
  | 'UNSUPPORTED'
  | 'UPSTREAM_CONTRACT'
  | 'UPSTREAM_FORBIDDEN'
  | 'UPSTREAM_OUTCOME_UNKNOWN'
  | 'UPSTREAM_RATE_LIMITED'
  | 'UPSTREAM_REJECTED'
  | 'UPSTREAM_TIMEOUT'
  | 'UPSTREAM_UNAUTHENTICATED'
  | 'UPSTREAM_UNAVAILABLE';

export type PipelineSourceCircuit =
  | 'CLOSED'
  | 'HALF_OPEN'
  | 'OPEN';

export type PipelineSourceKind =
  /** HubSpot CRM pipelines, v3 and the date versions. */
  | 'HUBSPOT'
  /** HubSpot crm-pipelines v1. */
  | 'HUBSPOT_LEGACY'
  /** The organization pipelines API (contacts and applications). */
  | 'ORGANIZATION';

export type PipelineWarningCode =
  /**
   * `validateReferences` is true, but the source cannot tell whether records are in what is removed, so they may be stranded.
   * Sources of the kind HUBSPOT_LEGACY never can, those of the kind ORGANIZATION cannot for a stage.
   */
  | 'REFERENCES_NOT_CHECKED'
  /**
   * The object type has no room for the stages that are to come back beside those that are to go, so some are removed before all
   * others are there.
   */
  | 'REMOVES_BEFORE_ADDING';

export type StageOutcome =
  | 'CLOSED'
  | 'LOST'
  | 'OPEN'
  | 'UNKNOWN'
  | 'WON';

export type StageWritePermissions =
  | 'CRM_PERMISSIONS_ENFORCEMENT'
  | 'INTERNAL_ONLY'
  /** A value that this gateway does not know yet. */
  | 'OTHER'
  | 'READ_ONLY';

export type TicketStageState =
  | 'CLOSED'
  | 'OPEN';
