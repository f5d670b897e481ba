import { refuse } from '../api-error.ts';
import { assumptions } from '../assumptions.ts';
import { toWireAudit } from '../audit.ts';
import type { Answer, Call } from '../call.ts';
import { findPipeline, requirePipeline, requireStage } from '../find-pipeline.ts';
import { shuffled, toWirePipeline, toWireStage } from '../wire.ts';

/** Every active pipeline, in no useful order; `limit` and `archived` are ignored (HubSpot, observed 2026-10). */
export function listPipelines({ store, shelf, version }: Call): Answer {
  const active = store.list(shelf).filter((pipeline) => pipeline.active);
  return { status: 200, body: { results: shuffled(active).map((pipeline) => toWirePipeline(version, pipeline)) } };
}

/** One pipeline; a missing one is a 404 without a JSON body (HubSpot, observed 2026-10). */
export function getPipeline(call: Call): Answer {
  return { status: 200, body: toWirePipeline(call.version, requirePipeline(call, 'as a read')) };
}

/** The stages of a pipeline, in no useful order; a missing pipeline is a JSON 404 without a category (observed 2026-10). */
export function listStages(call: Call): Answer {
  const message = `No pipeline found with id ${call.pipelineId}`;
  const pipeline = findPipeline(call) ?? refuse(404, { message, category: null });
  return { status: 200, body: { results: shuffled(pipeline.stages).map((stage) => toWireStage(call.version, stage)) } };
}

/** One stage; a missing one is a 404 without a JSON body (HubSpot, observed 2026-10). */
export function getStage(call: Call): Answer {
  return { status: 200, body: toWireStage(call.version, requireStage(call, 'as a read').stage) };
}

/** The changes of a pipeline, newest first (documented). */
export function auditPipeline(call: Call): Answer {
  const { id } = requirePipeline(call, assumptions.missing.audit);
  return readAudit(call, '', id);
}

/** The changes of a stage, newest first (documented). */
export function auditStage(call: Call): Answer {
  const { pipeline, stage } = requireStage(call, assumptions.missing.audit);
  return readAudit(call, stage.id, assumptions.stageAuditIdentifier(pipeline.id, stage.id));
}

function readAudit({ store, shelf, pipelineId }: Call, stageId: string, objectId: string): Answer {
  const rows = store.readLog(shelf, pipelineId, stageId);
  return { status: 200, body: { results: rows.map((row) => toWireAudit(shelf.account, objectId, row)) } };
}
