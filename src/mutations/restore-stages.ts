import type { Collection } from '../context/collections.ts';
import { printCanonical } from '../domain/canonical-json.ts';
import { orderAfterLast, toComparableLabel } from '../domain/pipeline.ts';
import type { Pipeline } from '../domain/pipeline.ts';
import { toRevision } from '../domain/revision.ts';
import { withoutComputed } from '../domain/stage-meta-operations.ts';
import type { RawMeta } from '../domain/stage-meta.ts';
import type { Call, PipelineDraft, StageDraft, WriteOptions } from '../sources/source.ts';
import { notShown, proveWrite } from './proof.ts';
import { toFreeLabel } from './restore-order.ts';
import type { RestoreOrder } from './restore-order.ts';
import { changedBetween, createStepTaker } from './step-once.ts';
import type { StepTaker } from './step-once.ts';

/** What a pipeline is to be made, and how. */
interface Restoration {
  readonly collection: Collection;
  readonly current: Pipeline;
  readonly draft: PipelineDraft;
  readonly order: RestoreOrder;
  readonly options: WriteOptions;
  readonly call: Call;
  /** Whether a pipeline is what the draft says. */
  readonly isRestored: (pipeline: Pipeline | null) => boolean;
}

/** A stage as it is expected between two steps; null if its metadata may be any. */
interface ExpectedStage {
  readonly stageId: string;
  readonly label: string;
  readonly raw: RawMeta | null;
}

/** What a pipeline is expected to be between two steps. */
interface Expected {
  readonly label: string;
  readonly stages: readonly ExpectedStage[];
}

/**
 * Makes a pipeline what a draft says, in the order that destroys nothing before all is there that the draft names. Before
 * what is not named is removed, the pipeline is read again; if somebody changed it meanwhile, nothing is removed
 * (STALE_OBJECT).
 */
export async function restoreStages(restoration: Restoration): Promise<void> {
  const { collection, current, draft, order, call } = restoration;
  const read = () => collection.source.readPipeline(collection.objectType, current, call);
  const steps = createStepTaker(call, read);
  if (order.kind === 'at once') return replace(restoration, steps, current, draft);
  if (order.kind === 'add first') {
    const added = await addStages(restoration, steps, toExpected(current));
    return replace(restoration, steps, await readAgain(restoration, added), draft);
  }
  const bridged = toBridged(restoration);
  await replace(restoration, steps, current, bridged);
  // The numbers of what was removed are free now.
  const bridgedNow = { ...restoration, current: (await read()) ?? current };
  const added = await addStages(bridgedNow, steps, toExpectedDraft(bridged));
  if (order.bridge.length > 0) await replace(restoration, steps, await readAgain(restoration, added), draft);
}

/** Adds the missing stages after all others, those whose labels are taken under another one for now. */
async function addStages(
  { collection: { source, objectType }, current, order }: Restoration,
  steps: StepTaker,
  before: Expected,
): Promise<Expected> {
  const next = orderAfterLast([...current.stages, ...order.surviving.map(toOrdered)]);
  const isFinal = order.kind === 'remove first' && order.bridge.length === 0;
  const stages = [...before.stages];
  for (const [index, draft] of order.missing.entries()) {
    const taken = new Set(stages.map(({ label }) => toComparableLabel(label)));
    const label = toFreeLabel(draft.label, draft.stageId, taken, source.inputRules.maxLabelLength);
    const stage = { ...draft, label, displayOrder: isFinal ? draft.displayOrder : next + index };
    await steps.take({
      send: (call) => source.createStage(objectType, current, stage, call),
      isDone: (present) => isThere(present, stage),
      isStillRight: () => true,
    });
    stages.push({ stageId: stage.stageId ?? '', label, raw: null });
  }
  return { ...before, stages };
}

async function replace(
  { collection: { source, objectType }, draft: final, options, isRestored }: Restoration,
  steps: StepTaker,
  current: Pipeline,
  draft: PipelineDraft,
): Promise<void> {
  const after = toExpectedDraft(draft);
  await steps.take({
    send: (call) => source.replacePipeline(objectType, current, draft, options, call),
    isDone: draft === final ? isRestored : (present) => isAsExpected(present, after),
    isStillRight: (present) => present !== null && toRevision(present) === toRevision(current),
  });
}

/** The pipeline as it reads once the missing stages are there; a PipelineFault if they are not, or if anything else changed. */
async function readAgain({ collection, current, order, call }: Restoration, expected: Expected): Promise<Pipeline> {
  const added = order.missing.map(({ stageId }) => stageId);
  const hasAdded = (read: Pipeline | null): boolean =>
    added.every((stageId) => read?.stages.some((stage) => stage.stageId === stageId) === true);
  const { after, kind } = await proveWrite(collection, current, call, {
    before: current,
    maySettle: false,
    isAsAsked: hasAdded,
    note: () => {},
  });
  if (after === null || !isAsExpected(after, expected)) {
    throw kind === 'unknown' ? notShown(collection.source.name) : changedBetween(after);
  }
  return after;
}

function toBridged({ draft, order: { surviving, bridge } }: Restoration): PipelineDraft {
  const next = orderAfterLast(draft.stages.map(toOrdered));
  const taken = new Set(draft.stages.map(({ label }) => toComparableLabel(label)));
  const kept = bridge.map(({ stageId, label }, index): StageDraft => {
    const free = toFreeLabel(label, stageId, taken, Number.POSITIVE_INFINITY);
    return { stageId, label: free, displayOrder: next + index, meta: null };
  });
  return { ...draft, stages: [...surviving, ...kept] };
}

const toOrdered = ({ displayOrder }: StageDraft) => ({ displayOrder: displayOrder ?? 0 });

function toExpected({ label, stages }: Pipeline): Expected {
  return { label, stages: stages.map(({ stageId, label: name, meta: { raw } }) => ({ stageId, label: name, raw })) };
}

function toExpectedDraft({ label, stages }: PipelineDraft): Expected {
  return {
    label,
    stages: stages.map(({ stageId, label: name }) => ({ stageId: stageId ?? '', label: name, raw: null })),
  };
}

function isThere(present: Pipeline | null, { stageId, label }: StageDraft): boolean {
  return present?.stages.some((stage) => stage.stageId === stageId && isSameLabel(stage.label, label)) === true;
}

/** Whether a pipeline has just these stages with this content; those whose metadata is expected, in the same order too. */
function isAsExpected(present: Pipeline | null, expected: Expected): boolean {
  if (present === null || present.unreadStages.length > 0 || !isSameLabel(present.label, expected.label)) return false;
  if (present.stages.length !== expected.stages.length) return false;
  const stages = new Map(present.stages.map((stage) => [stage.stageId, stage]));
  const untouched = new Set(expected.stages.filter(({ raw }) => raw !== null).map(({ stageId }) => stageId));
  const order = present.stages.map(({ stageId }) => stageId).filter((stageId) => untouched.has(stageId));
  return (
    [...untouched].every((stageId, index) => order[index] === stageId) &&
    expected.stages.every(({ stageId, label, raw }) => {
      const stage = stages.get(stageId);
      if (stage === undefined || !isSameLabel(stage.label, label)) return false;
      return raw === null || printCanonical(withoutComputed(stage.meta.raw)) === printCanonical(withoutComputed(raw));
    })
  );
}

function isSameLabel(a: string, b: string): boolean {
  return a.trim().normalize() === b.trim().normalize();
}
