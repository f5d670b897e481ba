// Apollo Server as its documentation starts it, with resolvers as anybody would write them first: one call per look-up.
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { startStandaloneServer } from '@apollo/server/standalone';
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

const server = new ApolloServer({
  typeDefs,
  resolvers,
  // It looks at every field, which costs 30 % on large answers, and nothing here has a hint for it.
  plugins: [ApolloServerPluginCacheControlDisabled()],
});
// What was parsed and validated is kept (documentStore), and NODE_ENV is production: both are Apollo's defaults.
const { url } = await startStandaloneServer(server, { listen: { port: 0, host: '127.0.0.1' } });
console.log(`ready at ${url}`);
