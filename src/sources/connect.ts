import type { FastifyBaseLogger } from 'fastify';
import { createCache } from './cache/cache.ts';
import type { Cache } from './cache/cache.ts';
import { snapshotTraits, withCache } from './cache/cached-source.ts';
import type { CollectionKey } from './cache/entries.ts';
import type { OldState } from './cache/settling.ts';
import type { SharedReads } from './cache/shared-reads.ts';
import { findSource } from './find-source.ts';
import { createForgetting } from './forgetting.ts';
import type { Forgetting } from './forgetting.ts';
import { createSource } from './index.ts';
import type { SourceSettings } from './index.ts';
import { openGenerations } from './redis/generations.ts';
import { openInvalidations } from './redis/invalidations.ts';
import type { SharedGenerations } from './redis/invalidations.ts';
import { openRedisLink } from './redis/link.ts';
import type { RedisLink } from './redis/link.ts';
import { createRedisWindowLog } from './redis/rate-window.ts';
import { createSharedAnswers } from './redis/shared-answers.ts';
import type { SharedCounts } from './redis/shared-answers.ts';
import { createSnapshotCipher } from './redis/snapshot-cipher.ts';
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
  /** How often replicas read for each other; null if they do not. */
  readonly sharedCounts: Readonly<SharedCounts> | null;
  close(): Promise<void>;
}

/** Connects all sources through one cache, and through Redis with the other replicas where there is one. */
export function connectSources(settings: readonly SourceSettings[], options: ConnectionOptions): ConnectedSources {
  const { maxBytes, ...times } = options.cache;
  const fleet = openFleet(settings, options);
  const cache = createCache(
    { ...times, refreshMs: options.deadlineMs },
    maxBytes,
    snapshotTraits,
    fleet?.reads ?? null,
  );
  const forgetting = createForgetting(cache, settings, (sourceName) => findSource(sources, sourceName)?.forgetReads());
  const replicas = fleet === null ? null : joinReplicas(fleet, forgetting);
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
    sharedCounts: fleet?.counts ?? null,
    async close() {
      replicas?.close();
      await Promise.all(sources.map((source) => source.close()));
    },
  };
}

/** The link to Redis, with what replicas read for each other if they have a secret for it; null without Redis. */
function openFleet(
  settings: readonly SourceSettings[],
  { redisUrl, redisSecret = null, cache, log }: ConnectionOptions,
): Fleet | null {
  if (redisUrl === null) return null;
  const link = openRedisLink(redisUrl, log);
  if (redisSecret === null || cache.freshMs === 0) return { link, generations: null, reads: null, counts: null };
  const cipher = createSnapshotCipher(redisSecret);
  const generations = openGenerations(link);
  const keyOf = ({ sourceName, objectType }: CollectionKey): string => {
    const account = settings.find(({ name }) => name === sourceName)?.account;
    const owner = account === undefined ? ['source', sourceName] : ['account', account];
    return `pipeline-gateway:{${cipher.nameOf([...owner, objectType])}}:mark`;
  };
  const counts: SharedCounts = { taken: 0, missed: 0, refused: 0, put: 0 };
  const ttlMs = Math.max(cache.freshMs, cache.staleOnErrorMs);
  const reads = createSharedAnswers({ link, cipher, generations, generationKeyOf: keyOf, ttlMs, counts });
  return { link, generations: { generations, keyOf }, reads, counts };
}

interface Fleet {
  readonly link: RedisLink;
  readonly generations: SharedGenerations | null;
  readonly reads: SharedReads | null;
  readonly counts: SharedCounts | null;
}

function joinReplicas({ link, generations }: Fleet, forgetting: Forgetting) {
  const invalidations = openInvalidations(link, forgetting, generations);
  return {
    windowLog: createRedisWindowLog(link, invalidations.replicas),
    writeLease: createWriteLease(link),
    announce: invalidations.announce,
    close(): void {
      invalidations.close();
      generations?.generations.close();
      link.close();
    },
  };
}
