/** How an upstream behaves, as data. */
export interface UpstreamTraits {
  /** Whether a list has archived pipelines only if it is asked for with them. */
  readonly hidesArchived: boolean;
  /** Whether every write, which is one of a whole pipeline, loses the properties that its stages require. */
  readonly losesRequiredProperties: boolean;
  /** Whether a replace adds stages under the ids that it names; if not, each is added by itself to keep its id. */
  readonly replaceAddsStages: boolean;
  /** Whether the upstream can refuse to remove what records are in; for stages that is VALIDATE_REFERENCES too. */
  readonly checksReferences: { readonly ofPipeline: boolean; readonly ofStage: boolean };
}
