import type { Collection } from '../context/collections.ts';
import type { Context } from '../context/context.ts';
import type { StageKey } from '../domain/ids.ts';
import type { Stage } from '../domain/pipeline.ts';
import { invalidInput } from '../domain/problems.ts';
import type { Problem } from '../domain/problems.ts';
import type { PatchPipelineStageInput, ReplacePipelineStageInput } from '../generated/schema.ts';
import type { Call } from '../sources/source.ts';
import { checkClosedStage, checkDisplayOrder, checkLabel, checkMeta } from './check-input.ts';
import { toMetaDraft, toStoredLabel } from './drafts.ts';
import { toTicketState } from './match-stages.ts';
import { throwProblems, runMutation } from './run-mutation.ts';
import {
  checkIfUpdatedAt,
  checkUpdatedAt,
  openTarget,
  readStageBack,
  requireStage,
  requireStageKey,
  write,
  writeCallFor,
} from './target.ts';

interface Payload {
  readonly stage: Stage | null;
}

/** Makes a stage what the input says; metadata that it leaves out stays. */
export function replacePipelineStage(
  input: ReplacePipelineStageInput,
  context: Context,
  selected: ReadonlySet<string>,
) {
  return editStage(input, context, selected, (collection, stage, call) => {
    const { displayOrder } = input;
    const label = toStoredLabel(input.label, collection.source.inputRules);
    const draft = { stageId: stage.stageId, label, displayOrder, meta: toMetaDraft(input.meta) };
    return collection.source.replaceStage(stage, draft, call);
  });
}

/** Changes the fields of a stage that the input gives; null counts as absent, and metadata is merged. */
export function patchPipelineStage(input: PatchPipelineStageInput, context: Context, selected: ReadonlySet<string>) {
  const { label = null, displayOrder = null } = input;
  return editStage(input, context, selected, (collection, stage, call) => {
    const stored = label === null ? null : toStoredLabel(label, collection.source.inputRules);
    return collection.source.patchStage(stage, { label: stored, displayOrder, meta: toMetaDraft(input.meta) }, call);
  });
}

function editStage(
  input: PatchPipelineStageInput,
  context: Context,
  selected: ReadonlySet<string>,
  send: (collection: Collection, stage: Stage, call: Call) => Promise<void>,
) {
  return runMutation<Payload>(context, { stage: null }, async (payload) => {
    const { collection, key } = requireStageKey(context, input.id);
    throwProblems(checkEdit(input, collection));
    const call = writeCallFor(context, collection);
    const pipeline = await openTarget(collection, key, call, input.id).read();
    const stage = requireStage(pipeline, key, input.id);
    throwProblems(checkUpdatedAt(stage, input.ifUpdatedAt));
    throwProblems(checkClosedStage(toStatesAfter(stage, input, key), collection.objectType, ['meta', 'ticketState']));
    await write(context, pipeline, () => send(collection, stage, call));
    if (selected.has('stage')) payload.stage = await readStageBack(collection, key, { ...key, label: null }, call);
  });
}

function checkEdit(input: PatchPipelineStageInput, collection: Collection): readonly Problem[] {
  const { label = null, displayOrder = null } = input;
  if (label === null && displayOrder === null && toMetaDraft(input.meta) === null) {
    return [invalidInput([], 'Nothing is to be changed: give a label, a displayOrder or metadata.')];
  }
  return [
    ...(label === null ? [] : checkLabel(label, ['label'], collection.source.inputRules)),
    ...checkDisplayOrder(displayOrder, ['displayOrder']),
    ...checkMeta(input.meta, ['meta'], collection.objectType),
    ...checkIfUpdatedAt(collection, input.ifUpdatedAt),
  ];
}

/** The ticket states that the pipeline's stages would have. */
function toStatesAfter({ pipeline }: Stage, { meta }: PatchPipelineStageInput, { stageId }: StageKey) {
  return pipeline.stages.map((stage) => (stage.stageId === stageId ? meta?.ticketState : null) ?? toTicketState(stage));
}
