import type { PipelineSourceResolvers } from '../generated/schema.ts';

export const pipelineSource = {
  __resolveReference: async ({ name }, { sources }) => sources.find((source) => source.name === name) ?? null,
} satisfies PipelineSourceResolvers;
