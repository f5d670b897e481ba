import type { Pipeline, Stage } from '../domain/pipeline.ts';
import { invalidInput, nothingMore } from '../domain/problems.ts';
import type { Problem } from '../domain/problems.ts';
import type { Target } from './target.ts';

/** The problem of an `ifUpdatedAt` at a source that never gives an updatedAt to compare it with. */
export function checkCondition({
  collection: { source },
  ifUpdatedAt,
}: Pick<Target<unknown>, 'collection' | 'ifUpdatedAt'>): readonly Problem[] {
  if (ifUpdatedAt === null || source.inputRules.hasUpdatedAt) return [];
  return [invalidInput(['ifUpdatedAt'], `Source "${source.name}" never gives an updatedAt.`)];
}

/** The problem of an object that is not as old as the caller thinks. */
export function checkUpdatedAt(current: Pipeline | Stage | null, ifUpdatedAt: string | null): readonly Problem[] {
  if (current === null || ifUpdatedAt === null || ifUpdatedAt === current.updatedAt) return [];
  const { updatedAt } = current;
  const message = `The object's updatedAt is ${updatedAt ?? 'not known'}, not ${ifUpdatedAt}.`;
  return [{ ...nothingMore, code: 'STALE_OBJECT', message, path: ['ifUpdatedAt'], updatedAt }];
}
