import { z } from 'zod';
import type { Cache } from '../cache/cache.ts';
import type { CollectionKey } from '../cache/entries.ts';
import type { OldState } from '../cache/settling.ts';
import type { Generations } from './generations.ts';
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
  /** What the sender has ended of what replicas share. */
  generation: z.string().optional(),
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
export function openInvalidations(
  link: RedisLink,
  cache: Pick<Cache, 'drop' | 'clear'>,
  shared: SharedGenerations | null = null,
): Invalidations {
  const from = crypto.randomUUID();
  const announcements = openAnnouncements(link, shared);
  let replicas = 1;
  const count = async (): Promise<void> => {
    const answer = await link.run((redis) => redis.pubsub('NUMSUB', channel));
    if (answer !== null) replicas = Math.max(1, Number(answer[1]));
  };

  link.subscribe(
    channel,
    (text) => {
      const { data } = message.safeParse(parse(text));
      if (data === undefined || data.from === from) return;
      endGeneration(shared, data);
      cache.drop(data, data.old);
    },
    () => {
      cache.clear();
      void count();
    },
  );
  const counting = setInterval(() => void count(), countEveryMs).unref();

  return {
    announce({ sourceName, objectType }, old) {
      const generation = shared?.keyOf({ sourceName, objectType });
      announcements.make(JSON.stringify({ from, sourceName, objectType, old, generation }), generation);
    },
    replicas: () => replicas,
    close() {
      clearInterval(counting);
      announcements.close();
    },
  };
}

/** A replica that shares nothing, or by another secret, has not ended what this one shares. */
function endGeneration(shared: SharedGenerations | null, written: z.infer<typeof message>): void {
  const generation = shared?.keyOf(written);
  if (generation !== undefined && written.generation !== generation) void shared?.generations.end(generation);
}

/** The marks of what replicas share, if they do. */
export interface SharedGenerations {
  readonly generations: Generations;
  readonly keyOf: (collection: CollectionKey) => string;
}

/** What is still to be told: the number of its last announcement, and the generation that ends before it is told. */
interface Announcement {
  readonly number: number;
  readonly generation: string | undefined;
}

/** Tells every text once, and again until Redis has taken it. */
function openAnnouncements(link: RedisLink, shared: SharedGenerations | null) {
  const untold = new Map<string, Announcement>();
  let made = 0;
  const tell = async (text: string): Promise<void> => {
    const announcement = untold.get(text);
    const generation = announcement?.generation;
    // Who hears of the write must find nothing that was shared before it.
    if (generation !== undefined && (await shared?.generations.end(generation)) === false) return;
    const told = await link.run((redis) => redis.publish(channel, text));
    if (told !== null && untold.get(text) === announcement) untold.delete(text);
  };
  const timer = setInterval(() => {
    for (const text of untold.keys()) void tell(text);
  }, announceAgainMs).unref();
  return {
    make(text: string, generation: string | undefined): void {
      untold.set(text, { number: (made += 1), generation });
      void tell(text);
    },
    close: (): void => clearInterval(timer),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
