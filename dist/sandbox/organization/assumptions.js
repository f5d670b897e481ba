/**
 * Every choice made where the vendor's reference is silent, so that each can be seen and changed in one place; refusals
 * are below. None of this was ever observed.
 */
export const assumptions = {
  createPath: '/pipelines/create',
  createStatus: 201,
  toGetAnswer: (pipeline) => pipeline,
  isShown: (stage) => stage.isActive === 1,
  isTypeCheckedBesideId: false,
  isSameName: (one, other) => one === other,
  stageColor: '#6B7280',
  mayReceiveRecords: (from, to) => from === to,
  migrationsKey: 'contactsMigrated',
  accessRole: 'admin',
  invalidInputStatus: 400,
};
/** The refusals whose status or text the reference leaves open; their form is that of its 401, `{"error": string}`. */
export const refusals = {
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
};
