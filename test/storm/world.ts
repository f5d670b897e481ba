import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox } from '../../sandbox/server.ts';
import { startRedisServer } from '../support/redis-server.ts';
import type { RedisServer } from '../support/redis-server.ts';
import { controlSandbox } from '../support/sandbox-control.ts';
import type { SandboxControl } from '../support/sandbox-control.ts';
import type { Reached } from './pipeline-model.ts';
import { createReplica } from './replica.ts';
import type { Replica, Running } from './replica.ts';
import type { Tally } from './tally.ts';
import { timing } from './timing.ts';

/** What a storm rages in: two replicas on one sandbox, with a Redis between them. */
export interface World {
  readonly sandbox: SandboxControl;
  readonly redis: RedisServer;
  readonly replicas: readonly Replica[];
  /** Those that run now. */
  readonly running: () => readonly Running[];
  /** To be called when something of it went away, and when it is back. */
  readonly trouble: { begin(): void; end(): void };
  readonly reached: Reached;
  close(): Promise<void>;
}

const seconds = (ms: number): string => String(ms / 1000);

/** Starts everything; ends when both replicas answer. */
export async function startWorld(redisPath: string, tally: Tally): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'storm-'));
  const [sandboxServer, redis] = await Promise.all([startSandbox({ port: 0 }), startRedisServer(redisPath)]);
  const credential = { mode: 'forward', header: 'x-hubspot-token' };
  const source = { name: 'hubspot', kind: 'hubspot', url: sandboxServer.url, objectTypes: ['deals'], credential };
  await writeFile(join(folder, 'sources.json'), JSON.stringify({ sources: [source] }));
  const env = {
    GATEWAY_SOURCES: join(folder, 'sources.json'),
    GATEWAY_REDIS_URL: redis.url,
    GATEWAY_REDIS_SECRET: 'the-secret-of-the-fleet-in-this-storm',
    // So little that whatever is kept for ever shows, and ends the replica.
    NODE_OPTIONS: '--max-old-space-size=128',
    GATEWAY_STORE_MEGABYTES: '4',
    GATEWAY_LOG_LEVEL: 'error',
    GATEWAY_MAX_REQUESTS_PER_MINUTE: '0',
    GATEWAY_DEADLINE_SECONDS: seconds(timing.deadlineMs),
    GATEWAY_STORE_FRESH_SECONDS: seconds(timing.freshMs),
    GATEWAY_STORE_STALE_SECONDS: seconds(timing.staleMs),
    GATEWAY_STORE_STALE_ON_ERROR_SECONDS: seconds(timing.staleOnErrorMs),
    GATEWAY_CIRCUIT_RETRY_SECONDS: seconds(timing.circuitRetryMs),
  };
  const replicas = ['one', 'two'].map((name) => createReplica(name, env, tally));
  await Promise.all(replicas.map((replica) => replica.start()));
  const { trouble, reached } = createTroubles();
  return {
    sandbox: controlSandbox(sandboxServer.url),
    redis,
    replicas,
    running: () => replicas.flatMap((replica) => replica.running() ?? []),
    trouble,
    reached,
    async close() {
      await Promise.all(replicas.map((replica) => replica.stop('SIGTERM')));
      await Promise.all([sandboxServer.close(), redis.close(), rm(folder, { recursive: true })]);
    },
  };
}

/** Remembers when the replicas could not be sure to hear of each other. */
function createTroubles(): Pick<World, 'trouble' | 'reached'> {
  const spans: { from: number; until: number }[] = [];
  return {
    trouble: {
      begin: () => void spans.push({ from: performance.now(), until: Infinity }),
      end() {
        const span = spans.findLast(({ until }) => until === Infinity);
        if (span !== undefined) span.until = performance.now() + timing.redisRecoveryMs;
      },
    },
    reached: (from, until) => !spans.some((span) => span.from <= until + timing.propagationMs && span.until >= from),
  };
}
