// `npm run example:supergraph`: the gateway on its sandbox, a deals subgraph and a router over both, all on loopback.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import { composeSupergraph } from './compose.ts';
import { sampleDeals, startDealsSubgraph } from './deals.ts';
import { startGateway } from './gateway.ts';

const [gateway, deals] = await Promise.all([startGateway(), startDealsSubgraph(sampleDeals)]);
const supergraph = await composeSupergraph([
  { name: 'pipelines', url: gateway.url },
  { name: 'deals', url: deals.url },
]);
const router = createGatewayRuntime({ supergraph, logging: 'warn' });
const server = createServer((request, response) => void router(request, response));
server.listen(Number(process.env['PORT'] ?? 4000), '127.0.0.1');
await once(server, 'listening');

const stop = async (): Promise<void> => {
  server.close();
  server.closeAllConnections();
  await Promise.all([router[Symbol.asyncDispose](), deals.close(), gateway.close()]);
};
let stopping: Promise<void> | null = null;
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void (stopping ??= stop()));

console.log(`Supergraph  http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`);
console.log(`Pipelines   ${gateway.url}`);
console.log(`Deals       ${deals.url}`);
