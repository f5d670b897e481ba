import type { StageKey } from '../domain/ids.ts';

/** What the change of a pipeline or a stage did beside the object itself. */
export interface Replaced {
  /** All records that the upstream says it moved; a label is empty if its words do not tell it. */
  readonly migrations: readonly {
    readonly fromLabel: string;
    readonly toLabel: string;
    readonly recordCount: number;
  }[];
}

/** What a change did that moved nothing. */
export const nothingMoved: Replaced = { migrations: [] };

/** What an archive did beside the object itself. */
export interface Archived {
  /** The stage that took the records and how many; null where none were to be moved. */
  readonly moved: { readonly to: StageKey; readonly recordCount: number } | null;
}
