/** Prints how slow a healthy source is while another one hangs and is flooded: `npm run bench:bulkhead`. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { request } from 'undici';
import { readConfig } from '../src/config/config.ts';
import { createServer as createGateway } from '../src/server.ts';
import { connectSources } from '../src/sources/connect.ts';
import { sourceSettings } from '../src/sources/index.ts';
import { createMetrics } from '../src/telemetry/metrics.ts';

const reads = 1_000;
const sideBySide = 10;
const flooding = 300;

const pipeline = { id: 'p', label: 'P', displayOrder: 0, stages: [] };
const healthy = createServer((_, response) => void response.end(JSON.stringify(pipeline))).listen(0, '127.0.0.1');
const hanging = createServer(() => {}).listen(0, '127.0.0.1');
await Promise.all([once(healthy, 'listening'), once(hanging, 'listening')]);

const config = readConfig({});
const log = pino({ level: 'silent' });
const metrics = createMetrics();
const sources = Object.entries({ healthy, hanging }).map(([name, server]) =>
  sourceSettings.parse({
    kind: 'hubspot',
    name,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credential: { mode: 'static', token: 'token' },
  }),
);
const connected = connectSources(sources, { ...config.resilience, deadlineMs: config.deadlineMs, log });
const limits = { ...config.limits, inFlight: 10_000, requestsPerMinute: 0 };
const gateway = await createGateway(connected.sources, { ...config, limits, graphiql: false, log, metrics });
const url = await gateway.listen({ host: '127.0.0.1', port: 0 });

let count = 0;

/** Each of another pipeline, so that every one of them is a call; gives the ms that it took. */
async function read(sourceName: string): Promise<number> {
  const query =
    'query ($s: String!, $p: String!) { pipelineByKey(sourceName: $s, objectType: "deals", pipelineId: $p) { label } }';
  const startedAt = performance.now();
  const { body } = await request(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { s: sourceName, p: `p${(count += 1)}` } }),
  });
  await body.text();
  return performance.now() - startedAt;
}

/** The 99th percentile of the healthy source, in ms. */
async function measure(): Promise<number> {
  const tookMs: number[] = [];
  const workers = Array.from({ length: sideBySide }, async () => {
    while (tookMs.length < reads) tookMs.push(await read('healthy'));
  });
  await Promise.all(workers);
  return tookMs.toSorted((a, b) => a - b)[Math.floor(tookMs.length * 0.99)] ?? 0;
}

await measure();
const calm = await measure();
const flood = Array.from({ length: flooding }, () => read('hanging'));
const flooded = await measure();
console.log(`p99 of the healthy source alone              ${calm.toFixed(1)} ms`);
console.log(`p99 while ${flooding} calls of another source hang    ${flooded.toFixed(1)} ms`);
console.log(`ratio                                        ${(flooded / calm).toFixed(2)}`);

hanging.closeAllConnections();
await Promise.all(flood);
await gateway.close(0);
await connected.close();
healthy.close();
hanging.close();
