import type { Context } from '../context/context.ts';
import type { PatchPipelineStageInput, ReplacePipelineStageInput } from '../generated/schema.ts';
import type { StageKey } from '../domain/ids.ts';
import type { Place } from '../context/collections.ts';
import type { Stage } from '../domain/pipeline.ts';
import { invalidInput } from '../domain/problems.ts';
import type { Problem } from '../domain/problems.ts';
import type { Call } from '../sources/source.ts';
import { checkClosedStage, checkDisplayOrder, checkLabel, checkMeta } from './check-input.ts';
import { toMetaDraft, toStoredLabel } from './drafts.ts';
import { toTicketState } from './match-stages.ts';
import { refuse, settle } from './run-mutation.ts';
import {
  checkIfUpdatedAt,
  checkUpdatedAt,
  openWriteTarget,
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
export function replaceStage(input: ReplacePipelineStageInput, context: Context, selected: ReadonlySet<string>) {
  return editStage(input, context, selected, (place, stage, call) => {
    const { displayOrder } = input;
    const label = toStoredLabel(input.label, place.source.inputRules);
    const draft = { stageId: stage.stageId, label, displayOrder, meta: toMetaDraft(input.meta) };
    return place.source.replaceStage(stage, draft, call);
  });
}

/** Changes the fields of a stage that the input gives; null counts as absent, and metadata is merged. */
export function patchStage(input: PatchPipelineStageInput, context: Context, selected: ReadonlySet<string>) {
  const { label = null, displayOrder = null } = input;
  return editStage(input, context, selected, (place, stage, call) => {
    const stored = label === null ? null : toStoredLabel(label, place.source.inputRules);
    return place.source.patchStage(stage, { label: stored, displayOrder, meta: toMetaDraft(input.meta) }, call);
  });
}

function editStage(
  input: PatchPipelineStageInput,
  context: Context,
  selected: ReadonlySet<string>,
  send: (place: Place, stage: Stage, call: Call) => Promise<void>,
) {
  return settle<Payload>(context, { stage: null }, async (payload) => {
    const { place, key } = requireStageKey(context, input.id);
    refuse(checkEdit(input, place));
    const call = writeCallFor(context, place);
    const pipeline = await openWriteTarget(place, key, call, input.id).read();
    const stage = requireStage(pipeline, key, input.id);
    refuse(checkUpdatedAt(stage, input.ifUpdatedAt));
    refuse(checkClosedStage(toStatesAfter(stage, input, key), place.objectType, ['meta', 'ticketState']));
    await write(context, pipeline, () => send(place, stage, call));
    if (selected.has('stage')) payload.stage = await readStageBack(place, key, { ...key, label: null }, call);
  });
}

function checkEdit(input: PatchPipelineStageInput, place: Place): readonly Problem[] {
  const { label = null, displayOrder = null } = input;
  if (label === null && displayOrder === null && toMetaDraft(input.meta) === null) {
    return [invalidInput([], 'Nothing is to be changed: give a label, a displayOrder or metadata.')];
  }
  return [
    ...(label === null ? [] : checkLabel(label, ['label'], place.source.inputRules)),
    ...checkDisplayOrder(displayOrder, ['displayOrder']),
    ...checkMeta(input.meta, ['meta'], place.objectType),
    ...checkIfUpdatedAt(place, input.ifUpdatedAt),
  ];
}

/** The ticket states that the pipeline's stages would have. */
function toStatesAfter({ pipeline }: Stage, { meta }: PatchPipelineStageInput, { stageId }: StageKey) {
  return pipeline.stages.map((stage) => (stage.stageId === stageId ? meta?.ticketState : null) ?? toTicketState(stage));
}
