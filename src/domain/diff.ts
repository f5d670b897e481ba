import { isDeepStrictEqual } from 'node:util';
import type { PipelineChangeKind } from '../generated/enums.ts';
import { printMetaValue, toMetaFields } from './stage-meta-operations.ts';
import type { StageMeta } from './stage-meta.ts';

/** One difference between two states of a pipeline. */
export interface PipelineChange {
  readonly kind: PipelineChangeKind;
  readonly stageId: string | null;
  readonly field: string | null;
  readonly before: unknown;
  readonly after: unknown;
  readonly summary: string;
}

/** What is compared of a stage. */
export interface StageState {
  readonly stageId: string;
  readonly label: string;
  readonly displayOrder: number;
  readonly meta: StageMeta;
}

/** What is compared of a pipeline; `isDefault` is null where the upstream does not say. */
export interface PipelineState {
  readonly label: string;
  readonly displayOrder: number;
  readonly description: string | null;
  readonly isDefault: boolean | null;
  readonly stages: readonly StageState[];
}

/**
 * The changes that make `a` like `b`, which may be pipelines of different sources. A stage of `b` is the stage of `a` with
 * the same id, else the one with the same label. It is then named by the id that it has in `a`.
 */
export function diffPipelines(a: PipelineState, b: PipelineState): readonly PipelineChange[] {
  const ids = new Set(a.stages.map((stage) => stage.stageId));
  const taken = new Set(b.stages.map((stage) => stage.stageId).filter((stageId) => ids.has(stageId)));
  const stages = b.stages.map((stage) => {
    if (ids.has(stage.stageId)) return stage;
    const alike = a.stages.find(({ label, stageId }) => label === stage.label && !taken.has(stageId));
    if (alike === undefined) return stage;
    taken.add(alike.stageId);
    return { stageId: alike.stageId, label: stage.label, displayOrder: stage.displayOrder, meta: stage.meta };
  });
  return toPipelineChanges(a, { ...b, stages });
}

type Fields = Readonly<Record<string, unknown>>;

/** The changes that make `before` into `after`: the pipeline's own, then stages removed, then stages in their new order. */
export function toPipelineChanges(before: PipelineState, after: PipelineState): readonly PipelineChange[] {
  const previous = new Map(before.stages.map((stage) => [stage.stageId, stage]));
  const kept = new Set(after.stages.map((stage) => stage.stageId));
  return [
    ...toFieldChanges(null, 'Pipeline', toPipelineFields(before, after), toPipelineFields(after, before)),
    ...before.stages.filter((stage) => !kept.has(stage.stageId)).map(toRemoval),
    ...after.stages.flatMap((stage) => {
      const old = previous.get(stage.stageId);
      return old === undefined ? [toAddition(stage)] : toStageChanges(old, stage);
    }),
  ];
}

/** The changes that make one state of a stage into another of the same stage. */
export function toStageChanges(before: StageState, after: StageState): readonly PipelineChange[] {
  return toFieldChanges(after.stageId, `Stage "${before.label}"`, toStageFields(before), toStageFields(after));
}

/** Whether a pipeline is the default one is compared only where both sides know it. */
function toPipelineFields(
  { label, displayOrder, description, isDefault }: PipelineState,
  other: PipelineState,
): Fields {
  return { label, displayOrder, description, ...(other.isDefault === null ? {} : { isDefault }) };
}

function toStageFields({ label, displayOrder, meta }: StageState): Fields {
  const metaFields = Object.entries(toMetaFields(meta)).map(([name, value]) => [`meta.${name}`, value]);
  return { label, displayOrder, ...Object.fromEntries(metaFields) };
}

function toFieldChanges(stageId: string | null, subject: string, before: Fields, after: Fields): PipelineChange[] {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return fields
    .filter((field) => !isDeepStrictEqual(before[field] ?? null, after[field] ?? null))
    .map((field) => toFieldChange(stageId, subject, field, before[field] ?? null, after[field] ?? null));
}

/** A field that differs; `subject` is what the summary is about. */
export function toFieldChange(
  stageId: string | null,
  subject: string,
  field: string,
  before: unknown,
  after: unknown,
): PipelineChange {
  const name = field.replace('meta.', '');
  const summary = `${subject}: ${name} ${toText(name, before)} → ${toText(name, after)}`;
  return { kind: 'CHANGED', stageId, field, before, after, summary };
}

/** A stage that is no longer there. */
export function toRemoval(stage: StageState): PipelineChange {
  const summary = `Stage "${stage.label}" removed`;
  return { kind: 'REMOVED', stageId: stage.stageId, field: null, before: toWholeStage(stage), after: null, summary };
}

function toAddition(stage: StageState): PipelineChange {
  const summary = `Stage "${stage.label}" added`;
  return { kind: 'ADDED', stageId: stage.stageId, field: null, before: null, after: toWholeStage(stage), summary };
}

function toWholeStage({ label, displayOrder, meta }: StageState): Fields {
  return { label, displayOrder, meta: toMetaFields(meta) };
}

function toText(name: string, value: unknown): string {
  return value === null || value === undefined ? 'none' : printMetaValue(name, value);
}
