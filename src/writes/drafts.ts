import type { StageMetaInput } from '../generated/schema.ts';
import type { StageDraft, StageMetaDraft } from '../sources/source.ts';
import type { StageInput } from './check-input.ts';

/** Checked input as the draft of a stage; `stageId` is the existing stage that it is, if it is one. */
export function toStageDraft(
  input: StageInput & { readonly meta?: StageMetaInput | null | undefined },
  stageId = input.stageId ?? null,
): StageDraft {
  return { stageId, label: input.label, displayOrder: input.displayOrder ?? null, meta: toMetaDraft(input.meta) };
}

/** Checked metadata without the fields that are null; null where none is left. */
export function toMetaDraft(meta: StageMetaInput | null | undefined): StageMetaDraft | null {
  const given = Object.entries(meta ?? {}).filter(([, value]) => value !== null && value !== undefined);
  return given.length === 0 ? null : Object.fromEntries(given);
}
