import type { SandboxOptions } from '../../sandbox/options.ts';
import { startSandbox } from '../../sandbox/server.ts';
import type { ResilienceSettings } from '../../src/sources/resilience.ts';
import { keptForAMinute, startReplica } from './gateway.ts';
import type { TestGateway, TestGatewayOptions } from './gateway.ts';
import { startRedisServer } from './redis-server.ts';
import type { RedisServer } from './redis-server.ts';
import { controlSandbox } from './sandbox-control.ts';
import type { SandboxControl } from './sandbox-control.ts';

/** Two gateways on one sandbox, which share through a Redis. */
export interface Replicas {
  readonly one: TestGateway;
  readonly other: TestGateway;
  readonly redis: RedisServer;
  readonly sandbox: SandboxControl;
  close(): Promise<void>;
}

/** How the replicas’ caches and their sandbox differ from the usual. */
export interface ReplicasOptions {
  readonly cache?: Partial<ResilienceSettings['cache']>;
  readonly sandbox?: Omit<SandboxOptions, 'port'>;
  readonly sources?: TestGatewayOptions['sources'];
  readonly redisSecret?: string;
}

/** Starts all of them; what is kept stays fresh for a minute unless the options say otherwise. */
export async function startReplicas(redisPath: string, options: ReplicasOptions = {}): Promise<Replicas> {
  const redis = await startRedisServer(redisPath);
  const sandbox = await startSandbox({ ...options.sandbox, port: 0 });
  const cache = { ...keptForAMinute, ...options.cache };
  const { sources, redisSecret = null } = options;
  const resilience = { cache, redisUrl: redis.url, redisSecret };
  const start = () => startReplica(sandbox.url, { resilience, ...(sources === undefined ? {} : { sources }) });
  const [one, other] = [await start(), await start()];
  return {
    one,
    other,
    redis,
    sandbox: controlSandbox(sandbox.url),
    async close() {
      await Promise.all([one.close(), other.close()]);
      await sandbox.close();
      await redis.close();
    },
  };
}
