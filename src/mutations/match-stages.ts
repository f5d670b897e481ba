import type { StageState } from '../domain/diff.ts';
import { toComparableLabel } from '../domain/pipeline.ts';
import { invalidInput } from '../domain/problems.ts';
import type { Problem } from '../domain/problems.ts';
import { toGivenOutcome, toOutcome } from '../domain/stage-meta-operations.ts';
import type { ObjectType } from '../sources/source.ts';
import { checkNewMeta, checkRequiredOutcome, findExisting } from './check-input.ts';
import type { StageInput } from './check-input.ts';

/** A new list of stages beside the one that exists. */
interface StageMatch {
  /** For each stage of the new list, the existing stage that it is; null for a new one. */
  readonly existing: readonly (StageState | null)[];
  readonly problems: readonly Problem[];
}

/**
 * Finds the existing stage that each of a new list's stages is: by its `stageId`, else by exactly its label. No stage can be
 * claimed twice, and a `stageId` names a stage that exists.
 */
export function matchStages(
  existing: readonly StageState[],
  wanted: readonly StageInput[],
  objectType: ObjectType,
): StageMatch {
  const claimed = new Set<string>();
  const problems: Problem[] = [];
  const matches = wanted.map((stage, index) => {
    const field = isNamed(stage.stageId) ? 'stageId' : 'label';
    const path = ['stages', String(index)];
    const match = findExisting(stage, existing);
    if (match === null) {
      if (field === 'stageId')
        problems.push(invalidInput([...path, field], 'The pipeline has no stage with this id.', 'NOT_FOUND'));
      else problems.push(...checkNewMeta(stage.meta, [...path, 'meta'], objectType));
      return null;
    }
    if (claimed.has(match.stageId)) {
      problems.push(
        invalidInput([...path, field], `The stage "${match.stageId}" is in the list already.`, 'DUPLICATE'),
      );
    }
    claimed.add(match.stageId);
    return match;
  });
  problems.push(...checkAlmostNamed(existing, wanted, matches));
  const outcomes = wanted.map(({ meta }, index) => {
    const match = matches[index] ?? null;
    return toGivenOutcome(objectType.metaField, meta) ?? (match === null ? null : toOutcome(match.meta));
  });
  return { existing: matches, problems: [...problems, ...checkRequiredOutcome(outcomes, objectType, ['stages'])] };
}

/** The problems of new stages that are hardly new: they differ from one that would be removed in nothing but letters' case. */
function checkAlmostNamed(
  existing: readonly StageState[],
  wanted: readonly StageInput[],
  matches: StageMatch['existing'],
): readonly Problem[] {
  const removed = existing.filter((stage) => !matches.includes(stage));
  return wanted.flatMap(({ label, stageId, mergeStageIds }, index) => {
    if (matches[index] !== null || isNamed(stageId)) return [];
    const meant = removed.find((stage) => toLooseLabel(stage.label) === toLooseLabel(label));
    if (meant === undefined || mergeStageIds?.includes(meant.stageId) === true) return [];
    const message = `This would remove the stage "${meant.label}" and create another. Did you mean stageId "${meant.stageId}"?`;
    return [invalidInput(['stages', String(index), 'label'], message)];
  });
}

/** What is left of a label without case, outer spaces and the form of its characters. */
function toLooseLabel(label: string): string {
  return toComparableLabel(label.normalize('NFKC')).replaceAll(/\s+/g, ' ');
}

function isNamed(stageId: string | null | undefined): boolean {
  return stageId !== null && stageId !== undefined;
}
