/** Every answer to a question that v1's documentation and the recorded answers leave open; each is a choice and no more. */
export const assumptions = {
  createStatus: 200,
  /** A stageId that no stage has is taken as the id of a new stage, as v1 knows no ids that it makes itself. */
  unknownStageIdInReplace: 'kept' as 'new id' | 'kept',
  /** A DELETE leaves an inactive pipeline, as the list can show such. */
  deleteEffect: 'deactivate' as 'purge' | 'deactivate',
  /** What was never edited has no `updatedAt`, rather than 0. */
  neverEdited: null,
  sunsetStatus: 410,
  sunsetMessage: 'This API has been retired',
  lowerCaseStatus: 400,
  idFormMessage: 'Stage ids may only contain lowercase letters, numbers, dashes and underscores',
  tooLongMessage: 'is limited to 36 characters',
  includeInactiveMessage: 'includeInactive must be EXCLUDE_DELETED or INCLUDE_DELETED',
} as const;
