import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import type { GatewayPlugin } from '@graphql-hive/gateway-runtime';

/** What a supergraph answers. */
interface SupergraphAnswer {
  // A test knows the shape that it asked for.
  // eslint-disable-next-line typescript/no-explicit-any
  readonly data?: any;
  readonly errors?: readonly {
    readonly path?: readonly (string | number)[];
    readonly extensions?: Record<string, unknown>;
  }[];
}

/** A router in this process, which reaches its subgraphs over HTTP. */
export interface Router {
  ask(query: string): Promise<SupergraphAnswer>;
  close(): Promise<void>;
}

/** Starts `@apollo/gateway` on a supergraph. */
export async function startApolloRouter(supergraphSdl: string): Promise<Router> {
  const server = new ApolloServer({ gateway: new ApolloGateway({ supergraphSdl }) });
  await server.start();
  return {
    async ask(query) {
      const { body } = await server.executeOperation({ query });
      if (body.kind !== 'single') throw new Error('The answer came in parts.');
      return structuredClone(body.singleResult);
    },
    close: () => server.stop(),
  };
}

/** Starts Hive Gateway on a supergraph. */
export async function startHiveRouter(supergraph: string, ...plugins: GatewayPlugin[]): Promise<Router> {
  const runtime = createGatewayRuntime({ supergraph, logging: false, plugins: () => plugins });
  return {
    async ask(query) {
      const answer = await runtime.fetch('http://router/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      });
      return (await answer.json()) as SupergraphAnswer;
    },
    close: async () => runtime[Symbol.asyncDispose](),
  };
}
