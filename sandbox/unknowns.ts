/**
 * What nobody outside the upstreams knows and a client must get along with either way. The sandbox behaves as the first
 * of each pair of words says, unless it is started otherwise.
 */
export interface Unknowns {
  /** HubSpot's stages with the same displayOrder in one write: observed to be renumbered, documented to stay as sent. */
  readonly ties: 'renumbered' | 'kept';
  /** What a PUT at HubSpot's current versions does with a stageId that no stage of the pipeline has. */
  readonly unknownStageIds: 'new id' | 'kept';
  /** The same at crm-pipelines v1, which knows no stage ids that it makes itself. */
  readonly v1UnknownStageIds: 'kept' | 'new id';
  /** What a DELETE at HubSpot's current versions does; a PATCH of `archived` restores what was only archived. */
  readonly deleteEffect: 'purge' | 'deactivate';
  /** What a DELETE at crm-pipelines v1 does; its list can show inactive pipelines. */
  readonly v1DeleteEffect: 'deactivate' | 'purge';
  /** How HubSpot writes the ids in the context of a reference check; all four forms were met. */
  readonly referenceContext: 'bracketed' | 'unspaced' | 'numbers' | 'list';
  /** How the organization API applies its legacy rename pairs. */
  readonly renamePairs: 'at once' | 'one after the other';
  /** Whether the organization API shows deactivated stages, with isActive false, in a pipeline. */
  readonly inactiveStages: 'hidden' | 'shown';
}

/** The choices that the sandbox makes unless it is started with others. */
export const defaultUnknowns: Unknowns = {
  ties: 'renumbered',
  unknownStageIds: 'new id',
  v1UnknownStageIds: 'kept',
  deleteEffect: 'purge',
  v1DeleteEffect: 'deactivate',
  referenceContext: 'bracketed',
  renamePairs: 'at once',
  inactiveStages: 'hidden',
};
