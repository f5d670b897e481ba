import type { Collection } from '../context/collections.ts';
import type { Context } from '../context/context.ts';
import { toComparableLabel } from '../domain/pipeline.ts';
import type { Pipeline, Stage } from '../domain/pipeline.ts';
import { invalidInput, nothingMore } from '../domain/problems.ts';
import type { Problem } from '../domain/problems.ts';
import { toGivenOutcome } from '../domain/stage-meta-operations.ts';
import { toPlace } from '../domain/stage-order.ts';
import type { PatchPipelineStagesInput } from '../generated/schema.ts';
import type { PipelineDraft, StagePatch } from '../sources/source.ts';
import { nothingMoved } from '../sources/write-results.ts';
import type { Replaced } from '../sources/write-results.ts';
import { checkWritable, toWritableStages } from './archived-stages.ts';
import { hasStages } from './as-asked.ts';
import { checkRequiredOutcome } from './check-input.ts';
import { defineMutation } from './run-mutation.ts';
import { checkFields, checkNewStageEdit, isEdited, toStagePatch } from './stage-edit.ts';
import type { StageEdit } from './stage-edit.ts';
import { findShown, showMigrations } from './stage-payload.ts';
import { locatePipeline, readStageIdOf } from './target.ts';

interface Payload extends Replaced {
  /** Those that were edited, in the order of the input. */
  readonly stages: readonly Stage[];
}

const nothing: Payload = { stages: [], ...nothingMoved };

/** The edit of one stage of the pipeline. */
interface Edit {
  readonly stage: Stage;
  readonly patch: StagePatch;
}

/**
 * Changes several stages of a pipeline at once: with one write of the whole, or of the stage if only one of them changes. Null
 * counts as absent, metadata is merged, and new places are taken one after the other.
 */
export const patchPipelineStages = defineMutation({
  empty: nothing,
  locate,
  check: ({ stages }, { collection, stageIds }) => checkNewEdits(stages, stageIds, collection),
  needsWhole: true,
  prepare(input, current, { collection, target: { stageIds } }) {
    const edits = toEdits(input.stages, stageIds, current, collection);
    return {
      plan: { edits, draft: toDraft(edits, current, collection) },
      problems: checkEdits(input.stages, stageIds, current, collection),
    };
  },
  hasSteps: true,
  write({ edits, draft }, current, { collection, call }): Promise<Replaced> {
    const { source, objectType } = collection;
    const [first, ...others] = edits.filter((edit) => !isMade(current, edit, collection));
    if (first === undefined) return Promise.resolve(nothingMoved);
    return others.length === 0
      ? source.patchStage(objectType, first.stage, first.patch, call)
      : source.replacePipeline(objectType, current, draft, { validateReferences: true }, call);
  },
  isAsAsked: (after, { plan: { draft }, collection: { objectType } }) =>
    after !== null && hasStages(after, draft, objectType),
  recover: () => nothingMoved,
  show(payload, written, { plan: { edits }, after }) {
    showMigrations(payload, written);
    payload.stages = edits.flatMap(({ stage }) => findShown(after, stage.stageId) ?? []);
  },
});

function locate(input: PatchPipelineStagesInput, context: Context) {
  const target = locatePipeline(context, input.pipeline, input, 'pipeline');
  return { ...target, stageIds: input.stages.map(({ id }) => readStageIdOf(target.key, id)) };
}

/** Whether a pipeline shows one of the edits. */
function isMade(pipeline: Pipeline, { stage, patch }: Edit, collection: Collection): boolean {
  return isEdited(pipeline, { plan: patch, current: stage, written: null, collection });
}

function toEdits(
  inputs: readonly StageEdit[],
  stageIds: readonly (string | null)[],
  current: Pipeline,
  { source }: Collection,
): readonly Edit[] {
  return inputs.flatMap((input, index) => {
    const stage = findShown(current, stageIds[index] ?? '');
    return stage === null ? [] : [{ stage, patch: toStagePatch(input, source.inputRules) }];
  });
}

/** The whole pipeline after the edits. Its stages keep their numbers unless one of them moves, or two have the same. */
function toDraft(edits: readonly Edit[], current: Pipeline, collection: Collection): PipelineDraft {
  const patches = new Map(edits.map(({ stage, patch }) => [stage.stageId, patch]));
  const before = toWritableStages(current, collection);
  const stages = edits.reduce<readonly Stage[]>((order, { stage, patch }) => move(order, stage, patch), before);
  const keepsNumbers =
    stages.every((stage, index) => stage === before[index]) &&
    new Set(stages.map(({ displayOrder }) => displayOrder)).size === stages.length;
  return {
    label: current.label,
    displayOrder: null,
    description: null,
    stages: stages.map((stage, index) => ({
      stageId: stage.stageId,
      label: patches.get(stage.stageId)?.label ?? stage.label,
      displayOrder: keepsNumbers ? stage.displayOrder : index,
      meta: patches.get(stage.stageId)?.meta ?? null,
      archived: stage.archived ? true : undefined,
    })),
  };
}

function move(order: readonly Stage[], stage: Stage, { displayOrder }: StagePatch): readonly Stage[] {
  if (displayOrder === null || displayOrder === stage.displayOrder || !order.includes(stage)) return order;
  const place = toPlace(order, stage.stageId, displayOrder);
  return order.filter((other) => other !== stage).toSpliced(place, 0, stage);
}

/** Every problem that shows without asking anybody. */
function checkNewEdits(
  inputs: readonly StageEdit[],
  stageIds: readonly (string | null)[],
  collection: Collection,
): readonly Problem[] {
  if (inputs.length === 0) return [invalidInput(['stages'], 'Nothing is to be changed: name a stage.', 'REQUIRED', 1)];
  return inputs.flatMap((input, index) => {
    const path = ['stages', String(index)];
    const stageId = stageIds[index] ?? null;
    const isRepeated = stageId !== null && stageIds.indexOf(stageId) < index;
    return [
      ...(stageId === null
        ? [invalidInput([...path, 'id'], 'This is not the id of a stage of the pipeline.', 'MALFORMED')]
        : []),
      ...(isRepeated ? [invalidInput([...path, 'id'], 'This stage is in the list already.', 'DUPLICATE')] : []),
      ...under(path, checkNewStageEdit(input, collection)),
    ];
  });
}

/** All problems of the edits in the light of the present state. */
function checkEdits(
  inputs: readonly StageEdit[],
  stageIds: readonly (string | null)[],
  current: Pipeline,
  collection: Collection,
): readonly Problem[] {
  const { source, objectType } = collection;
  const outcomes = current.stages.map((stage) => {
    const input = inputs[stageIds.indexOf(stage.stageId)];
    return toGivenOutcome(objectType.metaField, input?.meta) ?? stage.outcome;
  });
  return [
    ...inputs.flatMap((input, index) => {
      const path = ['stages', String(index)];
      const stage = findShown(current, stageIds[index] ?? '');
      if (stage === null) return [invalidInput([...path, 'id'], 'The pipeline has no such stage.', 'NOT_FOUND')];
      return [
        ...checkWritable(stage, collection, [...path, 'id']),
        ...under(path, checkFields(input, stage, objectType, source.inputRules)),
      ];
    }),
    ...checkLabels(inputs, stageIds, current),
    ...checkRequiredOutcome(outcomes, objectType, ['stages']),
  ];
}

/** A label that another stage of the pipeline has once all edits are made; of two edits the later one is at fault. */
function checkLabels(
  inputs: readonly StageEdit[],
  stageIds: readonly (string | null)[],
  { stages }: Pipeline,
): readonly Problem[] {
  const kept = stages.filter(({ stageId }) => typeof inputs[stageIds.indexOf(stageId)]?.label !== 'string');
  const taken = new Set(kept.map(({ label }) => toComparableLabel(label)));
  return inputs.flatMap(({ label }, index) => {
    if (typeof label !== 'string') return [];
    const path = ['stages', String(index), 'label'];
    if (taken.has(toComparableLabel(label))) {
      return [{ ...nothingMore, code: 'LABEL_TAKEN', message: 'Another stage has this label.', path, value: label }];
    }
    taken.add(toComparableLabel(label));
    return [];
  });
}

function under(path: readonly string[], problems: readonly Problem[]): readonly Problem[] {
  return problems.map((problem) => ({ ...problem, path: [...path, ...(problem.path ?? [])] }));
}
