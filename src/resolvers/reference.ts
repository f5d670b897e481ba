import { findPlace } from '../addressing.ts';
import type { Sources } from '../addressing.ts';
import type { Place } from '../lookups.ts';

/** The place that an entity's key names; null where it names none, so that one bad key never spoils the others. */
export function findReferencedPlace(
  sources: Sources,
  { sourceName, objectType }: { readonly sourceName: string; readonly objectType: string },
): Place | null {
  const source = sources.find((candidate) => candidate.name === sourceName);
  return source === undefined ? null : findPlace(source, objectType);
}
