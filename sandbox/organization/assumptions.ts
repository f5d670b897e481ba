import type { PipelineType } from './model.ts';

interface Assumptions {
  /** The reference has a page "Create a new pipeline", but its path and status are not known. */
  readonly createPath: string;
  readonly createStatus: number;
  /** GET answers with the pipeline itself, not with `{pipeline}`. */
  readonly toGetAnswer: (pipeline: object) => object;
  /** `type` names the default to use; beside an id, which says all by itself, it is ignored. */
  readonly isTypeCheckedBesideId: boolean;
  /** "Unique within the organization" means over both types, letter by letter, after trimming. */
  readonly isSameName: (one: string, other: string) => boolean;
  /** A new stage that comes without a colour gets this one. */
  readonly stageColor: string;
  /** Records cannot leave for a pipeline of the other type, as a Contact is no Application. */
  readonly mayReceiveRecords: (from: PipelineType, to: PipelineType) => boolean;
  /** A stage that is renamed by its `_id` counts as migrated, if it holds records: the reference's sample counts such. */
  readonly renamesCountAsMigrations: boolean;
  /** The counts of an edit keep this name for Applications too. */
  readonly migrationsKey: string;
  /** Login lets in any e-mail address with any password, as a user of this role. */
  readonly accessRole: string;
  /** Input of the wrong form, an id that is not 24 hex digits among it. */
  readonly invalidInputStatus: number;
}

/** Every choice that the silence of the vendor's reference leaves open, and none was ever observed; errors are below. */
export const assumptions: Assumptions = {
  createPath: '/pipelines/create',
  createStatus: 201,
  toGetAnswer: (pipeline) => pipeline,
  isTypeCheckedBesideId: false,
  isSameName: (one, other) => one === other,
  stageColor: '#6B7280',
  mayReceiveRecords: (from, to) => from === to,
  renamesCountAsMigrations: true,
  migrationsKey: 'contactsMigrated',
  accessRole: 'admin',
  invalidInputStatus: 400,
};

/** The errors, of the form `{"error": string}`; the reference documents the first and leaves open the other texts. */
export const apiErrors = {
  unusableToken: { status: 401, message: 'Invalid or expired token' },
  forbidden: { status: 403, message: 'Insufficient permissions' },
  routeNotFound: { status: 404, message: 'Not found' },
  malformedJson: { status: 400, message: 'Invalid JSON in request body' },
  serverError: { status: 500, message: 'Internal server error' },
  pipelineNotFound: { status: 404, message: 'Pipeline not found' },
  stageNotFound: { status: 404, message: 'Stage not found' },
  nameTaken: { status: 400, message: 'A pipeline with this name already exists' },
  newStageNotListed: { status: 400, message: 'stages names a newStage that is not in pipelineStages' },
  defaultNotDeletable: { status: 400, message: 'The default pipeline cannot be deleted' },
  targetRequired: { status: 400, message: 'targetPipelineId is required while records are assigned' },
  targetIsSource: { status: 400, message: 'The target must differ from the source' },
  targetOfOtherType: { status: 400, message: 'The target pipeline must be of the same type' },
  targetWithoutStage: { status: 400, message: 'The target pipeline has no active stage' },
  targetOfOtherPipeline: { status: 400, message: 'The target stage must be in the same pipeline' },
  targetInactive: { status: 400, message: 'The target stage must be active' },
} as const;
