import { auditEntry, auditEntryConnection, auditEntrySnapshot } from './audit-entry.js';
import { mutation } from './mutation.js';
import { pipeline } from './pipeline.js';
import { pipelineConnection } from './pipeline-connection.js';
import { pipelineMutationError } from './pipeline-mutation-error.js';
import { pipelineSnapshot } from './pipeline-snapshot.js';
import { pipelineSource } from './pipeline-source.js';
import { query } from './query.js';
import { dateTime, json } from './scalars.js';
import { stage, stageMeta } from './stage.js';
/** The map from GraphQL types to what resolves them. */
export const resolvers = {
  Query: query,
  Mutation: mutation,
  Pipeline: pipeline,
  PipelineConnection: pipelineConnection,
  PipelineSource: pipelineSource,
  PipelineSnapshot: pipelineSnapshot,
  PipelineMutationError: pipelineMutationError,
  Stage: stage,
  StageMeta: stageMeta,
  AuditEntry: auditEntry,
  AuditEntryConnection: auditEntryConnection,
  AuditEntrySnapshot: auditEntrySnapshot,
  DateTime: dateTime,
  JSON: json,
};
