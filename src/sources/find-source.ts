import type { PipelineSource, Sources } from './source.ts';

/** The source of that name; null if there is none. */
export function findSource(sources: Sources, name: string): PipelineSource | null {
  return sources.find((source) => source.name === name) ?? null;
}
