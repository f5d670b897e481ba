import { z } from 'zod';
import type { Cache } from '../cache/cache.ts';
import type { CollectionKey } from '../cache/entries.ts';
import type { OldState } from '../cache/settling.ts';
import type { RedisLink } from './link.ts';

const channel = 'pipeline-gateway:dropped';
const countEveryMs = 1_000;
const announceAgainMs = 200;
const oldState = z.object({ pipelineId: z.string(), stageId: z.string().nullable(), revision: z.string().nullable() });
const message = z.object({
  from: z.string(),
  sourceName: z.string(),
  objectType: z.string(),
  old: oldState.optional(),
});

/** Tells the other replicas what was written, and drops here what they wrote. */
interface Invalidations {
  /** Tells now, or as soon as Redis is back; a revision is all that leaves the process of what is in a pipeline. */
  readonly announce: (collection: CollectionKey, old?: OldState) => void;
  /** How many replicas listen, this one included, as last seen. */
  readonly replicas: () => number;
  close(): void;
}

/** Listens at once. After a time without Redis, in which messages may have been missed, everything kept is dropped. */
export function openInvalidations(link: RedisLink, cache: Pick<Cache, 'drop' | 'clear'>): Invalidations {
  const from = crypto.randomUUID();
  const announcements = openAnnouncements(link);
  let replicas = 1;
  const count = async (): Promise<void> => {
    const answer = await link.run((redis) => redis.pubsub('NUMSUB', channel));
    if (answer !== null) replicas = Math.max(1, Number(answer[1]));
  };

  link.subscribe(
    channel,
    (text) => {
      const collection = message.safeParse(parse(text));
      if (collection.success && collection.data.from !== from) cache.drop(collection.data, collection.data.old);
    },
    () => {
      cache.clear();
      void count();
    },
  );
  const counting = setInterval(() => void count(), countEveryMs).unref();

  return {
    announce: ({ sourceName, objectType }, old) =>
      announcements.make(JSON.stringify({ from, sourceName, objectType, old })),
    replicas: () => replicas,
    close() {
      clearInterval(counting);
      announcements.close();
    },
  };
}

/** Tells every text once, and again until Redis has taken it. */
function openAnnouncements(link: RedisLink): { make(text: string): void; close(): void } {
  /** What is still to be told, each with the number of its last announcement. */
  const untold = new Map<string, number>();
  let made = 0;
  const tell = async (text: string): Promise<void> => {
    const announcement = untold.get(text);
    const told = await link.run((redis) => redis.publish(channel, text));
    if (told !== null && untold.get(text) === announcement) untold.delete(text);
  };
  const timer = setInterval(() => {
    for (const text of untold.keys()) void tell(text);
  }, announceAgainMs).unref();
  return {
    make(text) {
      untold.set(text, (made += 1));
      void tell(text);
    },
    close: () => clearInterval(timer),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
