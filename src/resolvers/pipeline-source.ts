import type { PipelineSourceResolvers } from '../generated/schema.ts';
import type { Call, Credential } from '../sources/source.ts';

export const pipelineSource = {
  __resolveReference: async ({ name }, { sources }) => sources.find((source) => source.name === name) ?? null,
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
