import type { StageState } from '../domain/diff.ts';
import { isAddressable } from '../domain/ids.ts';
import { toComparableLabel } from '../domain/pipeline.ts';
import { invalidInput, nothingMore } from '../domain/problems.ts';
import type { LimitExceededProblem, Problem } from '../domain/problems.ts';
import { stageMetaKinds } from '../domain/stage-meta.ts';
import type { StageMetaGiven } from '../domain/stage-meta.ts';
import type { StageOutcome } from '../generated/enums.ts';
import type { InputRules } from '../sources/input-rules.ts';
import type { ObjectType } from '../sources/source.ts';

/** Where a field stands in the mutation's input. */
type InputPath = readonly string[];

/** What a list of stages must be, wherever it comes from. */
export interface StageInput {
  readonly stageId?: string | null | undefined;
  readonly label: string;
  readonly displayOrder?: number | null | undefined;
  readonly meta?: StageMetaGiven | null | undefined;
  readonly mergeStageIds?: readonly string[] | null | undefined;
}

/** The fields of a pipeline that only some sources have. */
interface PipelineFieldsInput {
  readonly description?: string | null | undefined;
  readonly isDefault?: boolean | null | undefined;
  readonly displayOrder?: number | null | undefined;
}

/** Problems of a label: empty, too long, or not text that can be sent. */
export function checkLabel(label: string, path: InputPath, { maxLabelLength }: InputRules): readonly Problem[] {
  if (label.trim() === '') return [invalidInput(path, 'A label must not be empty.', 'REQUIRED')];
  if (!label.isWellFormed()) return [invalidInput(path, 'A label must be well-formed text.', 'MALFORMED')];
  if (label.length <= maxLabelLength) return [];
  const message = `A label of ${label.length} characters is longer than the limit of ${maxLabelLength}.`;
  return [invalidInput(path, message, 'TOO_LONG', maxLabelLength)];
}

/** Problems of a displayOrder. Absent is none. */
export function checkDisplayOrder(displayOrder: number | null | undefined, path: InputPath): readonly Problem[] {
  if ((displayOrder ?? 0) >= 0) return [];
  return [invalidInput(path, `A displayOrder must be 0 or more, not ${displayOrder}.`, 'TOO_SMALL', 0)];
}

/** Problems of optional fields that are given though the source's pipelines have none such. */
export function checkPipelineFields(input: PipelineFieldsInput, { pipelineFields }: InputRules): readonly Problem[] {
  return (['description', 'isDefault', 'displayOrder'] as const)
    .filter((field) => isGiven(input[field]) && !pipelineFields[field])
    .map((field) => invalidInput([field], `Pipelines of this source have no ${field}.`, 'UNSUPPORTED'));
}

/** Problems of the id that a new object is to get. Absent is none. */
export function checkNewId(
  id: string | null | undefined,
  path: InputPath,
  { newIds }: InputRules,
  kind: 'maxPipelineId' | 'maxStageId',
): readonly Problem[] {
  if (id === null || id === undefined) return [];
  if (newIds === null) return [invalidInput(path, 'This source gives ids itself.', 'UNSUPPORTED')];
  if (!isAddressable(id)) return [invalidInput(path, 'This cannot be an upstream id.', 'MALFORMED')];
  if (id.length > newIds[kind]) {
    const message = `An id of ${id.length} characters is longer than the limit of ${newIds[kind]}.`;
    return [invalidInput(path, message, 'TOO_LONG', newIds[kind])];
  }
  if (newIds.pattern?.test(id) === false) {
    return [invalidInput(path, `A new id of this source must match ${newIds.pattern.source}.`, 'MALFORMED')];
  }
  return [];
}

/** Problems of metadata: fields that the object type does not have, and values out of range. Absent is none. */
export function checkMeta(
  meta: StageMetaGiven | null | undefined,
  path: InputPath,
  { metaField, name }: ObjectType,
): readonly Problem[] {
  return Object.entries(meta ?? {}).flatMap(([field, value]) => {
    if (value === null || value === undefined) return [];
    if (field !== metaField)
      return [invalidInput([...path, field], `Stages of ${name} have no ${field}.`, 'UNSUPPORTED')];
    const { toFault, range } = stageMetaKinds[field];
    const fault = toFault(value);
    if (fault === null) return [];
    if (range === null) return [invalidInput([...path, field], fault, 'MALFORMED')];
    return Number(value) < range.least
      ? [invalidInput([...path, field], fault, 'TOO_SMALL', range.least)]
      : [invalidInput([...path, field], fault, 'TOO_LARGE', range.greatest)];
  });
}

/** The problem of a probability between the steps that the source takes, unless the existing stage has it already. */
export function checkProbabilityStep(
  meta: StageMetaGiven | null | undefined,
  existing: StageState | null,
  path: InputPath,
  { probabilityStep }: InputRules,
): readonly Problem[] {
  const probability = meta?.probability;
  if (probabilityStep === null || !isGiven(probability)) return [];
  const steps = probability / probabilityStep;
  const isStep = Math.abs(steps - Math.round(steps)) < 1e-9;
  const isKept = existing !== null && stageMetaKinds.probability.toValue(existing.meta) === probability;
  if (isStep || isKept) return [];
  const message = `A new probability must be in steps of ${probabilityStep}, not ${probability}.`;
  return [invalidInput([...path, 'probability'], message, 'NOT_A_STEP', probabilityStep)];
}

/** The rules for content that exists already: what an upstream has is not judged by its rules for what is new. */
export function toRulesForExisting(rules: InputRules): InputRules {
  return { ...rules, maxLabelLength: Number.POSITIVE_INFINITY, probabilityStep: null };
}

/** The existing stage that one of a list is: by its `stageId`, else by exactly its label; null for a new one. */
export function findExisting(stage: StageInput, existing: readonly StageState[]): StageState | null {
  const field = isGiven(stage.stageId) ? 'stageId' : 'label';
  return existing.find((candidate) => candidate[field] === stage[field]) ?? null;
}

/** The problem of a new stage without the metadata that every stage of the object type must have. */
export function checkNewMeta(
  meta: StageMetaGiven | null | undefined,
  path: InputPath,
  { metaField, newStageMeta, name }: ObjectType,
): readonly Problem[] {
  if (newStageMeta !== null || isGiven(meta?.[metaField])) return [];
  return [invalidInput([...path, metaField], `A new stage of ${name} needs a ${metaField}.`, 'REQUIRED')];
}

/** Problems of a pipeline's whole list of stages. What is the same in one of the `existing` stages is taken as it is. */
export function checkStages(
  stages: readonly StageInput[],
  objectType: ObjectType,
  rules: InputRules,
  existing: readonly StageState[] = [],
): readonly Problem[] {
  return [
    ...(stages.length === 0 ? [invalidInput(['stages'], 'A pipeline needs at least one stage.', 'REQUIRED', 1)] : []),
    ...checkStageCount(stages.length, objectType, ['stages']),
    ...stages.flatMap((stage, index) => {
      const path = ['stages', String(index)];
      const match = findExisting(stage, existing);
      return [
        ...checkLabel(
          stage.label,
          [...path, 'label'],
          stage.label === match?.label ? toRulesForExisting(rules) : rules,
        ),
        ...checkDisplayOrder(stage.displayOrder, [...path, 'displayOrder']),
        ...checkMeta(stage.meta, [...path, 'meta'], objectType),
        ...checkProbabilityStep(stage.meta, match, [...path, 'meta'], rules),
      ];
    }),
    ...checkAlike(stages, 'label', toComparableLabel, 'Two stages have this label.'),
    ...checkAlike(stages, 'stageId', (id) => id, 'Two stages have this id.'),
  ];
}

/** The problem of more stages than the object type takes. */
export function checkStageCount(actual: number, { maxStages, name }: ObjectType, path: InputPath): readonly Problem[] {
  if (maxStages === null || actual <= maxStages) return [];
  const message = `${actual} stages are more than the limit of ${maxStages} for ${name}.`;
  const problem: LimitExceededProblem = {
    ...nothingMore,
    code: 'LIMIT_EXCEEDED',
    message,
    path,
    limit: maxStages,
    actual,
  };
  return [problem];
}

/** The problem of a pipeline without the outcome that its object type requires, given those that its stages would have. */
export function checkRequiredOutcome(
  outcomes: readonly (StageOutcome | null)[],
  { metaField }: ObjectType,
  path: InputPath,
): readonly Problem[] {
  const { required } = stageMetaKinds[metaField];
  return required === null || outcomes.includes(required.outcome)
    ? []
    : [invalidInput(path, required.message, 'REQUIRED')];
}

/** With two alike, the later one is at fault. */
function checkAlike(
  stages: readonly StageInput[],
  field: 'label' | 'stageId',
  toComparable: (text: string) => string,
  message: string,
): readonly Problem[] {
  const seen = new Set<string>();
  return stages.flatMap((stage, index) => {
    const value = stage[field];
    if (!isGiven(value) || value.trim() === '') return [];
    const comparable = toComparable(value);
    if (seen.has(comparable)) return [invalidInput(['stages', String(index), field], message, 'DUPLICATE')];
    seen.add(comparable);
    return [];
  });
}

function isGiven<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}
