import { orderAfterLast, toComparableLabel } from '../model.js';
import { nothingMore, PipelineFault } from '../problem.js';
/** The stages that drafts make, each existing one found in `current` by its id; null where the pipeline is new. */
export function draftStages(drafts, current) {
  const stages = drafts.map((draft, place) => ({
    ...draft,
    current: current?.stages.find((stage) => stage.stageId === draft.stageId) ?? null,
    displayOrder: draft.displayOrder ?? place,
  }));
  return withoutTies(stages.sort((a, b) => a.displayOrder - b.displayOrder));
}
/** The pipeline's stages and one more. A PipelineFault where its label or id is taken. */
export function addStage({ stages }, draft) {
  requireFreeLabel(stages, draft.label);
  requireFreeId(stages, draft.stageId);
  const added = { ...draft, current: null, displayOrder: draft.displayOrder ?? orderAfterLast(stages) };
  return place(stages.map(keep), added);
}
/** The stages of a stage's pipeline, with that one changed. A PipelineFault where its new label is taken. */
export function changeStage(stage, { label, displayOrder, meta }) {
  const { stages } = stage.pipeline;
  const others = stages.filter((other) => other.stageId !== stage.stageId);
  if (label !== null && label !== stage.label) requireFreeLabel(others, label);
  const changed = { ...keep(stage), label: label ?? stage.label, meta };
  if (displayOrder === null || displayOrder === stage.displayOrder) {
    return withoutTies(stages.map((other) => (other.stageId === stage.stageId ? changed : keep(other))));
  }
  return place(others.map(keep), { ...changed, displayOrder });
}
/** The stages of a stage's pipeline without that one. */
export function removeStage(stage) {
  return withoutTies(stage.pipeline.stages.filter((other) => other.stageId !== stage.stageId).map(keep));
}
/** The pipeline's stages in the order of `stageIds`, which names each of them once; the numbers that they share stay. */
export function reorderStages({ stages }, stageIds) {
  const numbered = withoutTies(stages.map(keep));
  const byId = new Map(numbered.map((stage) => [stage.stageId, stage]));
  return stageIds.flatMap((stageId, index) => {
    const stage = byId.get(stageId);
    return stage === undefined ? [] : [{ ...stage, displayOrder: numbered[index]?.displayOrder ?? index }];
  });
}
/** Whether a pipeline's stages stand in the order of `stageIds` already. */
export function isInOrder({ stages }, stageIds) {
  return stages.every(({ stageId }, index) => stageId === stageIds[index]);
}
/** Every stage of a pipeline, as it is. */
export function keepStages({ stages }) {
  return withoutTies(stages.map(keep));
}
function keep(stage) {
  const { stageId, label, displayOrder } = stage;
  return { current: stage, stageId, label, displayOrder, meta: null };
}
/** On a taken number a stage goes right after the one that holds it, as at HubSpot (observed 2026-10). */
function place(others, stage) {
  const before = others.findLastIndex((other) => other.displayOrder <= stage.displayOrder);
  return withoutTies(others.toSpliced(before + 1, 0, stage));
}
/** Gaps stay; where two numbers are alike, all stages are numbered anew. */
function withoutTies(stages) {
  const orders = new Set(stages.map(({ displayOrder }) => displayOrder));
  return orders.size === stages.length ? stages : stages.map((stage, displayOrder) => ({ ...stage, displayOrder }));
}
function requireFreeLabel(others, label) {
  const holder = others.find((other) => toComparableLabel(other.label) === toComparableLabel(label));
  if (holder === undefined) return;
  const problem = { ...nothingMore, code: 'LABEL_TAKEN', message: 'The label is taken.', path: ['label'] };
  throw new PipelineFault([{ ...problem, value: label }], holder.sourceName);
}
/** Sent in a list, the id of an existing stage would not be refused but mean that stage. */
function requireFreeId(others, stageId) {
  const holder = others.find((other) => other.stageId === stageId);
  if (holder === undefined) return;
  const problem = { ...nothingMore, code: 'ID_TAKEN', message: 'An id is taken.', path: ['stageId'] };
  throw new PipelineFault([{ ...problem, value: stageId }], holder.sourceName);
}
