// GraphQL Yoga with its response cache.
import { createServer } from 'node:http';
import { createInMemoryCache, useResponseCache } from '@graphql-yoga/plugin-response-cache';
import { createSchema, createYoga } from 'graphql-yoga';
import { findStage, readPipeline, readPipelines, typeDefs } from './hubspot.js';

const resolvers = {
  Query: {
    async pipelines() {
      const nodes = await readPipelines();
      return { nodes, totalCount: nodes.length };
    },
    pipelineByKey: (_, { pipelineId }) => readPipeline(pipelineId),
    _entities: (_, { representations }) => representations.map((each) => findStage(each, readPipeline)),
  },
};

const yoga = createYoga({
  schema: createSchema({ typeDefs, resolvers }),
  // Each of these would only add work to a request.
  logging: false,
  graphiql: false,
  landingPage: false,
  cors: false,
  multipart: false,
  plugins: [
    useResponseCache({
      // Everybody may see the same answers, so one is kept for all.
      session: () => null,
      ttl: 60_000,
      // More than the texts that come again, so that these stay; new texts push each other out.
      cache: createInMemoryCache({ max: 2_000 }),
      // Nothing is ever written, so answers need not be found by the objects in them.
      idFields: [],
      invalidateViaMutation: false,
    }),
  ],
});
const server = createServer((request, response) => void yoga(request, response));
server.listen(0, '127.0.0.1', () => console.log(`ready at http://127.0.0.1:${server.address().port}`));
