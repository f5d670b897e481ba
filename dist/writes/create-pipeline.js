import { requirePlace } from '../addressing.js';
import {
  checkClosedStage,
  checkDisplayOrder,
  checkLabel,
  checkNewId,
  checkNewMeta,
  checkPipelineFields,
  checkStages,
} from './check-input.js';
import { toStageDrafts, toStoredLabel } from './drafts.js';
import { refuse, settle } from './settle.js';
import { readBack, write, writeCallFor } from './write-target.js';
/** Creates a pipeline with its stages; the payload's pipeline is read back where it is selected. */
export function createPipeline(input, context, selected) {
  return settle(context, { pipeline: null }, async (payload) => {
    const place = requirePlace(context.sources, input);
    refuse(checkNewPipeline(input, place));
    const call = writeCallFor(context, place);
    const { source, objectType } = place;
    const { pipelineId } = await write(context, null, () =>
      source.createPipeline(objectType, toNewPipeline(input, place), call),
    );
    const key = { sourceName: source.name, objectType: objectType.name, pipelineId };
    if (selected.has('pipeline')) payload.pipeline = await readBack(place, key, call);
  });
}
/** Checked input as the draft of a new pipeline. */
export function toNewPipeline(input, place, { comesBack = false } = {}) {
  const { pipelineId = null, displayOrder = null, description = null, isDefault = null } = input;
  return {
    label: toStoredLabel(input.label, place.source.inputRules),
    displayOrder,
    description,
    isDefault,
    pipelineId,
    comesBack,
    stages: toStageDrafts(input.stages, [], place),
  };
}
/** Every problem of a pipeline that is to be created, found without asking anybody. */
export function checkNewPipeline(input, { source, objectType }) {
  const rules = source.inputRules;
  const states = input.stages.map((stage) => stage.meta?.ticketState);
  return [
    ...checkLabel(input.label, ['label'], rules),
    ...checkDisplayOrder(input.displayOrder, ['displayOrder']),
    ...checkPipelineFields(input, rules),
    ...checkNewId(input.pipelineId, ['pipelineId'], rules, 'maxPipelineId'),
    ...checkStages(input.stages, objectType, rules),
    ...input.stages.flatMap((stage, index) => [
      ...checkNewId(stage.stageId, ['stages', String(index), 'stageId'], rules, 'maxStageId'),
      ...checkNewMeta(stage.meta, ['stages', String(index), 'meta'], objectType),
    ]),
    ...checkClosedStage(states, objectType, ['stages']),
  ];
}
