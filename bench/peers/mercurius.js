// Mercurius with compiled queries and its cache.
import { createCache } from 'async-cache-dedupe';
import fastify from 'fastify';
import mercurius from 'mercurius';
import mercuriusCache from 'mercurius-cache';
import { findStage, readPipeline, readPipelines, typeDefs } from './hubspot.js';

const ttl = 60;
// More than there is to keep: an entry that has to go would be read again.
const storage = { type: 'memory', options: { size: 10_000 } };
// mercurius-cache keeps what a field of the schema is resolved to. Look-ups of entities use what it is built on.
const kept = createCache({ ttl, storage }).define('pipeline', (pipelineId) => readPipeline(pipelineId));

const resolvers = {
  Query: {
    async pipelines() {
      const nodes = await readPipelines();
      return { nodes, totalCount: nodes.length };
    },
    pipelineByKey: (_, { pipelineId }) => readPipeline(pipelineId),
    _entities: (_, { representations }) => representations.map((each) => findStage(each, kept.pipeline)),
  },
  // Said, as compiled queries ask for it; it has to be synchronous there.
  StageMeta: { resolveType: ({ __typename }) => __typename },
  _Entity: { resolveType: ({ __typename }) => __typename },
};

const app = fastify({ logger: false });
await app.register(mercurius, {
  schema: typeDefs,
  resolvers,
  // Compiles a query when it comes for the second time: the most that graphql-jit gives, and none is compiled for one use.
  jit: 1,
});
await app.register(mercuriusCache, {
  ttl,
  storage,
  policy: {
    Query: {
      // Keys of our own, as the default one is made of the arguments and all selected fields each time.
      pipelines: { key: () => 'all' },
      pipelineByKey: { key: ({ arg }) => arg.pipelineId },
    },
  },
});
console.log(`ready at ${await app.listen({ port: 0, host: '127.0.0.1' })}`);
