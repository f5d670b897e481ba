import { orderAfterLast, toComparableLabel } from '../domain/pipeline.ts';
import type { Pipeline, Stage } from '../domain/pipeline.ts';
import { nothingMore, PipelineFault } from '../domain/problems.ts';
import type { RawMeta, StageMetaDraft } from '../domain/stage-meta.ts';
import { toPlace } from '../domain/stage-order.ts';
import type { StageDraft, StagePatch } from './source.ts';

/**
 * A stage as a write of its whole pipeline sends it. If an upstream can write nothing smaller, each change of a stage is
 * one of the list. Everything here computes the next list, in display order and with no displayOrder twice.
 */
export interface NextStage {
  /** The existing stage that it is; null for a new one. */
  readonly current: Stage | null;
  /** The id of the existing stage, or the one to give a new stage; null where one is to be made. */
  readonly stageId: string | null;
  readonly label: string;
  readonly displayOrder: number;
  /** What to write over the metadata that there is; null for nothing. */
  readonly meta: StageMetaDraft | null;
  /** The metadata that there is to be in place of the existing stage's. */
  readonly rawMeta?: RawMeta | undefined;
  /** Whether the stage is to be archived; absent leaves that as it is. */
  readonly archived?: boolean | undefined;
  /** The existing stages whose records move into this one. */
  readonly mergeStageIds?: readonly string[] | undefined;
}

/** The stages that drafts make, each existing one found in `current` by its id; null where the pipeline is new. */
export function draftStages(drafts: readonly StageDraft[], current: Pipeline | null): readonly NextStage[] {
  const stages = drafts.map((draft, index): NextStage => ({
    ...draft,
    current: current?.stages.find((stage) => stage.stageId === draft.stageId) ?? null,
    displayOrder: draft.displayOrder ?? index,
  }));
  return withoutTies(stages.sort((a, b) => a.displayOrder - b.displayOrder));
}

/** The pipeline's stages and one more. A PipelineFault where its label or id is taken. */
export function addStage({ stages }: Pipeline, draft: StageDraft): readonly NextStage[] {
  requireFreeLabel(stages, draft.label);
  requireFreeId(stages, draft.stageId);
  const added = { ...draft, current: null, displayOrder: draft.displayOrder ?? orderAfterLast(stages) };
  return insert(stages, null, added);
}

/** The stages of a stage's pipeline, with that one changed. A PipelineFault where its new label is taken. */
export function changeStage(stage: Stage, { label, displayOrder, meta }: StagePatch): readonly NextStage[] {
  const { stages } = stage.pipeline;
  const others = stages.filter((other) => other.stageId !== stage.stageId);
  if (label !== null && label !== stage.label) requireFreeLabel(others, label);
  const changed = { ...keep(stage), label: label ?? stage.label, meta };
  if (displayOrder === null || displayOrder === stage.displayOrder) {
    return withoutTies(stages.map((other) => (other.stageId === stage.stageId ? changed : keep(other))));
  }
  return insert(stages, stage.stageId, { ...changed, displayOrder });
}

/** The stages of a stage's pipeline without that one. */
export function removeStage(stage: Stage): readonly NextStage[] {
  return withoutTies(stage.pipeline.stages.filter((other) => other.stageId !== stage.stageId).map(keep));
}

/** The pipeline's stages in the order of `stageIds`, which names each of them once; the numbers that they share stay. */
export function reorderStages({ stages }: Pipeline, stageIds: readonly string[]): readonly NextStage[] {
  const numbered = withoutTies(stages.map(keep));
  const byId = new Map(numbered.map((stage) => [stage.stageId, stage]));
  return stageIds.flatMap((stageId, index) => {
    const stage = byId.get(stageId);
    return stage === undefined ? [] : [{ ...stage, displayOrder: numbered[index]?.displayOrder ?? index }];
  });
}

/** Whether a pipeline's stages stand in the order of `stageIds` already. */
export function isInOrder({ stages }: Pipeline, stageIds: readonly string[]): boolean {
  return stages.every(({ stageId }, index) => stageId === stageIds[index]);
}

/** Every stage of a pipeline, as it is. */
export function keepStages({ stages }: Pipeline): readonly NextStage[] {
  return withoutTies(stages.map(keep));
}

function keep(stage: Stage): NextStage {
  const { stageId, label, displayOrder } = stage;
  return { current: stage, stageId, label, displayOrder, meta: null };
}

/** The stages with one at the place that its number says; `stageId` is the existing one that it is, null for a new one. */
function insert(stages: readonly Stage[], stageId: string | null, stage: NextStage): readonly NextStage[] {
  const others = stages.filter((other) => other.stageId !== stageId).map(keep);
  const place = toPlace(stages, stageId, stage.displayOrder);
  return withoutTies(makeRoom(others.toSpliced(place, 0, stage), place));
}

/** The stage at a place keeps its number: those round it make way, no further than they must. */
function makeRoom(stages: readonly NextStage[], place: number): readonly NextStage[] {
  const orders = stages.map(({ displayOrder }) => displayOrder);
  const orderAt = (index: number): number => orders[index] ?? 0;
  for (let index = place + 1; index < orders.length && orderAt(index) <= orderAt(index - 1); index += 1) {
    orders[index] = orderAt(index - 1) + 1;
  }
  for (let index = place - 1; index >= 0 && orderAt(index) >= orderAt(index + 1); index -= 1) {
    orders[index] = orderAt(index + 1) - 1;
  }
  return stages.map((stage, index) => ({ ...stage, displayOrder: orderAt(index) }));
}

/** The highest number that upstreams take: 32 bits. */
const maxOrder = 2 ** 31 - 1;

/** Gaps stay; if two numbers are alike, or one is none that upstreams take, all stages are numbered anew. */
function withoutTies(stages: readonly NextStage[]): readonly NextStage[] {
  const orders = new Set(stages.map(({ displayOrder }) => displayOrder));
  const isFit = orders.size === stages.length && [...orders].every((order) => order >= 0 && order <= maxOrder);
  return isFit ? stages : stages.map((stage, displayOrder) => ({ ...stage, displayOrder }));
}

function requireFreeLabel(others: readonly Stage[], label: string): void {
  const holder = others.find((other) => toComparableLabel(other.label) === toComparableLabel(label));
  if (holder === undefined) return;
  const problem = { ...nothingMore, code: 'LABEL_TAKEN', message: 'The label is taken.', path: ['label'] } as const;
  throw new PipelineFault([{ ...problem, value: label }], holder.sourceName);
}

/** Sent in a list, the id of an existing stage would not be refused but mean that stage. */
function requireFreeId(others: readonly Stage[], stageId: string | null): void {
  const holder = others.find((other) => other.stageId === stageId);
  if (holder === undefined) return;
  const problem = { ...nothingMore, code: 'ID_TAKEN', message: 'An id is taken.', path: ['stageId'] } as const;
  throw new PipelineFault([{ ...problem, value: stageId }], holder.sourceName);
}
