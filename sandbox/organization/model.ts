import type { DatabaseSync } from 'node:sqlite';

/** What kind of record a pipeline holds. */
export type PipelineType = 'Contact' | 'Application';

// Types, not interfaces: a row as SQLite gives it can be asserted to be one of them.

/** A pipeline as it is stored; its stages are stored apart. */
export type Pipeline = {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly type: PipelineType;
  readonly isDefault: 0 | 1;
  readonly createdBy: string;
  readonly updatedBy: string;
};

/** A stage as it is stored; an inactive one is kept, with the records in it, but never shown. */
export type Stage = {
  readonly id: string;
  readonly pipelineId: string;
  readonly name: string;
  readonly color: string;
  readonly position: number;
  readonly isActive: 0 | 1;
};

/** One caller's organization and user: the reference takes both from the token, never from the path. */
export interface Account {
  readonly database: DatabaseSync;
  /** The hash of the token. */
  readonly key: string;
  readonly organizationId: string;
  readonly userId: string;
}
