import { z } from 'zod';
import type { Store, StorePlace } from '../sources/store.ts';
import type { RedisLink } from './link.ts';

const channel = 'pipeline-gateway:dropped';
const countEveryMs = 5_000;
const message = z.object({ from: z.string(), sourceName: z.string(), objectType: z.string() });

/** Tells the other replicas what was written, and drops here what they wrote. */
export interface Invalidations {
  announce(place: StorePlace): void;
  /** How many replicas listen, this one included, as last seen. */
  readonly replicas: () => number;
  close(): void;
}

/** Listens at once. After a time without Redis, in which messages may have been missed, everything kept is dropped. */
export function openInvalidations(link: RedisLink, store: Store): Invalidations {
  const from = crypto.randomUUID();
  let replicas = 1;
  link.subscribe(
    channel,
    (text) => {
      const place = message.safeParse(parse(text));
      if (place.success && place.data.from !== from) store.drop(place.data);
    },
    () => store.clear(),
  );
  const counting = setInterval(() => {
    void link
      .run((redis) => redis.pubsub('NUMSUB', channel))
      .then((answer) => {
        if (answer !== null) replicas = Math.max(1, Number(answer[1]));
      });
  }, countEveryMs);
  counting.unref();

  return {
    announce({ sourceName, objectType }) {
      void link.run((redis) => redis.publish(channel, JSON.stringify({ from, sourceName, objectType })));
    },
    replicas: () => replicas,
    close: () => clearInterval(counting),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
