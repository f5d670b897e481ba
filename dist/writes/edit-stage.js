import { invalidInput } from '../problem.js';
import { checkClosedStage, checkDisplayOrder, checkLabel, checkMeta } from './check-input.js';
import { toMetaDraft, toStoredLabel } from './drafts.js';
import { toTicketState } from './match-stages.js';
import { refuse, settle } from './settle.js';
import {
  checkIfUpdatedAt,
  checkUpdatedAt,
  openWriteTarget,
  readStageBack,
  requireStage,
  requireStageKey,
  write,
  writeCallFor,
} from './write-target.js';
/** Makes a stage what the input says; metadata that it leaves out stays. */
export function replaceStage(input, context, selected) {
  return editStage(input, context, selected, (place, stage, call) => {
    const { displayOrder } = input;
    const label = toStoredLabel(input.label, place.source.inputRules);
    const draft = { stageId: stage.stageId, label, displayOrder, meta: toMetaDraft(input.meta) };
    return place.source.replaceStage(stage, draft, call);
  });
}
/** Changes the fields of a stage that the input gives; null counts as absent, and metadata is merged. */
export function patchStage(input, context, selected) {
  const { label = null, displayOrder = null } = input;
  return editStage(input, context, selected, (place, stage, call) => {
    const stored = label === null ? null : toStoredLabel(label, place.source.inputRules);
    return place.source.patchStage(stage, { label: stored, displayOrder, meta: toMetaDraft(input.meta) }, call);
  });
}
function editStage(input, context, selected, send) {
  return settle(context, { stage: null }, async (payload) => {
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
function checkEdit(input, place) {
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
function toStatesAfter({ pipeline }, { meta }, { stageId }) {
  return pipeline.stages.map((stage) => (stage.stageId === stageId ? meta?.ticketState : null) ?? toTicketState(stage));
}
