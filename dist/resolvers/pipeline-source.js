export const pipelineSource = {
  __resolveReference: async ({ name }, { sources }) => sources.find((source) => source.name === name) ?? null,
};
