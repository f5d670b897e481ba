import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import { startStandaloneServer } from '@apollo/server/standalone';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import type { DocumentNode } from 'graphql';
import { afterAll, expect, test } from 'vitest';
import { composeSupergraph } from '../../examples/supergraph/compose.ts';
import { renameOnTheWay } from '../../examples/supergraph/rename-types.ts';
import { useGateway } from '../support/use-gateway.ts';
import { startHiveRouter } from './routers.ts';

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';
const rockets = parse(`${link}
  type Query { heaviest: Stage }
  type Stage @key(fields: "id") { id: ID! thrust: Float! next: Stage }`);
const launches = parse(`${link}
  type Query { lastLaunch: Launch }
  type Launch { stages: [RocketStage!]! }
  type RocketStage @key(fields: "id", resolvable: false) { id: ID! }`);
const typeNames = new Map([['Stage', 'RocketStage']]);
const stages = [
  { id: '1', thrust: 7600, next: { id: '2', thrust: 980, next: null } },
  { id: '2', thrust: 980, next: null },
];

const gateway = useGateway();
const servers: ApolloServer[] = [];

afterAll(() => Promise.all(servers.map((server) => server.stop())));

async function startSubgraph(typeDefs: DocumentNode, resolvers: object): Promise<string> {
  const schema = buildSubgraphSchema([{ typeDefs, resolvers: resolvers as never }]);
  const server = new ApolloServer({ schema, plugins: [ApolloServerPluginInlineTraceDisabled()] });
  servers.push(server);
  return (await startStandaloneServer(server, { listen: { host: '127.0.0.1', port: 0 } })).url;
}

test('a subgraph with a Stage of its own runs beside the gateway when its types are renamed on the way', async () => {
  const rocketsUrl = await startSubgraph(rockets, {
    Query: { heaviest: () => stages[0] },
    Stage: { __resolveReference: ({ id }: { id: string }) => stages.find((stage) => stage.id === id) },
  });
  const launchesUrl = await startSubgraph(launches, {
    Query: { lastLaunch: () => ({ stages: stages.map(({ id }) => ({ id })) }) },
  });
  const supergraph = await composeSupergraph([
    { name: 'pipelines', url: `${gateway.url}/graphql` },
    { name: 'rockets', url: rocketsUrl, typeNames },
    { name: 'launches', url: launchesUrl },
  ]);
  const router = await startHiveRouter(supergraph, renameOnTheWay('rockets', typeNames));
  const answer = await router.ask(`{
    heaviest { __typename ...Thrust next { ...Thrust } }
    lastLaunch { stages { ...Thrust } }
    pipelineStageByKey(sourceName: "hubspot", objectType: "deals", stageId: "closedwon") { __typename label }
  } fragment Thrust on RocketStage { thrust }`);
  await router.close();
  expect(answer).toEqual({
    data: {
      heaviest: { __typename: 'RocketStage', thrust: 7600, next: { thrust: 980 } },
      lastLaunch: { stages: [{ thrust: 7600 }, { thrust: 980 }] },
      pipelineStageByKey: { __typename: 'Stage', label: 'Closed Won' },
    },
  });
});
