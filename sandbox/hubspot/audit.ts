import { assumptions } from './assumptions.ts';
import type { Write } from './call.ts';
import type { StoredPipeline, StoredStage } from './model.ts';
import type { AuditRow } from './store/index.ts';
import { toWireTime } from './wire.ts';

type Change = keyof typeof assumptions.auditActions;

/** What a request was about: the pipeline as a whole or one of its stages. */
export type Subject = 'pipeline' | 'stage';

/** Writes down what a change from `before` to `after` did, to the pipeline and to each stage that it made, edited or removed. */
export function recordChange(
  write: Write,
  subject: Subject,
  before: StoredPipeline | undefined,
  after: StoredPipeline | undefined,
): void {
  const pipelineId = (after ?? before)?.id ?? '';
  if (subject === 'pipeline' || assumptions.stageWritesShowInPipelineAudit) {
    const state = shownState(before, after);
    const rawObject = state === undefined ? null : JSON.stringify(internalPipeline(write, state));
    write.store.log(write.shelf, pipelineId, '', row(write, 'pipeline', changeOf(before, after), rawObject));
  }
  const stageIds = new Set([...(before?.stages ?? []), ...(after?.stages ?? [])].map((stage) => stage.id));
  for (const id of stageIds) recordStageChange(write, pipelineId, stageById(before, id), stageById(after, id));
}

function recordStageChange(
  write: Write,
  pipelineId: string,
  before: StoredStage | undefined,
  after: StoredStage | undefined,
): void {
  if (before !== undefined && after !== undefined && isSame(before, after)) return;
  const state = shownState(before, after);
  const rawObject = state === undefined ? null : JSON.stringify(internalStage(write, pipelineId, state));
  const id = (after ?? before)?.id ?? '';
  write.store.log(write.shelf, pipelineId, id, row(write, 'stage', changeOf(before, after), rawObject));
}

function shownState<T>(before: T | undefined, after: T | undefined): T | undefined {
  return assumptions.auditRawObject === 'before' ? before : after;
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

function row({ now }: Write, what: Subject, change: Change, rawObject: string | null): AuditRow {
  const message = assumptions.auditMessages[what][change];
  return { action: assumptions.auditActions[change], timestamp: now, message, rawObject };
}

/** An entry as the API answers it; `rawObject` is a JSON string, as in HubSpot's guides and against its OpenAPI files. */
export function toWireAudit(account: string, objectId: string, entry: AuditRow): Record<string, unknown> {
  const portalId = portalOf(account);
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

// The number of the HubSpot account, always the same for one token.
function portalOf(account: string): number {
  return 10_000_000 + Number.parseInt(account.slice(0, 6), 16);
}

// The members of HubSpot's internal form as the audit example of its guide shows them.
function internalPipeline(write: Write, pipeline: StoredPipeline): Record<string, unknown> {
  return {
    displayOrder: pipeline.displayOrder,
    pipelineId: pipeline.id,
    portalId: portalOf(write.shelf.account),
    objectType: write.type.internalName,
    objectTypeId: write.type.typeId,
    version: pipeline.version,
    label: pipeline.label,
    active: pipeline.active,
    stages: pipeline.stages.map((stage) => internalStage(write, pipeline.id, stage)),
    ...internalAuthor(pipeline),
    limitExempt: false,
    autoCloseDateEnabled: true,
    clearCloseDateWhenMovingClosedToOpen: false,
    permission: null,
    createStageId: null,
    inactiveDefaultPipeline: false,
    default: pipeline.id === write.type.defaultPipelineId,
  };
}

function internalStage(write: Write, pipelineId: string, stage: StoredStage): Record<string, unknown> {
  return {
    displayOrder: stage.displayOrder,
    portalId: portalOf(write.shelf.account),
    objectTypeId: write.type.typeId,
    pipelineId,
    stageId: stage.id,
    label: stage.label,
    metadata: stage.metadata,
    maxVisibleVersion: null,
    ...internalAuthor(stage),
    writePermissions: 'CRM_PERMISSIONS_ENFORCEMENT',
    internalWriteOnly: false,
    active: true,
    isApprovalStage: null,
  };
}

function internalAuthor({ createdAt, updatedAt }: { createdAt: number; updatedAt: number }): Record<string, unknown> {
  return { createdBy: assumptions.auditUserId, updatedBy: assumptions.auditUserId, createdAt, updatedAt };
}
