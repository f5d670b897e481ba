import type { Collection } from '../context/collections.ts';
import { printCanonical } from '../domain/canonical-json.ts';
import { toPipelineChanges } from '../domain/diff.ts';
import type { PipelineChange } from '../domain/diff.ts';
import type { Pipeline } from '../domain/pipeline.ts';
import { nothingMore } from '../domain/problems.ts';
import type { Problem } from '../domain/problems.ts';
import type { PipelineWarning } from '../domain/warnings.ts';
import type { NewPipeline, StageDraft, WriteOptions } from '../sources/source.ts';
import { toWritablePipeline, toWritableStages } from './archived-stages.ts';
import { hasFields, hasStages } from './as-asked.ts';
import { findCreated, isCreated } from './create-pipeline.ts';
import { toPlannedState } from './drafts.ts';
import type { Asked, Draft, Shown, Step, WriteOutcome } from './mutation.ts';
import { warnOfRemovals } from './reference-warnings.ts';
import { checkRestoreOrder, toRestoreOrder, warnOfOrder } from './restore-order.ts';
import type { RestoreOrder } from './restore-order.ts';
import { restoreStages } from './restore-stages.ts';
import type { Condition } from './target.ts';

/** How a pipeline is brought to a state, or made in it if there is none. */
export interface StatePlan {
  readonly draft: NewPipeline;
  /** Null if there is no such pipeline yet. */
  readonly order: RestoreOrder | null;
  readonly options: WriteOptions;
  readonly warnings: readonly PipelineWarning[];
}

/** What such a write gave. */
interface Written {
  readonly pipelineId: string;
}

type AskedState = Asked<StatePlan, Written, Pipeline | null>;

/** Plans the write of a draft, given the pipeline as it is, or null if there is none. */
export function planState(
  draft: NewPipeline,
  current: Pipeline | null,
  options: WriteOptions,
  collection: Collection,
): { readonly plan: StatePlan; readonly problems: readonly Problem[] } {
  if (current === null) return { plan: { draft, order: null, options, warnings: [] }, problems: [] };
  const order = toRestoreOrder(current, draft, collection);
  const named = new Set(draft.stages.map(({ stageId }) => stageId));
  const removed = toWritableStages(current, collection).filter(({ stageId }) => !named.has(stageId));
  const warnings = [...warnOfRemovals(removed, options, collection), ...warnOfOrder(order, collection)];
  return { plan: { draft, order, options, warnings }, problems: checkRestoreOrder(current, draft, order, collection) };
}

/** The problem of a condition on a pipeline that is gone: a revision is of one that there was. */
export function checkStillThere({ ifRevision }: Condition, current: Pipeline | null): readonly Problem[] {
  if (typeof ifRevision !== 'string' || current !== null) return [];
  const message = 'There is no such pipeline any more. Without ifRevision it is created.';
  return [{ ...nothingMore, code: 'STALE_OBJECT', message, path: ['ifRevision'], updatedAt: null, revision: null }];
}

/** What the write would change; a new stage whose id the upstream gives has none yet. */
export function toStateChanges(
  { draft }: StatePlan,
  current: Pipeline | null,
  collection: Collection,
): readonly PipelineChange[] {
  const nothing = { label: draft.label, displayOrder: 0, description: draft.description, isDefault: null, stages: [] };
  const planned = toPlannedState(current ?? nothing, draft, collection.objectType);
  const before = current === null ? { ...planned, stages: [] } : toWritablePipeline(current, collection);
  return toPipelineChanges(before, planned).map((change) =>
    change.stageId === '' ? { ...change, stageId: null } : change,
  );
}

/** Writes the draft, in the safest order. */
export async function writeState(
  plan: StatePlan,
  current: Pipeline | null,
  { collection, call }: Pick<Step<unknown>, 'collection' | 'call'>,
): Promise<Written> {
  const { draft, order, options } = plan;
  if (current === null || order === null) return collection.source.createPipeline(collection.objectType, draft, call);
  const isRestored = (pipeline: Pipeline | null): boolean =>
    isInState(pipeline, { plan, current, collection, written: current });
  await restoreStages({ collection, current, draft, order, options, call, isRestored });
  return current;
}

/**
 * Whether a pipeline is in the state that was asked for. Upstreams may number anew what they are sent, so numbers and all
 * metadata count only before anything is written.
 */
export function isInState(
  after: Pipeline | null,
  { plan: { draft }, current, written, collection }: AskedState,
): boolean {
  if (after === null || after.archived) return false;
  if (current === null) return isCreated(after, { plan: draft, collection });
  return (
    hasFields(after, draft, current) &&
    hasStages(after, draft, collection.objectType) &&
    (written !== null || draft.stages.every((stage) => hasAll(after, stage)))
  );
}

/** What the write would have given, if only a read tells that it happened. */
export async function recoverState(
  { draft, order }: StatePlan,
  { collection, call, target: { key } }: Step<{ readonly key: Written }>,
): Promise<Written | null> {
  return order === null ? findCreated(draft, collection, call) : key;
}

/** Shows what a new pipeline has as added, and what the write itself did between its steps as nothing that others did. */
export function showState(
  payload: Draft<WriteOutcome>,
  { plan: { order }, after }: Pick<Shown<StatePlan, Pipeline | null>, 'plan' | 'after'>,
): void {
  if (order === null) {
    if (after !== null) payload.changes = toPipelineChanges({ ...after, stages: [] }, after);
    return;
  }
  const own = new Set([...order.missing, ...order.bridge].map(({ stageId }) => stageId));
  payload.overwrote = payload.overwrote.filter(({ stageId }) => stageId === null || !own.has(stageId));
}

function hasAll({ stages }: Pipeline, { stageId, displayOrder, archived, rawMeta = {} }: StageDraft): boolean {
  const stage = stages.find((candidate) => candidate.stageId === stageId);
  if (stage === undefined || (displayOrder !== null && stage.displayOrder !== displayOrder)) return false;
  if (archived !== undefined && archived !== stage.archived) return false;
  return Object.entries(rawMeta).every(([key, value]) => isSameJson(stage.meta.raw[key], value));
}

/** Upstreams may write a number as text, and leave out what is null. */
function isSameJson(a: unknown = null, b: unknown = null): boolean {
  const toText = (value: unknown): string => (typeof value === 'string' ? value : printCanonical(value));
  return toText(a) === toText(b);
}
