/** What input a source takes, as data; the checks themselves are the same for all. */
export interface InputRules {
  /** The bound on labels: the upstream's, else the gateway's own. */
  readonly maxLabelLength: number;
  /** Whether a create may choose ids, and which. Existing ids are taken as they are. */
  readonly newIds: {
    readonly maxPipelineId: number;
    readonly maxStageId: number;
    readonly pattern: RegExp | null;
  } | null;
  /** What new probabilities are multiples of; null if the upstream takes any. */
  readonly probabilityStep: number | null;
  /** The optional fields of a pipeline that the upstream has. */
  readonly pipelineFields: {
    readonly description: boolean;
    readonly isDefault: boolean;
    readonly displayOrder: boolean;
  };
  /** Whether the upstream stores labels without their outer spaces. */
  readonly trimsLabels: boolean;
  /** Whether a pipeline can be written that is archived, without bringing it back. */
  readonly writesArchivedPipelines: boolean;
  /** Whether a write may name an archived stage; if not, that would make it active again. */
  readonly writesArchivedStages: boolean;
  /** Whether a replace can move the records of a stage into another. */
  readonly mergesStages: boolean;
  /** Whether objects ever have an `updatedAt` to compare with. */
  readonly hasUpdatedAt: boolean;
}
