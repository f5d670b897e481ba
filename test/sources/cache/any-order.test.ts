import { randomInt, randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { toPipelineGlobalId, toStageGlobalId } from '../../../src/domain/ids.ts';
import { sourceSettings } from '../../../src/sources/index.ts';
import { createRandom } from '../../storm/random.ts';
import type { Random } from '../../storm/random.ts';
import { usualTimes } from '../../support/cache-times.ts';
import { startTestGateway } from '../../support/gateway.ts';
import type { TestGateway, TestGatewayOptions } from '../../support/gateway.ts';
import { mutate } from '../../support/mutate.ts';
import { provideRedisServer } from '../../support/redis-server.ts';
import { startReplicas } from '../../support/replicas.ts';
import { forwardingHubSpotAt } from '../../support/sources.ts';

const closings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0)) await close();
});

/** What is kept goes through all its ages within the test; the sandbox is never late, so nothing has to settle. */
const cache = {
  ...usualTimes,
  settleMs: 0,
  freshMs: 40,
  waitMs: 5,
  staleMs: 120,
  staleOnErrorMs: 10_000,
  maxBytes: 4_000_000,
};
const credential = { mode: 'forward', header: 'x-hubspot-token' };
/** One portal, seen through two APIs. */
const sources: NonNullable<TestGatewayOptions['sources']> = (url) => [
  forwardingHubSpotAt(url, { account: 'portal', objectTypes: ['deals'] }),
  sourceSettings.parse({ kind: 'hubspot-v1', name: 'v1', url, credential, account: 'portal', objectTypes: ['deals'] }),
];
const sourceNames = ['hubspot', 'v1'] as const;

/** The queries that show the label of one pipeline, alone and among others, with what finds it in their data. */
// A test knows the shape that it expects.
// eslint-disable-next-line typescript/no-explicit-any
type Find = (data: any) => string;
const reads: readonly (readonly [(sourceName: string) => string, Find])[] = [
  [(sourceName) => `{ pipeline(id: "${toId(sourceName)}") { label } }`, (data) => data.pipeline.label],
  [
    (sourceName) => `{ pipelines(where: { sourceNames: "${sourceName}" }) { nodes { label } } }`,
    (data) => data.pipelines.nodes[0].label,
  ],
  [
    (sourceName) => `{ pipelineStage(id: "${toStageId(sourceName)}") { pipeline { label } } }`,
    (data) => data.pipelineStage.pipeline.label,
  ],
  [
    (sourceName) =>
      `{ _entities(representations: [{ __typename: "Pipeline", id: "${toId(sourceName)}" }, { __typename: "Stage", id: "x" }]) { ... on Pipeline { label } } }`,
    (data) => data._entities[0].label,
  ],
];

function toId(sourceName: string): string {
  return toPipelineGlobalId({ sourceName, objectType: 'deals', pipelineId: 'default' });
}

function toStageId(sourceName: string): string {
  return toStageGlobalId({ sourceName, objectType: 'deals', pipelineId: 'default', stageId: 'closedwon' });
}

/** Somebody with an account of their own, which is renamed to `token#1`, `token#2` and so on. */
interface Tenant {
  readonly token: string;
  /** The number of the last rename that was answered, by the replica that made it. */
  readonly acknowledged: Map<TestGateway, number>;
  last: number;
}

/** Checks that a read shows the tenant's own account, and nothing older than what the same replica had acknowledged. */
async function read(gateway: TestGateway, { token, acknowledged }: Tenant, random: Random): Promise<void> {
  const least = acknowledged.get(gateway) ?? 0;
  const [toQuery, find] = random.pick(reads);
  const headers = { 'x-hubspot-token': token, ...(random.chance(0.2) ? { 'cache-control': 'no-cache' } : {}) };
  const { data, text } = await gateway.ask(toQuery(random.pick(sourceNames)), {}, headers);
  const [owner, count] = find(data)?.split('#') ?? [];
  expect(owner, text).toBe(token);
  expect(Number(count), text).toBeGreaterThanOrEqual(least);
}

async function rename(gateway: TestGateway, tenant: Tenant, random: Random): Promise<void> {
  const { token } = tenant;
  const caller = {
    ask: (query: string, variables?: object) => gateway.ask(query, variables, { 'x-hubspot-token': token }),
  };
  tenant.last += 1;
  const label = `${token}#${tenant.last}`;
  const input = { id: toId(random.pick(sourceNames)), label };
  const payload = await mutate(caller, 'patchPipeline', input, 'pipeline { label }');
  expect(payload).toEqual({ errors: [], pipeline: { label } });
  tenant.acknowledged.set(gateway, tenant.last);
}

/** Each tenant renames one after the other, and reads all the while, at any of the gateways. */
async function live(gateways: readonly TestGateway[], tenant: Tenant, random: Random): Promise<void> {
  for (let round = 0; round < 15; round += 1) {
    const gateway = random.pick(gateways);
    const reading = Array.from({ length: random.between(1, 4) }, () => read(random.pick(gateways), tenant, random));
    // Some of what is read was asked for before the write, and is still under way after it.
    if (random.chance(0.5)) {
      reading.push(rename(gateway, tenant, random).then(() => read(gateway, tenant, random)));
    }
    throwFirst(await Promise.allSettled(reading));
  }
}

async function checkAnyOrder(gateways: readonly TestGateway[], seed: number): Promise<void> {
  const tenants = Array.from({ length: 4 }, (): Tenant => ({
    token: randomUUID().slice(0, 13),
    acknowledged: new Map(),
    last: 0,
  }));
  const [first] = gateways;
  if (first === undefined) throw new Error('There is no gateway.');
  // Reads that are answered with what was there before a write ended are under way all the time.
  await first.sandbox.fault({ fault: 'latency', when: 'after', ms: 80, match: { path: '/deals$' } });
  for (const tenant of tenants) await rename(first, tenant, createRandom(seed));
  // Only from then on is what another replica shows of the tenant's own account known to be renamed.
  for (const gateway of gateways) {
    for (const tenant of tenants) {
      await vi.waitFor(
        () => read(gateway, { ...tenant, acknowledged: new Map([[gateway, 1]]) }, createRandom(seed)),
        5_000,
      );
    }
  }
  throwFirst(
    await Promise.allSettled(tenants.map((tenant, index) => live(gateways, tenant, createRandom(seed + index)))),
  );
}

/** Throws why the first one failed, when all have ended, so that none asks a gateway that is closed. */
function throwFirst(results: readonly PromiseSettledResult<void>[]): void {
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}

const seed = Number(process.env['SEED'] ?? randomInt(2 ** 31));

describe(`reads and writes of several tenants in any order, with SEED=${seed}`, () => {
  test('show each tenant its own account with its own writes, through both views of it', async () => {
    const gateway = await startTestGateway({ sources, resilience: { cache } });
    closings.push(() => gateway.close());
    await checkAnyOrder([gateway], seed);
  });

  const redisPath = provideRedisServer();
  test.for([
    ['share a Redis', {}],
    ['read for each other through it', { redisSecret: 'a-secret-of-at-least-thirty-two-characters' }],
  ] as const)('do so at each of two replicas that %s', async ([, options], { skip }) => {
    const path = await redisPath;
    if (path === null) return skip();
    const replicas = await startReplicas(path, { cache, sources, ...options });
    closings.push(() => replicas.close());
    await checkAnyOrder([replicas.one, replicas.other], seed);
  });
});
