import { toSnapshotDocument } from '../domain/snapshot-document.ts';
import type { PipelineSnapshotResolvers } from '../generated/schema.ts';

export const pipelineSnapshot = {
  document: (snapshot) => toSnapshotDocument(snapshot),
} satisfies PipelineSnapshotResolvers;
