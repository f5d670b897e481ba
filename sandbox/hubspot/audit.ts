import { assumptions } from './assumptions.ts';
import { portalIdOf, toRawPipeline, toRawStage } from './audit-raw-object.ts';
import type { WriteContext } from './call.ts';
import type { StoredPipeline, StoredStage } from './model.ts';
import type { AuditEntry } from './store/audit-log.ts';
import { toWireTime } from './wire.ts';

type Change = keyof typeof assumptions.auditActions;

/** What a request was about: the pipeline as a whole or one of its stages. */
export type Subject = 'pipeline' | 'stage';

/**
 * Records a change in the audit log: of the pipeline, and of each stage that it made, edited or removed. An entry's
 * rawObject is the state after the change (the example of HubSpot's guide); what was deleted has none. If it is the state before,
 * as the guide's words had it, what was created has its own.
 */
export function recordChange(
  context: WriteContext,
  subject: Subject,
  before: StoredPipeline | undefined,
  after: StoredPipeline | undefined,
): void {
  const pipelineId = (after ?? before)?.id ?? '';
  if (subject === 'pipeline' || assumptions.stageWritesShowInPipelineAudit) {
    const isBefore = context.unknowns.auditObject === 'before' && before !== undefined;
    const shown = isBefore ? before : after;
    const rawObject =
      shown === undefined ? null : JSON.stringify(toRawPipeline(context, withStaleStages(shown, before)));
    append(context, pipelineId, '', toEntry(context, 'pipeline', changeOf(before, after), rawObject));
  }
  const stageIds = new Set([...(before?.stages ?? []), ...(after?.stages ?? [])].map((stage) => stage.id));
  for (const id of stageIds) recordStageChange(context, pipelineId, stageById(before, id), stageById(after, id));
}

function recordStageChange(
  context: WriteContext,
  pipelineId: string,
  before: StoredStage | undefined,
  after: StoredStage | undefined,
): void {
  if (before !== undefined && after !== undefined && isSame(before, after)) return;
  const isBefore = context.unknowns.auditObject === 'before' && before !== undefined;
  const shown = isBefore ? before : after;
  const rawObject =
    shown === undefined ? null : JSON.stringify(toRawStage(context, pipelineId, withOldIsClosed(shown, before)));
  const id = (after ?? before)?.id ?? '';
  append(context, pipelineId, id, toEntry(context, 'stage', changeOf(before, after), rawObject));
}

function append({ store, collection }: WriteContext, pipelineId: string, stageId: string, entry: AuditEntry): void {
  store.auditLog.append(collection, pipelineId, stageId, entry);
}

function withStaleStages(after: StoredPipeline, before: StoredPipeline | undefined): StoredPipeline {
  return { ...after, stages: after.stages.map((stage) => withOldIsClosed(stage, stageById(before, stage.id))) };
}

// As in write answers, isClosed is still that of before the change: in the guide's example a probability of 0.8 is closed.
function withOldIsClosed(after: StoredStage, before: StoredStage | undefined): StoredStage {
  const isClosed = before?.metadata['isClosed'];
  return isClosed === undefined ? after : { ...after, metadata: { ...after.metadata, isClosed } };
}

function stageById(pipeline: StoredPipeline | undefined, id: string): StoredStage | undefined {
  return pipeline?.stages.find((stage) => stage.id === id);
}

function isSame(before: StoredStage, after: StoredStage): boolean {
  const { updatedAt: _before, ...old } = before;
  const { updatedAt: _after, ...current } = after;
  return JSON.stringify(old) === JSON.stringify(current);
}

function changeOf(before: unknown, after: unknown): Change {
  if (before === undefined) return 'created';
  return after === undefined ? 'deleted' : 'updated';
}

function toEntry({ now }: WriteContext, subject: Subject, change: Change, rawObject: string | null): AuditEntry {
  const message = assumptions.auditMessages[subject][change];
  const timestamp = now + assumptions.auditDelayMs;
  return { action: assumptions.auditActions[change], timestamp, message, rawObject };
}

/** An entry as the API answers it; `rawObject` is a JSON string, as in HubSpot's guides and against its OpenAPI files. */
export function toWireAuditEntry(account: string, objectId: string, entry: AuditEntry): Record<string, unknown> {
  const portalId = portalIdOf(account);
  return {
    portalId,
    identifier: `${portalId}:${objectId}`,
    action: entry.action,
    timestamp: toWireTime(entry.timestamp),
    message: entry.message,
    ...(entry.rawObject === null ? {} : { rawObject: entry.rawObject }),
    fromUserId: assumptions.auditUserId,
  };
}
