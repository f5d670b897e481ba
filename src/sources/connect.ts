import type { FastifyBaseLogger } from 'fastify';
import { createCache } from './cache/cache.ts';
import type { Cache } from './cache/cache.ts';
import { snapshotTraits, withCache } from './cache/cached-source.ts';
import type { CollectionKey } from './cache/entries.ts';
import type { OldState } from './cache/settling.ts';
import { findSource } from './find-source.ts';
import { createForgetting } from './forgetting.ts';
import type { Forgetting } from './forgetting.ts';
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
  const cache = createCache({ ...times, refreshMs: options.deadlineMs }, maxBytes, snapshotTraits);
  const forgetting = createForgetting(cache, settings, (sourceName) => findSource(sources, sourceName)?.forgetReads());
  const replicas = options.redisUrl === null ? null : joinReplicas(options.redisUrl, forgetting, options.log);
  const windowLog = replicas?.windowLog ?? createMemoryWindowLog();
  const onWrite = (collection: CollectionKey, old?: OldState): void => {
    forgetting.dropWritten(collection, old);
    replicas?.announce(collection, old);
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

function joinReplicas(redisUrl: string, forgetting: Forgetting, log: FastifyBaseLogger) {
  const link = openRedisLink(redisUrl, log);
  const invalidations = openInvalidations(link, forgetting);
  return {
    windowLog: createRedisWindowLog(link, invalidations.replicas),
    writeLease: createWriteLease(link),
    announce: invalidations.announce,
    close(): void {
      invalidations.close();
      link.close();
    },
  };
}
