import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { usualTimes } from '../../support/cache-times.ts';
import { killGateways, spawnGateway } from '../../support/gateway-process.ts';
import type { TestGateway } from '../../support/gateway.ts';
import { mutate } from '../../support/mutate.ts';
import { provideRedisServer } from '../../support/redis-server.ts';
import type { RedisServer } from '../../support/redis-server.ts';
import { startReplicas } from '../../support/replicas.ts';
import type { Replicas, ReplicasOptions } from '../../support/replicas.ts';
import { salesPipelineId as id } from '../../support/seed.ts';

const one = `{ pipeline(id: "${id}") { label } }`;
const list = '{ pipelines(where: { sourceNames: "hubspot", objectTypes: "deals" }) { nodes { label } } }';

async function readLabel({ ask }: Pick<TestGateway, 'ask'>): Promise<string> {
  const { data, errors } = await ask(one);
  expect(errors).toBeUndefined();
  return data.pipeline.label;
}
async function readListed({ ask }: Pick<TestGateway, 'ask'>): Promise<string> {
  return (await ask(list)).data.pipelines.nodes[0].label;
}
/** Renames the pipeline; what the replica that wrote reads back is part of the answer. */
async function rename(gateway: TestGateway, label: string): Promise<void> {
  const payload = await mutate(gateway, 'patchPipeline', { id, label }, 'pipeline { label }');
  expect(payload).toEqual({ errors: [], pipeline: { label } });
}

const redisPath = await provideRedisServer();
let replicas: Replicas | undefined;
afterEach(async () => {
  await replicas?.close();
  replicas = undefined;
  killGateways();
});

async function open(options: ReplicasOptions = {}): Promise<Replicas> {
  replicas = await startReplicas(redisPath ?? '', options);
  const { redis } = replicas;
  // Only from then on does either of them hear of the other's writes.
  await vi.waitFor(async () =>
    expect(await redis.ask((client) => client.pubsub('NUMSUB', 'pipeline-gateway:dropped'))).toEqual([
      'pipeline-gateway:dropped',
      2,
    ]),
  );
  return replicas;
}

/** The ways in which Redis goes away and comes back. */
const absences: readonly [string, (redis: RedisServer) => unknown, (redis: RedisServer) => unknown][] = [
  ['killed', (redis) => redis.kill(), (redis) => redis.restart()],
  ['frozen', (redis) => redis.freeze(), (redis) => redis.thaw()],
];

describe.skipIf(redisPath === null)('two replicas with Redis', () => {
  test('two replicas with Redis see each other’s writes although what they keep is fresh', async () => {
    const { one: writer, other, sandbox } = await open();
    expect(await readLabel(other)).toBe('Sales Pipeline');
    for (const label of ['First', 'Second', 'Third']) {
      await rename(writer, label);
      await sandbox.emptyLog();
      await vi.waitFor(async () => expect(await readLabel(other)).toBe(label), { timeout: 5_000, interval: 5 });
      expect(await readLabel(other)).toBe(label);
      expect(await sandbox.requestLines()).toEqual(['GET /crm/pipelines/2026-09/deals/default']);
    }
  });

  test('two replicas with Redis let no read join one that was in flight when the other wrote, and keep nothing of it', async () => {
    const { one: writer, other, sandbox } = await open();
    await sandbox.fault({ fault: 'latency', when: 'after', ms: 4_000, times: 1, match: { path: '/deals$' } });
    const early = readListed(other);
    let isAnswered = false;
    void early.then(() => (isAnswered = true));
    await vi.waitFor(async () => expect(await sandbox.requests()).toHaveLength(1));
    await rename(writer, 'Renamed');
    // What the other hears is not visible from outside, so it gets the time to hear it, long before the answer comes.
    await sleep(500);
    expect(await readListed(other)).toBe('Renamed');
    expect(isAnswered).toBe(false);
    expect(await early).toBe('Sales Pipeline');
    expect(await readListed(other)).toBe('Renamed');
  });

  test('two replicas with Redis together stay within the upstream’s limit', async () => {
    const off = { freshMs: 0 };
    const { one: first, other, sandbox } = await open({ cache: off, sandbox: { rateLimitTenSecondly: 20 } });
    // From its first answer on, each knows the limit.
    await readLabel(first);
    await readLabel(other);
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        // Reads that could not share one request.
        [first, other].map((gateway) =>
          gateway.ask(
            `{ pipelineByKey(sourceName: "hubspot", objectType: "deals", pipelineId: "p${n}") { label } }`,
            undefined,
            {
              'x-deadline-ms': '2000',
            },
          ),
        ),
      ).flat(),
    );
    const codes = answers.map(({ errors }) => errors?.[0]?.extensions['code'] ?? 'OK');
    expect(new Set(codes)).toEqual(new Set(['OK', 'UPSTREAM_RATE_LIMITED']));
    const statuses = (await sandbox.requests()).map(({ status }) => status);
    expect(statuses).not.toContain(429);
    // A tenth is kept for writes; a replica that Redis kept waiting goes by its own part for a moment.
    expect(statuses.length).toBeGreaterThan(9);
    expect(statuses.length).toBeLessThanOrEqual(20);
  });

  test('two replicas with Redis are both held by a 429 that one of them got', async () => {
    const { one: first, other, sandbox } = await open();
    await sandbox.fault({ fault: 'status', status: 429, headers: { 'retry-after': '60' }, times: 1 });
    const limited = { code: 'UPSTREAM_RATE_LIMITED', retryAfterSeconds: expect.any(Number) };
    expect((await first.ask(one)).errors).toMatchObject([{ extensions: limited }]);
    expect((await other.ask(one)).errors).toMatchObject([{ extensions: limited }]);
    expect(await sandbox.requests()).toHaveLength(1);
  });

  test('two replicas with Redis go on sharing after a 429 whose Retry-After is 0', async () => {
    const { one: first, sandbox } = await open();
    await sandbox.fault({ fault: 'status', status: 429, headers: { 'retry-after': '0' }, times: 1 });
    expect(await readLabel(first)).toBe('Sales Pipeline');
    expect(first.logLines.join()).not.toContain('Redis');
  });

  test.each(absences)(
    'two replicas serve on, each by itself, while Redis is %s in the middle of traffic',
    async (_, away) => {
      const times = { ...usualTimes, freshMs: 300, staleMs: 300, staleOnErrorMs: 300 };
      const { one: first, other, redis } = await open({ cache: times });
      const gone = Promise.resolve(sleep(150).then(() => away(redis)));
      for (let round = 0; round < 8; round += 1) {
        const [writer, reader] = round % 2 === 0 ? [first, other] : [other, first];
        await Promise.all([readLabel(reader), readLabel(writer), readListed(reader), sleep(50)]);
        await rename(writer, `Round ${round}`);
        expect(await readLabel(writer)).toBe(`Round ${round}`);
        expect(await readListed(writer)).toBe(`Round ${round}`);
      }
      await gone;
      await vi.waitFor(async () => expect(await readLabel(first)).toBe('Round 7'), { timeout: 5_000 });
      const warnings = [first, other].flatMap(({ logLines }) => logLines.filter((line) => line.includes('Redis')));
      expect(warnings).toHaveLength(2);
    },
  );

  test.each(absences)(
    'two replicas share again by themselves after Redis was %s, what they missed included',
    async (_, away, back) => {
      const { one: writer, other, redis } = await open();
      await Promise.all([readLabel(writer), readLabel(other)]);
      await away(redis);
      await rename(writer, 'Missed');
      await sleep(300);
      expect(await readLabel(writer)).toBe('Missed');
      expect(await readLabel(other)).toBe('Sales Pipeline');
      await back(redis);
      await vi.waitFor(async () => expect(await readLabel(other)).toBe('Missed'), { timeout: 15_000, interval: 5 });
      // The writer may still think that Redis is away.
      await rename(writer, 'Told later');
      await vi.waitFor(async () => expect(await readLabel(other)).toBe('Told later'), { timeout: 15_000 });
      await rename(other, 'Heard');
      await vi.waitFor(async () => expect(await readLabel(writer)).toBe('Heard'), { timeout: 5_000 });
    },
  );

  test('two replicas keep each to its part of the limit while Redis is away', async () => {
    const off = { freshMs: 0 };
    const { one: first, other, redis, sandbox } = await open({ cache: off, sandbox: { rateLimitTenSecondly: 40 } });
    await readLabel(first);
    await readLabel(other);
    // Each counts the replicas every second.
    await sleep(2_000);
    await redis.kill();
    const ask = (gateway: TestGateway, n: number) =>
      gateway.ask(
        `{ pipelineByKey(sourceName: "hubspot", objectType: "deals", pipelineId: "p${n}") { label } }`,
        undefined,
        {
          'x-deadline-ms': '1500',
        },
      );
    const answers = await Promise.all(
      [first, other].flatMap((gateway) => Array.from({ length: 40 }, (_, n) => ask(gateway, n))),
    );
    const codes = answers.map(({ errors }) => errors?.[0]?.extensions['code'] ?? 'OK');
    expect(new Set(codes)).toEqual(new Set(['OK', 'UPSTREAM_RATE_LIMITED']));
    const statuses = (await sandbox.requests()).map(({ status }) => status);
    expect(statuses).not.toContain(429);
    expect(statuses.length).toBeGreaterThan(10);
    expect(statuses.length).toBeLessThanOrEqual(36);
  });
});

test.each(['redis://127.0.0.1:1', 'redis://nowhere.invalid:6379'])(
  'a gateway whose Redis at %s was never there starts, serves and says so once',
  async (url) => {
    const gateway = spawnGateway({ GATEWAY_REDIS_URL: url });
    const { url: gatewayUrl } = await gateway.ready;
    for (let asked = 0; asked < 5; asked += 1) {
      const answer = await fetch(`${gatewayUrl}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: one }),
      });
      expect(await answer.json()).toMatchObject({ data: { pipeline: { label: 'Sales Pipeline' } } });
      await sleep(300);
    }
    gateway.child.kill('SIGTERM');
    expect(await gateway.ended).toEqual({ code: 0, signal: null });
    const lines = gateway.output.stderr.split('\n').filter((line) => line.includes('Redis'));
    expect(lines).toHaveLength(1);
    expect(gateway.output.stderr).not.toContain('ioredis');
  },
);
