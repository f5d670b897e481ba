import type { Pipeline, Stage } from '../domain/pipeline.ts';
import { stageMetaKinds } from '../domain/stage-meta.ts';
import type { MetaField, RawMeta } from '../domain/stage-meta.ts';
import { toPlace } from '../domain/stage-order.ts';
import type { PipelineDraft, PipelinePatch, StageDraft, StagePatch, ObjectType } from '../sources/source.ts';

/** Whether a pipeline has the fields that a write was to give it. Null was to leave a field as it is. */
export function hasFields(after: Pipeline, asked: PipelinePatch, before: Pipeline | null): boolean {
  const { label, description, displayOrder } = asked;
  return (
    (label === null || isSameText(after.label, label)) &&
    (description === null || isSameText(after.description ?? '', description)) &&
    // An upstream that numbers anew shows another number, but never the one from before.
    (displayOrder === null || after.displayOrder === displayOrder || isMoved(after, before))
  );
}

/**
 * Whether a pipeline has just the stages of a draft, in its order and under the ids that it names. A stage that was removed and
 * made anew has another id, and its records are stranded. Archived stages do not count.
 */
export function hasStages(after: Pipeline, { stages }: Pick<PipelineDraft, 'stages'>, objectType: ObjectType): boolean {
  const active = after.stages.filter((stage) => !stage.archived);
  const asked = stages
    .filter((stage) => stage.archived !== true)
    .map((stage, index) => ({ stage, order: stage.displayOrder ?? index }))
    .sort((a, b) => a.order - b.order);
  return (
    active.length === asked.length &&
    asked.every(({ stage }, index) => {
      const shown = active[index];
      if (shown === undefined || (stage.stageId !== null && stage.stageId !== shown.stageId)) return false;
      return hasContent(shown, stage, objectType);
    })
  );
}

/** Whether a stage has the label and the metadata that a write was to give it, wherever it stands. */
export function hasContent(
  stage: Stage,
  { label, meta, rawMeta }: Pick<StagePatch, 'label' | 'meta'> & Pick<StageDraft, 'rawMeta'>,
  { metaField }: ObjectType,
): boolean {
  if (label !== null && !isSameText(stage.label, label)) return false;
  const asked = meta?.[metaField] ?? readValue(metaField, rawMeta);
  return asked === null || isSameValue(asked, readValue(metaField, stage.meta.raw));
}

/** Whether a stage stands where a displayOrder was to put it, given the stages before the write. */
export function isInPlace(after: Pipeline, stageId: string, displayOrder: number | null, before: Pipeline): boolean {
  if (displayOrder === null) return true;
  const place = toPlace(before.stages, stageId, displayOrder);
  return after.stages.findIndex((stage) => stage.stageId === stageId) === place;
}

function isMoved(after: Pipeline, before: Pipeline | null): boolean {
  return before !== null && before !== after && before.displayOrder !== after.displayOrder;
}

/** Upstreams may trim what they store, and compose its characters. */
function isSameText(a: string, b: string): boolean {
  return a.trim().normalize() === b.trim().normalize();
}

function readValue(field: MetaField, raw: RawMeta | undefined): string | number | null {
  return raw === undefined ? null : stageMetaKinds[field].read(raw);
}

/** Upstreams may write a colour in other letters. */
function isSameValue(a: unknown, b: unknown): boolean {
  return a === b || (typeof a === 'string' && typeof b === 'string' && a.toLowerCase() === b.toLowerCase());
}
