import { invalidInput, PipelineFault } from '../domain/problems.ts';
import { findSource } from '../sources/find-source.ts';
import type { ObjectType, PipelineSource, Sources } from '../sources/source.ts';

/** An object type of one source: what one list call reads. */
export interface Collection {
  readonly source: PipelineSource;
  readonly objectType: ObjectType;
}

/** The source of that name; a PipelineFault that names the argument where there is none. */
export function requireSource(
  sources: Sources,
  name: string,
  path: readonly string[] = ['sourceName'],
): PipelineSource {
  const source = findSource(sources, name);
  if (source === null) throw new PipelineFault([invalidInput(path, `There is no source "${clip(name)}".`)]);
  return source;
}

/**
 * The collection that a source's name and an object type's name mean; without a name, the only source that has the type.
 * A PipelineFault that names the argument at fault otherwise. `path` is the argument that holds both, where one does.
 */
export function requireCollection(
  sources: Sources,
  { sourceName, objectType: name }: { readonly sourceName?: string | null | undefined; readonly objectType: string },
  path?: readonly string[],
): Collection {
  if (sourceName !== null && sourceName !== undefined) {
    const source = requireSource(sources, sourceName, path ?? ['sourceName']);
    const collection = findCollection(source, name);
    if (collection === null) throw lacksType(`Source "${source.name}" has no object type`, name, path);
    return collection;
  }
  const [collection, ...others] = sources
    .map((source) => findCollection(source, name))
    .filter((found) => found !== null);
  if (collection === undefined) throw lacksType('No source has the object type', name, path);
  if (others.length === 0) return collection;
  const names = [collection, ...others].map(({ source }) => source.name).join(', ');
  const message = `More than one source has the object type "${clip(name)}": ${names}. Name one.`;
  throw new PipelineFault([invalidInput(['sourceName'], message)]);
}

/** The collection of an object type at a source; null where the source lacks the type. */
export function findCollection(source: PipelineSource, name: string): Collection | null {
  const objectType = source.objectTypes.find((candidate) => candidate.name === name);
  return objectType === undefined ? null : { source, objectType };
}

function lacksType(sentence: string, name: string, path: readonly string[] = ['objectType']): PipelineFault {
  return new PipelineFault([invalidInput(path, `${sentence} "${clip(name)}".`)]);
}

/** A caller's text as a message repeats it: well-formed and short. */
function clip(text: string): string {
  const shown = text.toWellFormed();
  return shown.length > 60 ? `${shown.slice(0, 60)}…` : shown;
}
