import { randomUUID } from 'node:crypto';
import type { RedisLink } from './link.ts';

/** Marks in Redis, one for each collection, that change with each write: what was read under another mark is not taken. */
export interface Generations {
  /** Ends what was read before; resolves when Redis has it. Until then, {@link Generations.isEnding}. */
  end(key: string): Promise<boolean>;
  /** Whether there was a write that Redis may not know of. */
  isEnding(key: string): boolean;
  close(): void;
}

/** As long as anything that is read under a mark. A mark that is lost is made anew, as another one. */
export const generationMs = 7 * 24 * 60 * 60 * 1000;
const endAgainMs = 200;

/** Ends each generation now, or as soon as Redis is back. */
export function openGenerations(link: RedisLink): Generations {
  const ending = new Map<string, number>();
  let count = 0;
  const tell = async (key: string): Promise<boolean> => {
    const number = ending.get(key);
    const done = await link.run((redis) => redis.set(key, randomUUID(), 'PX', generationMs));
    if (done !== null && ending.get(key) === number) ending.delete(key);
    return done !== null;
  };
  const timer = setInterval(() => {
    for (const key of ending.keys()) void tell(key);
  }, endAgainMs).unref();
  return {
    end(key) {
      ending.set(key, (count += 1));
      return tell(key);
    },
    isEnding: (key) => ending.has(key),
    close: () => clearInterval(timer),
  };
}
