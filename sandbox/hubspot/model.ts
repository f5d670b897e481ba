/** A stage as HubSpot stores it: metadata is canonical, times are epoch milliseconds, 0 means "never". */
export interface StoredStage {
  readonly id: string;
  readonly label: string;
  readonly displayOrder: number;
  readonly metadata: Readonly<Record<string, string>>;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A pipeline as HubSpot stores it. Only v1 shows and makes inactive ones; to the later versions they do not exist. */
export interface StoredPipeline {
  readonly id: string;
  readonly label: string;
  readonly displayOrder: number;
  readonly active: boolean;
  /** Counts the writes, from 1 on. */
  readonly version: number;
  readonly stages: readonly StoredStage[];
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** The pipelines of one object type in one account: what a list call reads. */
export interface Collection {
  /** The hash of the token that opens the account. */
  readonly account: string;
  /** The object type's id, such as `0-3`. */
  readonly typeId: string;
}
