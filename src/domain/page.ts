import type { AuditEntry } from './audit.ts';
import type { Pipeline } from './pipeline.ts';

/** One page of a list, before cursors are made. */
export interface Page<Item> {
  readonly nodes: readonly Item[];
  readonly totalCount: number;
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

/** A page of pipelines, with what could not be read. */
export interface PipelinePage extends Page<Pipeline> {
  readonly failures: readonly SourceFailure[];
  readonly stale: readonly StaleRead[];
}

/** A part of a list that is older than fresh, because the upstream failed; its age is in whole seconds. */
export interface StaleRead {
  readonly sourceName: string;
  readonly objectType: string;
  readonly ageSeconds: number;
}

/** A page of a history. */
export type AuditPage = Page<AuditEntry>;

/** A source and object type of a list that could not be read, or not whole. */
export interface SourceFailure {
  readonly sourceName: string;
  readonly objectType: string | null;
  readonly code: string;
  readonly message: string;
  readonly retryAfterSeconds: number | null;
  readonly correlationId: string | null;
}
