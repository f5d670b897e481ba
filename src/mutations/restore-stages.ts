import type { Collection } from '../context/collections.ts';
import type { StageState } from '../domain/diff.ts';
import { orderAfterLast, toComparableLabel } from '../domain/pipeline.ts';
import type { Pipeline } from '../domain/pipeline.ts';
import { afterWrite, PipelineFault } from '../domain/problems.ts';
import type { PipelineSnapshot } from '../domain/snapshot.ts';
import { toOutcome, toStageMetaDraft, withoutComputed } from '../domain/stage-meta-operations.ts';
import type { Call, PipelineDraft, StageDraft } from '../sources/source.ts';
import { checkRequiredOutcome } from './check-input.ts';

/**
 * Gives a pipeline the stages, label and order of an earlier state. Stages that still exist are kept by a replace. Those
 * that were deleted since get their old ids by a create: nobody knows what a replace does with an id that no stage has.
 * If those that still exist cannot stand alone, the newer stages stay until the old ones are back.
 */
export async function restoreStages(
  { source, objectType }: Collection,
  current: Pipeline,
  before: PipelineSnapshot,
  call: Call,
): Promise<void> {
  const existing = new Set(current.stages.map((stage) => stage.stageId));
  const surviving = before.stages.filter((stage) => existing.has(stage.stageId));
  const missing = before.stages.filter((stage) => !existing.has(stage.stageId));
  const outcomes = surviving.map(({ meta }) => toOutcome(meta));
  const canStandAlone = surviving.length > 0 && checkRequiredOutcome(outcomes, objectType, []).length === 0;
  const bridge = canStandAlone ? [] : toBridge(current, before);

  const replace = (stages: readonly StageDraft[]) => {
    const { label, displayOrder } = before;
    const draft = { label, displayOrder, description: null, stages };
    return source.replacePipeline(objectType, current, draft, { validateReferences: true }, call);
  };
  await replace([...surviving.map(toDraft), ...bridge]);
  try {
    for (const stage of missing) await source.createStage(objectType, current, toDraft(stage), call);
    if (bridge.length > 0) await replace(before.stages.map(toDraft));
  } catch (error) {
    throw error instanceof PipelineFault ? afterWrite(error) : error;
  }
}

/** The newer stages, after all others and under labels that the old ones do not need. */
function toBridge(current: Pipeline, before: PipelineSnapshot): readonly StageDraft[] {
  const old = new Set(before.stages.map((stage) => stage.stageId));
  const taken = new Set(before.stages.map((stage) => toComparableLabel(stage.label)));
  const next = orderAfterLast(before.stages);
  return current.stages
    .filter((stage) => !old.has(stage.stageId))
    .map(({ stageId, label }, index) => ({
      stageId,
      label: taken.has(toComparableLabel(label)) ? `${label} (${stageId})` : label,
      displayOrder: next + index,
      meta: null,
    }));
}

/** The stages of an earlier state, as a draft of them all. */
export function toRestored({ stages }: PipelineSnapshot): Pick<PipelineDraft, 'stages'> {
  return { stages: stages.map(toDraft) };
}

/** With all that the metadata held then, also what has no name in the schema. */
function toDraft({ stageId, label, displayOrder, meta }: StageState): StageDraft {
  return { stageId, label, displayOrder, meta: toStageMetaDraft(meta), rawMeta: withoutComputed(meta.raw) };
}
