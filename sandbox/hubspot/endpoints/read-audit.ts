import type { Answer } from '../answer.ts';
import { assumptions } from '../assumptions.ts';
import { toWireAuditEntry } from '../audit.ts';
import type { Call } from '../call.ts';
import { requirePipeline, requireStage } from '../find-pipeline.ts';

/** GET of a pipeline's audit: its changes, newest first (documented). */
export function readPipelineAudit(call: Call): Answer {
  const { id } = requirePipeline(call, assumptions.notFound.audit);
  return readAudit(call, '', id);
}

/** GET of a stage's audit: its changes, newest first (documented). */
export function readStageAudit(call: Call): Answer {
  const { pipeline, stage } = requireStage(call, assumptions.notFound.audit);
  return readAudit(call, stage.id, assumptions.stageAuditIdentifier(pipeline.id, stage.id));
}

function readAudit({ store, collection, pipelineId }: Call, stageId: string, objectId: string): Answer {
  const entries = store.auditLog.read(collection, pipelineId, stageId);
  const results = entries.map((entry) => toWireAuditEntry(collection.account, objectId, entry));
  return { status: 200, body: { results } };
}
