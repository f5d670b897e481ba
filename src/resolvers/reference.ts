import { findCollection } from '../context/collections.ts';
import type { Collection } from '../context/collections.ts';
import { findSource } from '../sources/find-source.ts';
import type { Sources } from '../sources/source.ts';

/** The collection that an entity's key names; null where it names none, so that one bad key never spoils the others. */
export function findReferencedCollection(
  sources: Sources,
  { sourceName, objectType }: { readonly sourceName: string; readonly objectType: string },
): Collection | null {
  const source = findSource(sources, sourceName);
  return source === null ? null : findCollection(source, objectType);
}

/** A key's field as text, empty where it is none: routers pass on whatever another subgraph answered. */
export function readText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** An object as the answer to a reference: a copy, because the subgraph library writes its type's name into it. */
export function toEntity<T extends object>(found: T | null): T | null {
  return found === null ? null : { ...found };
}
