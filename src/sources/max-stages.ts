import type { Sources } from './source.ts';

/** More than any upstream is known to take, for object types whose upstream states no limit. */
const assumedMaxStages = 100;

/** The most stages that a pipeline of any of the sources can have. */
export function toMaxStages(sources: Sources): number {
  const limits = sources.flatMap(({ objectTypes }) =>
    objectTypes.map(({ maxStages }) => maxStages ?? assumedMaxStages),
  );
  return limits.reduce((most, limit) => Math.max(most, limit), 0);
}
