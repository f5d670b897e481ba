/** What was done to a pipeline or a stage. */
export type AuditEntryAction =
  /** It was created. */
  | 'CREATE'
  /** It was archived or deleted. */
  | 'DELETE'
  /** Something that this gateway does not know yet; `rawAction` tells it. */
  | 'OTHER'
  /** It was changed. */
  | 'UPDATE';

/** What an upstream lets the gateway do. */
export type PipelineCapability =
  /** Pipelines can be archived or deleted. */
  | 'ARCHIVE_PIPELINE'
  /** Stages can be archived or deleted. */
  | 'ARCHIVE_STAGE'
  /** Pipelines can be created. */
  | 'CREATE_PIPELINE'
  /** Stages can be added. */
  | 'CREATE_STAGE'
  /** All pipelines of an object type are read at once. */
  | 'LIST_PIPELINES'
  /** Records can be moved off a pipeline or a stage while it is archived. */
  | 'MOVE_RECORDS'
  /** Fields of a pipeline can be changed. */
  | 'PATCH_PIPELINE'
  /** Fields of a stage can be changed. */
  | 'PATCH_STAGE'
  /** Histories can be read. */
  | 'READ_AUDIT'
  /** Pipelines can be replaced. */
  | 'REPLACE_PIPELINE'
  /** Stages can be replaced. */
  | 'REPLACE_STAGE'
  /**
   * Can refuse to remove a stage that records are in: HubSpot's v3 and date versions. If this is missing, `validateReferences`
   * cannot protect anything. The organization API refuses by itself to archive a whole pipeline with records.
   */
  | 'VALIDATE_REFERENCES';

/** What happened to a field or a stage. */
export type PipelineChangeKind =
  /** It is new. */
  | 'ADDED'
  /** It has another value. */
  | 'CHANGED'
  /** It is gone. */
  | 'REMOVED';

/** What is looked for in every pipeline. */
export type PipelineFindingRule =
  /** The upstream stops serving the source's version of its API, or has stopped. */
  | 'API_VERSION_ENDS'
  /** Two stages have the same number, so their order is left to chance. */
  | 'DISPLAY_ORDER_TAKEN_TWICE'
  /** Two labels differ in case or spaces only. */
  | 'LABELS_ALIKE'
  /** A label is longer than HubSpot v1 takes. */
  | 'LABEL_TOO_LONG_FOR_V1'
  /** A well-known id that no longer means what it says, such as `closedwon` with probability 0. */
  | 'MISLEADING_STAGE_ID'
  /** A label that says something else than the stage means, such as "Closed Won" with probability 0.8. */
  | 'MISLEADING_STAGE_LABEL'
  /** Records cannot be closed. */
  | 'NO_CLOSED_STAGE'
  /** Deals cannot be lost. */
  | 'NO_LOST_STAGE'
  /** Deals cannot be won. */
  | 'NO_WON_STAGE'
  /** Among the stages that are not LOST, a later one is less likely than an earlier one. */
  | 'PROBABILITY_FALLS'
  /** A probability is no step of 0.1, which HubSpot v1 refuses in new values. */
  | 'PROBABILITY_NOT_A_TENTH'
  /** More than four fifths of the stages that there can be are used. */
  | 'STAGE_LIMIT_NEAR'
  /**
   * Sources of the kind HUBSPOT_LEGACY only: each write sends the whole pipeline, and HubSpot then forgets which properties are
   * mandatory in its stages, which no API can tell.
   */
  | 'WRITES_LOSE_REQUIRED_PROPERTIES';

/** How much a finding matters. */
export type PipelineFindingSeverity =
  /** Reports and automation are misled. */
  | 'ERROR'
  /** Good to know. */
  | 'INFO'
  /** Probably not what anybody wants. */
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

/** What went wrong with a mutation. */
export type PipelineMutationErrorCode =
  /** Another pipeline or stage has, or had, the id. */
  | 'ID_TAKEN'
  /** A field of the input is at fault. */
  | 'INVALID_INPUT'
  /** Another pipeline or stage has the label. */
  | 'LABEL_TAKEN'
  /** There would be more than the upstream takes. */
  | 'LIMIT_EXCEEDED'
  /** What the input names is not there, or no longer. */
  | 'NOT_FOUND'
  /** Records are in a stage that would be removed. */
  | 'STAGE_IN_USE'
  /** Somebody changed the object meanwhile. */
  | 'STALE_OBJECT'
  /** The source's API cannot do this. */
  | 'UNSUPPORTED'
  /** The upstream answered something that its documents do not have. */
  | 'UPSTREAM_CONTRACT'
  /** The token may not do this. */
  | 'UPSTREAM_FORBIDDEN'
  /** Nobody can tell whether the write happened: read before trying again. */
  | 'UPSTREAM_OUTCOME_UNKNOWN'
  /** A request limit of the upstream is used up. */
  | 'UPSTREAM_RATE_LIMITED'
  /** The upstream refused the request for a reason of its own. */
  | 'UPSTREAM_REJECTED'
  /** The upstream did not answer in time. */
  | 'UPSTREAM_TIMEOUT'
  /** The upstream does not take the token. */
  | 'UPSTREAM_UNAUTHENTICATED'
  /** The upstream fails, or was not asked because it keeps failing. */
  | 'UPSTREAM_UNAVAILABLE';

/** Whether an upstream that keeps failing is left alone. */
export type PipelineSourceCircuit =
  /** It is asked as usual. */
  | 'CLOSED'
  /** One call tries whether it answers again. */
  | 'HALF_OPEN'
  /** It is left alone for the moment. */
  | 'OPEN';

/** The APIs that the gateway knows. */
export type PipelineSourceKind =
  /** HubSpot CRM pipelines, v3 and the date versions. */
  | 'HUBSPOT'
  /** HubSpot crm-pipelines v1. */
  | 'HUBSPOT_LEGACY'
  /** The organization pipelines API (contacts and applications). */
  | 'ORGANIZATION';

/** What speaks against a write. */
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

/** What a record in a stage has come to. */
export type StageOutcome =
  /** It is done. */
  | 'CLOSED'
  /** The deal was not made. */
  | 'LOST'
  /** It is still worked on. */
  | 'OPEN'
  /** The upstream does not tell. */
  | 'UNKNOWN'
  /** The deal was made. */
  | 'WON';

/** Who may put records into a stage. */
export type StageWritePermissions =
  /** Whoever HubSpot's permissions let. */
  | 'CRM_PERMISSIONS_ENFORCEMENT'
  /** HubSpot alone. */
  | 'INTERNAL_ONLY'
  /** A value that this gateway does not know yet. */
  | 'OTHER'
  /** Nobody. */
  | 'READ_ONLY';

/** Whether a record is still worked on. */
export type TicketStageState =
  /** It is done. */
  | 'CLOSED'
  /** It is. */
  | 'OPEN';
