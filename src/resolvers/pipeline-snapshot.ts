import type { PipelineSnapshotResolvers } from '../generated/schema.ts';
import { toSnapshotDocument } from '../snapshot.ts';

export const pipelineSnapshot = { document: toSnapshotDocument } satisfies PipelineSnapshotResolvers;
