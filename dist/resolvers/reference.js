import { findPlace } from '../addressing.js';
/** The place that an entity's key names; null where it names none, so that one bad key never spoils the others. */
export function findReferencedPlace(sources, { sourceName, objectType }) {
  const source = sources.find((candidate) => candidate.name === sourceName);
  return source === undefined ? null : findPlace(source, objectType);
}
/** A key's field as text, empty where it is none: routers pass on whatever another subgraph answered. */
export function readText(value) {
  return typeof value === 'string' ? value : '';
}
/** An object as the answer to a reference: a copy, because the subgraph library writes its type's name into it. */
export function toEntity(found) {
  return found === null ? null : { ...found };
}
