import { readFileSync } from 'node:fs';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import { startStandaloneServer } from '@apollo/server/standalone';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';

/** A deal as a CRM holds it: it knows its pipeline and its stage by their raw ids only. */
export interface Deal {
  readonly id: string;
  readonly name: string;
  readonly amount: number | null;
  /** The CRM account, by the name that the pipelines gateway has for it. */
  readonly sourceName: string;
  readonly pipeline: string;
  readonly dealstage: string;
}

/** A few deals in the pipelines that the sandbox starts with. */
export const sampleDeals: readonly Deal[] = [
  deal('1', 'Lighthouse lamps', 12_000, 'hubspot', 'appointmentscheduled'),
  deal('2', 'Harbour cranes', 480_000, 'hubspot', 'contractsent'),
  deal('3', 'Ferry tickets', 7_500, 'hubspot', 'closedwon'),
  deal('4', 'Buoys', 900, 'hubspot-v1', 'closedlost'),
];

function deal(id: string, name: string, amount: number, sourceName: string, dealstage: string): Deal {
  return { id, name, amount, sourceName, pipeline: 'default', dealstage };
}

/** The deals subgraph, listening on loopback. */
export interface DealsSubgraph {
  /** Where it answers GraphQL. */
  readonly url: string;
  close(): Promise<void>;
}

/** Starts the deals subgraph on a free port. */
export async function startDealsSubgraph(deals: readonly Deal[]): Promise<DealsSubgraph> {
  const schema = buildSubgraphSchema([{ typeDefs: readTypeDefs(), resolvers: createResolvers(deals) }]);
  const server = new ApolloServer({ schema, plugins: [ApolloServerPluginInlineTraceDisabled()] });
  const { url } = await startStandaloneServer(server, { listen: { host: '127.0.0.1', port: 0 } });
  return { url, close: () => server.stop() };
}

function readTypeDefs() {
  return parse(readFileSync(new URL('deals.graphql', import.meta.url), 'utf8'));
}

function createResolvers(deals: readonly Deal[]) {
  return {
    Query: { deals: () => deals },
    Deal: {
      __resolveReference: ({ id }: { readonly id: string }) => deals.find((candidate) => candidate.id === id) ?? null,
      // No look-up: the raw ids are the key, and the router asks the gateway for the rest.
      stage: ({ sourceName, dealstage }: Deal) => ({ sourceName, objectType: 'deals', stageId: dealstage }),
      pipeline: ({ sourceName, pipeline }: Deal) => ({ sourceName, objectType: 'deals', pipelineId: pipeline }),
    },
  };
}
