import type { FastifyBaseLogger } from 'fastify';
import type { Sources } from './source.ts';
import { openInvalidations } from './redis/invalidations.ts';
import { openRedisLink } from './redis/link.ts';
import { createSharedRequestLog } from './redis/sliding-window.ts';
import { createSource } from './index.ts';
import type { SourceSettings } from './index.ts';
import { createMemoryRequestLog } from './upstream/sliding-window.ts';
import { createStore } from './cache/cache.ts';
import type { Store, StorePlace } from './cache/cache.ts';
import { toSnapshotBytes, withStore } from './cache/cached-source.ts';
import type { WeatherSettings } from './resilience.ts';

/** What the sources are connected with. */
export interface ConnectionOptions extends WeatherSettings {
  readonly deadlineMs: number;
  readonly log: FastifyBaseLogger;
}

/** The connected sources, with everything that lives as long as the process. */
export interface ConnectedSources {
  readonly sources: Sources;
  readonly store: Store;
  close(): Promise<void>;
}

/** Connects all sources through one store, and through Redis with the other replicas where there is one. */
export function connectSources(settings: readonly SourceSettings[], options: ConnectionOptions): ConnectedSources {
  const { maxBytes, ...times } = options.store;
  const store = createStore({ ...times, refreshMs: options.deadlineMs }, maxBytes, toSnapshotBytes);
  const forget: Forgetting = {
    drop(place) {
      store.drop(place);
      sources.find(({ name }) => name === place.sourceName)?.forgetReads();
    },
    clear() {
      store.clear();
      for (const source of sources) source.forgetReads();
    },
  };
  const replicas = options.redisUrl === null ? null : joinReplicas(options.redisUrl, forget, options.log);
  const requestLog = replicas?.requestLog ?? createMemoryRequestLog();
  const onWrite = (place: StorePlace): void => {
    store.drop(place);
    replicas?.announce(place);
  };
  const { circuitRetryMs } = options;
  const sources = settings.map((each) => withStore(createSource(each, { requestLog, circuitRetryMs }), store, onWrite));
  return {
    sources,
    store,
    async close() {
      replicas?.close();
      await Promise.all(sources.map((source) => source.close()));
    },
  };
}

/** What is forgotten when another replica writes: what is kept, and what is being read, which nobody may join any more. */
type Forgetting = Pick<Store, 'drop' | 'clear'>;

function joinReplicas(redisUrl: string, forget: Forgetting, log: FastifyBaseLogger) {
  const link = openRedisLink(redisUrl, log);
  const invalidations = openInvalidations(link, forget);
  return {
    requestLog: createSharedRequestLog(link, invalidations.replicas),
    announce: (place: StorePlace) => invalidations.announce(place),
    close(): void {
      invalidations.close();
      link.close();
    },
  };
}
