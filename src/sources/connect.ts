import type { FastifyBaseLogger } from 'fastify';
import { createCache } from './cache/cache.ts';
import type { Cache } from './cache/cache.ts';
import { toSnapshotBytes, withCache } from './cache/cached-source.ts';
import type { CollectionKey } from './cache/entries.ts';
import { findSource } from './find-source.ts';
import { createSource } from './index.ts';
import type { SourceSettings } from './index.ts';
import { openInvalidations } from './redis/invalidations.ts';
import { openRedisLink } from './redis/link.ts';
import { createRedisWindowLog } from './redis/rate-window.ts';
import { createWriteLease } from './redis/write-lease.ts';
import type { ResilienceSettings } from './resilience.ts';
import type { Sources } from './source.ts';
import { createMemoryWindowLog } from './upstream/rate-window.ts';
import { createWriteTurns, withTurns } from './write-turns.ts';

/** What the sources are connected with. */
interface ConnectionOptions extends ResilienceSettings {
  readonly deadlineMs: number;
  readonly log: FastifyBaseLogger;
}

/** The connected sources, with everything that lives as long as the process. */
interface ConnectedSources {
  readonly sources: Sources;
  readonly cache: Cache;
  close(): Promise<void>;
}

/** Connects all sources through one cache, and through Redis with the other replicas where there is one. */
export function connectSources(settings: readonly SourceSettings[], options: ConnectionOptions): ConnectedSources {
  const { maxBytes, ...times } = options.cache;
  const cache = createCache({ ...times, refreshMs: options.deadlineMs }, maxBytes, toSnapshotBytes);
  const forget: Forgetting = {
    drop(collection) {
      cache.drop(collection);
      findSource(sources, collection.sourceName)?.forgetReads();
    },
    clear() {
      cache.clear();
      for (const source of sources) source.forgetReads();
    },
  };
  const replicas = options.redisUrl === null ? null : joinReplicas(options.redisUrl, forget, options.log);
  const windowLog = replicas?.windowLog ?? createMemoryWindowLog();
  const onWrite = (collection: CollectionKey): void => {
    cache.drop(collection);
    replicas?.announce(collection);
  };
  const { circuitRetryMs, deadlineMs } = options;
  const shared = { windowLog, circuitRetryMs, deadlineMs, keepsBodies: times.freshMs > 0 };
  const turns = createWriteTurns(replicas?.writeLease ?? null);
  const sources = settings.map((each) =>
    withTurns(withCache(createSource(each, shared), cache, onWrite), turns, each.account ?? null),
  );
  return {
    sources,
    cache,
    async close() {
      replicas?.close();
      await Promise.all(sources.map((source) => source.close()));
    },
  };
}

/** What is forgotten when another replica writes: what is kept, and what is being read, which nobody may join any more. */
type Forgetting = Pick<Cache, 'drop' | 'clear'>;

function joinReplicas(redisUrl: string, forget: Forgetting, log: FastifyBaseLogger) {
  const link = openRedisLink(redisUrl, log);
  const invalidations = openInvalidations(link, forget);
  return {
    windowLog: createRedisWindowLog(link, invalidations.replicas),
    writeLease: createWriteLease(link),
    announce: (collection: CollectionKey) => invalidations.announce(collection),
    close(): void {
      invalidations.close();
      link.close();
    },
  };
}
