/** Every answer to a question that v1's documentation and the recorded answers leave open; each is a choice and no more. */
export const assumptions = {
  createStatus: 200,
  /** What was never edited has no `updatedAt`, rather than 0. */
  neverEdited: null,
  sunsetStatus: 410,
  sunsetMessage: 'This API has been retired',
  lowerCaseStatus: 400,
  probabilityMessage: 'probability must be between 0.0 and 1.0 in increments of 0.1',
  idFormMessage: 'Stage ids may only contain lowercase letters, numbers, dashes and underscores',
  tooLongMessage: 'is limited to 36 characters',
  includeInactiveMessage: 'includeInactive must be EXCLUDE_DELETED or INCLUDE_DELETED',
} as const;
