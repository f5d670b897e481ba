import { isAddressable } from '../ids.js';
import { toComparableLabel } from '../model.js';
import { invalidInput, nothingMore } from '../problem.js';
/** Problems of a label: empty, too long, or not text that can be sent. */
export function checkLabel(label, path, { maxLabelLength }) {
  if (label.trim() === '') return [invalidInput(path, 'A label must not be empty.')];
  if (!label.isWellFormed()) return [invalidInput(path, 'A label must be well-formed text.')];
  if (label.length <= maxLabelLength) return [];
  const message = `A label of ${label.length} characters is longer than the limit of ${maxLabelLength}.`;
  return [invalidInput(path, message)];
}
/** Problems of a displayOrder. Absent is none. */
export function checkDisplayOrder(displayOrder, path) {
  return (displayOrder ?? 0) >= 0 ? [] : [invalidInput(path, `A displayOrder must be 0 or more, not ${displayOrder}.`)];
}
/** Problems of optional fields that are given though the source's pipelines have none such. */
export function checkPipelineFields(input, { pipelineFields }) {
  return ['description', 'isDefault', 'displayOrder']
    .filter((field) => isGiven(input[field]) && !pipelineFields[field])
    .map((field) => invalidInput([field], `Pipelines of this source have no ${field}.`));
}
/** Problems of the id that a new object is to get. Absent is none. */
export function checkNewId(id, path, { newIds }, kind) {
  if (id === null || id === undefined) return [];
  if (newIds === null) return [invalidInput(path, 'This source gives ids itself.')];
  if (!isAddressable(id)) return [invalidInput(path, 'This cannot be an upstream id.')];
  if (id.length > newIds[kind]) {
    return [invalidInput(path, `An id of ${id.length} characters is longer than the limit of ${newIds[kind]}.`)];
  }
  if (newIds.pattern?.test(id) === false) {
    return [invalidInput(path, `A new id of this source must match ${newIds.pattern.source}.`)];
  }
  return [];
}
/** Problems of metadata: fields that the object type does not have, and values out of range. Absent is none. */
export function checkMeta(meta, path, { metaField, name }) {
  return Object.entries(meta ?? {}).flatMap(([field, value]) => {
    if (value === null || value === undefined) return [];
    if (field !== metaField) return [invalidInput([...path, field], `Stages of ${name} have no ${field}.`)];
    if (field === 'probability' && !(Number(value) >= 0 && Number(value) <= 1)) {
      return [invalidInput([...path, field], `A probability must be between 0 and 1, not ${value}.`)];
    }
    if (field === 'color' && !/^#[\da-f]{6}$/i.test(String(value))) {
      return [invalidInput([...path, field], 'A color must have the form #RRGGBB.')];
    }
    return [];
  });
}
/** The problem of a new stage without the metadata that every stage of the object type must have. */
export function checkNewMeta(meta, path, { metaField, newStageMeta, name }) {
  if (metaField === null || newStageMeta !== null || isGiven(meta?.[metaField])) return [];
  return [invalidInput([...path, metaField], `A new stage of ${name} needs a ${metaField}.`)];
}
/** Problems of a pipeline's whole list of stages, but for those that depend on the stages that exist. */
export function checkStages(stages, objectType, rules) {
  return [
    ...(stages.length === 0 ? [invalidInput(['stages'], 'A pipeline needs at least one stage.')] : []),
    ...checkStageCount(stages.length, objectType, ['stages']),
    ...stages.flatMap((stage, index) => {
      const path = ['stages', String(index)];
      return [
        ...checkLabel(stage.label, [...path, 'label'], rules),
        ...checkDisplayOrder(stage.displayOrder, [...path, 'displayOrder']),
        ...checkMeta(stage.meta, [...path, 'meta'], objectType),
      ];
    }),
    ...checkAlike(stages, 'label', toComparableLabel, 'Two stages have this label.'),
    ...checkAlike(stages, 'stageId', (id) => id, 'Two stages have this id.'),
  ];
}
/** The problem of more stages than the object type takes. */
export function checkStageCount(actual, { maxStages, name }, path) {
  if (maxStages === null || actual <= maxStages) return [];
  const message = `${actual} stages are more than the limit of ${maxStages} for ${name}.`;
  const problem = {
    ...nothingMore,
    code: 'LIMIT_EXCEEDED',
    message,
    path,
    limit: maxStages,
    actual,
  };
  return [problem];
}
/** The problem of a tickets pipeline without a CLOSED stage, given the states that its stages would have. */
export function checkClosedStage(states, { metaField }, path) {
  if (metaField !== 'ticketState' || states.includes('CLOSED')) return [];
  return [invalidInput(path, 'A tickets pipeline needs at least one stage with the state CLOSED.')];
}
/** With two alike, the later one is at fault. */
function checkAlike(stages, field, toComparable, message) {
  const seen = new Set();
  return stages.flatMap((stage, index) => {
    const value = stage[field];
    if (!isGiven(value) || value.trim() === '') return [];
    const comparable = toComparable(value);
    if (seen.has(comparable)) return [invalidInput(['stages', String(index), field], message)];
    seen.add(comparable);
    return [];
  });
}
function isGiven(value) {
  return value !== null && value !== undefined;
}
