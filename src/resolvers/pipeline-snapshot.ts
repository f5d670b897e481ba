import type { PipelineSnapshotResolvers } from '../generated/schema.ts';
import { toSnapshotDocument } from '../domain/snapshot-document.ts';

export const pipelineSnapshot = {
  document: (snapshot) => toSnapshotDocument(snapshot),
} satisfies PipelineSnapshotResolvers;
