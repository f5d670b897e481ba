import type { Pipeline, Stage } from '../domain/pipeline.ts';
import { invalidInput, nothingMore } from '../domain/problems.ts';
import type { Problem, StaleProblem } from '../domain/problems.ts';
import { toRevision } from '../domain/revision.ts';
import type { Condition, Target } from './target.ts';

/** The problems of conditions that would protect nothing, found without asking anybody. */
export function checkCondition({
  collection: { source },
  condition: { ifUpdatedAt, ifRevision },
}: Pick<Target<unknown>, 'collection' | 'condition'>): readonly Problem[] {
  return [
    ...(ifUpdatedAt === null
      ? [invalidInput(['ifUpdatedAt'], 'Null protects nothing. Give the object’s revision as ifRevision instead.')]
      : []),
    ...(typeof ifUpdatedAt === 'string' && !source.inputRules.hasUpdatedAt
      ? [invalidInput(['ifUpdatedAt'], `Source "${source.name}" never gives an updatedAt. Give ifRevision instead.`)]
      : []),
    ...(ifRevision === null
      ? [invalidInput(['ifRevision'], 'Null protects nothing. Give the object’s revision, or leave ifRevision out.')]
      : []),
  ];
}

/**
 * The problems of an object that is not what the caller saw. A pipeline is as new as the newest of it and its stages, because
 * upstreams date a stage's change at the stage alone.
 */
export function checkCurrent(
  current: Pipeline | Stage | null,
  { ifUpdatedAt = null, ifRevision = null }: Condition,
): readonly Problem[] {
  if (current === null) return [];
  const updatedAt = toNewest(current);
  const revision = toRevision(current);
  const stale = (path: string, message: string): StaleProblem => ({
    ...nothingMore,
    code: 'STALE_OBJECT',
    message,
    path: [path],
    updatedAt,
    revision,
  });
  return [
    ...(ifUpdatedAt === null || isSameInstant(ifUpdatedAt, updatedAt)
      ? []
      : [stale('ifUpdatedAt', `The object's updatedAt is ${updatedAt ?? 'not known'}, not ${ifUpdatedAt}.`)]),
    ...(ifRevision === null || ifRevision === revision
      ? []
      : [stale('ifRevision', `The object's revision is ${revision}: somebody changed it meanwhile.`)]),
  ];
}

function toNewest(object: Pipeline | Stage): string | null {
  if (!('stages' in object)) return object.updatedAt;
  const dates = [object, ...object.stages].map(({ updatedAt }) => updatedAt).filter((date) => date !== null);
  return dates.reduce<string | null>((a, b) => (a !== null && Date.parse(a) >= Date.parse(b) ? a : b), null);
}

function isSameInstant(a: string, b: string | null): boolean {
  return a === b || (b !== null && Date.parse(a) === Date.parse(b));
}
