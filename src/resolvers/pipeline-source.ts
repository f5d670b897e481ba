import type { PipelineSourceResolvers } from '../generated/schema.ts';
import { findSource } from '../sources/find-source.ts';
import type { Call, Credential } from '../sources/source.ts';

/** Resolves PipelineSource, by its key too; its status is asked for only if it is selected. */
export const pipelineSource = {
  __resolveReference: async ({ name }, { sources }) => findSource(sources, name),
  objectTypes: (source) => source.objectTypes.map((objectType) => ({ source, objectType })),
  status: (source, _, { callFor }) => source.status(findCredential(() => callFor(source))),
} satisfies PipelineSourceResolvers;

/** A caller without a credential of its own has no rate limits to show. */
function findCredential(open: () => Call): Credential | null {
  try {
    return open().credential;
  } catch {
    return null;
  }
}
