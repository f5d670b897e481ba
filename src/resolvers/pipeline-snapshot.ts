import { toSnapshotDocument } from '../domain/snapshot-document.ts';
import type { PipelineSnapshotResolvers } from '../generated/schema.ts';

/** Resolves the fields of PipelineSnapshot that the domain does not have. */
export const pipelineSnapshot = {
  document: (snapshot) => toSnapshotDocument(snapshot),
} satisfies PipelineSnapshotResolvers;
