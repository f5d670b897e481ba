import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { request } from 'undici';
import { keptForAMinute, startReplica } from '../../support/gateway.ts';
import type { TestGateway } from '../../support/gateway.ts';
import { startSandbox } from '../../../sandbox/server.ts';
import { mutate } from '../../support/mutate.ts';
import { provideRedisServer, startRedisServer } from '../../support/redis-server.ts';
import type { RedisServer } from '../../support/redis-server.ts';
import { controlSandbox } from '../../support/sandbox-control.ts';
import type { SandboxControl } from '../../support/sandbox-control.ts';
import { salesPipelineId as id } from '../../support/seed.ts';
import { forwardingHubSpotAt } from '../../support/sources.ts';
import { startUpstream, toHubSpotAnswer } from '../../support/test-upstream.ts';

const redisPath = await provideRedisServer();
const secret = 'a-secret-of-at-least-thirty-two-characters';
const list = '{ pipelines(where: { objectTypes: "deals" }) { nodes { label } failures { code } } }';
const ann = { 'x-hubspot-token': 'ann' };
const path = '/crm/pipelines/2026-09/deals/default';

const closings: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0).toReversed()) await close();
});

interface World {
  readonly redis: RedisServer;
  readonly sandbox: SandboxControl;
  /** Starts a replica, or what takes itself for one. */
  start(own?: string | null, cache?: object): Promise<TestGateway>;
}

async function open(): Promise<World> {
  const redis = await startRedisServer(redisPath ?? '');
  closings.push(() => redis.close());
  const sandbox = await startSandbox({ port: 0 });
  closings.push(() => sandbox.close());
  return {
    redis,
    sandbox: controlSandbox(sandbox.url),
    start: (own = secret, cache = {}) => startAt(sandbox.url, redis, own, cache),
  };
}

async function startAt(url: string, redis: RedisServer, redisSecret: string | null, cache: object) {
  const resilience = { cache: { ...keptForAMinute, ...cache }, redisUrl: redis.url, redisSecret };
  const gateway = await startReplica(url, { resilience, sources: (at) => [forwardingHubSpotAt(at)] });
  closings.push(() => gateway.close());
  // Until it has its connection, a replica goes on by itself.
  await vi.waitFor(async () => expect(await redis.ask((client) => client.client('LIST'))).toContain('sub=1'), 5_000);
  await sleep(100);
  return gateway;
}

/** Lets five replicas read, ten readers at once, until the upstream was asked five times; tells when that was. */
async function measureFleet(freshMs: number) {
  const redis = await startRedisServer(redisPath ?? '');
  closings.push(() => redis.close());
  const times: number[] = [];
  const upstream = await startUpstream(({ url = '' }, response) => {
    times.push(performance.now());
    setTimeout(() => response.end(toHubSpotAnswer(url)), 30);
  });
  closings.push(() => upstream.close());
  const cache = { freshMs, staleMs: freshMs, waitMs: 5_000 };
  const gateways = await Promise.all(Array.from({ length: 5 }, () => startAt(upstream.url, redis, secret, cache)));
  const startedAt = performance.now();
  for (let round = 0; times.length < 5 && round < 2_000; round += 1) {
    await Promise.all(gateways.flatMap((gateway) => [readLabel(gateway), readLabel(gateway)]));
  }
  const wasAlone = gateways.some(({ logLines }) => logLines.some((line) => line.includes('Redis is away')));
  return { times: times.slice(0, 5), startedAt, wasAlone };
}

async function readLabel(gateway: TestGateway, headers: Record<string, string> = ann): Promise<string> {
  const { data, errors } = await gateway.ask(list, {}, headers);
  expect([errors, data.pipelines.failures]).toEqual([undefined, []]);
  return data.pipelines.nodes[0].label;
}

async function readCounts(gateway: TestGateway): Promise<Record<string, number>> {
  const { body } = await request(`${gateway.url}/metrics`);
  const lines = (await body.text()).matchAll(/^pipeline_gateway_shared_reads_total\{result="(\w+)"\} (\d+)$/gm);
  return Object.fromEntries([...lines].map(([, result, count]) => [result, Number(count)]));
}

/** Every answer that lies in Redis, by its key. */
async function readStored({ redis }: World): Promise<ReadonlyMap<string, string>> {
  return redis.ask(async (client) => {
    const keys = await client.keys('pipeline-gateway:*:answer:*');
    const values = await Promise.all(keys.map((key) => client.get(key)));
    return new Map(keys.map((key, index) => [key, values[index] ?? '']));
  });
}

const putDone = (world: World, count = 1) =>
  vi.waitFor(async () => expect((await readStored(world)).size).toBe(count), { timeout: 5_000, interval: 10 });

describe.skipIf(redisPath === null)('replicas that read for each other', () => {
  test('five replicas ask once for many readers, and once more each time that what they share is no longer fresh', async () => {
    const freshMs = 600;
    let measured = await measureFleet(freshMs);
    // On a very busy machine Redis may seem away, and each replica then goes on by itself.
    for (let again = 0; measured.wasAlone && again < 4; again += 1) measured = await measureFleet(freshMs);
    expect(measured.times).toHaveLength(5);
    // Read times are whole milliseconds of Redis's clock.
    for (const [index, time] of measured.times.entries()) {
      expect(time - measured.startedAt).toBeGreaterThanOrEqual(index * (freshMs - 2));
    }
  }, 120_000);

  test('a replica that has just started shows what another one read, without asking', async () => {
    const world = await open();
    expect(await readLabel(await world.start())).toBe('Sales Pipeline');
    await putDone(world);
    const cold = await world.start();
    await world.sandbox.emptyLog();
    expect(await readLabel(cold)).toBe('Sales Pipeline');
    expect(await world.sandbox.requests()).toEqual([]);
    expect(await readCounts(cold)).toEqual({ taken: 1, missed: 0, refused: 0, put: 0 });
  });

  test('a replica that has just started shows what is old if the upstream fails, and says so', async () => {
    const world = await open();
    const cache = { freshMs: 1, staleMs: 1 };
    await readLabel(await world.start(secret, cache));
    await putDone(world);
    await world.sandbox.fault({ fault: 'status', status: 500 });
    const cold = await world.start(secret, cache);
    const { data, extensions } = await cold.ask(list, {}, ann);
    expect(data.pipelines).toEqual({ nodes: [expect.objectContaining({ label: 'Sales Pipeline' })], failures: [] });
    expect(extensions?.['stale']).toMatchObject([{ sourceName: 'hubspot', objectType: 'deals' }]);
  });

  test('nobody reads what was shared for another token, and nobody shares with another secret or none', async () => {
    const world = await open();
    for (const token of ['ann', 'bob']) await world.sandbox.call('PATCH', path, token, { label: `Of ${token}` });
    expect(await readLabel(await world.start())).toBe('Of ann');
    await putDone(world);
    await world.sandbox.emptyLog();
    expect(await readLabel(await world.start(), { 'x-hubspot-token': 'bob' })).toBe('Of bob');
    for (const own of [`${secret}!`, null]) expect(await readLabel(await world.start(own))).toBe('Of ann');
    expect(await world.sandbox.requests()).toHaveLength(3);
  });

  test('what lies in Redis tells nothing of tokens, names or content', async () => {
    const world = await open();
    await readLabel(await world.start(), { 'x-hubspot-token': 'token-of-ann' });
    await putDone(world);
    const text = JSON.stringify([...(await readStored(world))]);
    // Short words would come up by chance.
    for (const word of ['token-of-ann', 'crm/pipelines', 'hubspot', 'Sales Pipeline']) {
      expect(text).not.toContain(word);
      expect(text).not.toContain(Buffer.from(word).toString('base64').slice(0, 8));
    }
  });

  test.each<[string, (value: string, other: string) => string]>([
    ['was changed', (value) => `${value.slice(0, -6)}AAAA${value.slice(-2)}`],
    ['was cut', (value) => value.slice(0, 120)],
    ['is nothing of the kind', (value) => `${value.split(' ').slice(0, 2).join(' ')} nonsense`],
    ['is of another time', (value) => value.replace(/ (\d+) /, (_, at) => ` ${Number(at) + 1} `)],
    ['is of another token', (_, other) => other],
  ])('what %s is asked for as if it was not there', async (_, change) => {
    const world = await open();
    const first = await world.start();
    await readLabel(first);
    await putDone(world);
    const [[key, value] = ['', '']] = await readStored(world);
    await readLabel(first, { 'x-hubspot-token': 'bob' });
    await putDone(world, 2);
    const [, other = ''] = [...(await readStored(world))].find(([each]) => each !== key) ?? [];
    await world.redis.ask((client) => client.set(key, change(value, other)));
    const cold = await world.start();
    await world.sandbox.emptyLog();
    expect(await readLabel(cold)).toBe('Sales Pipeline');
    expect(await world.sandbox.requests()).toHaveLength(1);
    expect(await readCounts(cold)).toMatchObject({ taken: 0, refused: 1 });
  });

  test('nothing that was shared before a write is shown after it, even if it is put back', async () => {
    const world = await open();
    const [writer, other] = [await world.start(), await world.start()];
    await readLabel(writer);
    await putDone(world);
    const stored = await readStored(world);
    const caller = {
      ask: (query: string, variables?: object) => writer.ask(query, variables, ann),
    };
    for (const label of ['First', 'Second', 'Third']) {
      await readLabel(other);
      expect(await mutate(caller, 'patchPipeline', { id, label })).toEqual({ errors: [] });
      for (const [key, value] of stored) await world.redis.ask((client) => client.set(key, value));
      expect(await readLabel(writer)).toBe(label);
      expect(await readLabel(await world.start())).toBe(label);
      await vi.waitFor(async () => expect(await readLabel(other)).toBe(label), { timeout: 5_000, interval: 5 });
      expect(await readLabel(other)).toBe(label);
    }
  });

  test('a write of a replica that shares nothing ends what the others share', async () => {
    const world = await open();
    const [first, plain] = [await world.start(), await world.start(null)];
    await readLabel(first);
    await putDone(world);
    const caller = {
      ask: (query: string, variables?: object) => plain.ask(query, variables, ann),
    };
    expect(await mutate(caller, 'patchPipeline', { id, label: 'Newer' })).toEqual({ errors: [] });
    await vi.waitFor(async () => expect(await readLabel(first)).toBe('Newer'), { timeout: 5_000, interval: 5 });
    expect(await readLabel(await world.start())).toBe('Newer');
  });

  test.each<[string, (redis: RedisServer) => unknown, (redis: RedisServer) => unknown]>([
    ['killed', (redis) => redis.kill(), (redis) => redis.restart()],
    ['frozen', (redis) => redis.freeze(), (redis) => redis.thaw()],
  ])(
    'a Redis that is %s costs no error, and no write is hidden when it is back',
    async (_, leave, comeBack) => {
      const world = await open();
      const [writer, other] = [await world.start(), await world.start()];
      await readLabel(writer);
      await putDone(world);
      await leave(world.redis);
      for (const gateway of [writer, other]) expect(await readLabel(gateway)).toBe('Sales Pipeline');
      const caller = {
        ask: (query: string, variables?: object) => writer.ask(query, variables, ann),
      };
      expect(await mutate(caller, 'patchPipeline', { id, label: 'Meanwhile' })).toEqual({ errors: [] });
      expect(await readLabel(writer)).toBe('Meanwhile');
      await comeBack(world.redis);
      await vi.waitFor(async () => expect(await readLabel(other)).toBe('Meanwhile'), { timeout: 15_000, interval: 50 });
      expect(await readLabel(writer)).toBe('Meanwhile');
      await vi.waitFor(async () => expect(await readLabel(await world.start())).toBe('Meanwhile'), 15_000);
    },
    60_000,
  );
});
