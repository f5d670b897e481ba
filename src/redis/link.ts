import { Redis } from 'ioredis';
import type { FastifyBaseLogger } from 'fastify';

/** A connection to Redis that may be away at any moment without costing anybody more than a moment. */
export interface RedisLink {
  /** What the command gives; null where Redis does not answer at once. */
  run<T>(command: (redis: Redis) => Promise<T>): Promise<T | null>;
  /** Calls back for each message of a channel, and once after each time that messages may have been missed. */
  subscribe(channel: string, onMessage: (message: string) => void, onMissed: () => void): void;
  close(): void;
}

/** Longer than a healthy Redis takes, short against any deadline. */
const commandTimeoutMs = 100;
/** How long a Redis that did not answer is not asked again. */
const awayMs = 1_000;
const maxReconnectMs = 1_000;

/** Opens the link; whether Redis is there shows when it is used. */
export function openRedisLink(url: string, log: FastifyBaseLogger): RedisLink {
  const retryStrategy = (attempt: number): number => Math.min(50 * 2 ** Math.min(attempt, 10), maxReconnectMs);
  const common = { retryStrategy, connectTimeout: 1_000, maxRetriesPerRequest: 0 };
  const commands = new Redis(url, { ...common, commandTimeout: commandTimeoutMs, enableOfflineQueue: false });
  const subscriber = new Redis(url, { ...common, maxRetriesPerRequest: null });
  let awayUntil = 0;
  let isAway = false;

  function note(away: boolean): void {
    if (away !== isAway) log.warn(away ? 'Redis is away; each replica goes on by itself' : 'Redis is back');
    isAway = away;
  }
  // Without listeners ioredis writes every failure to stderr itself.
  commands.on('error', () => note(true));
  subscriber.on('error', () => note(true));

  return {
    async run(command) {
      if (performance.now() < awayUntil) return null;
      try {
        const result = await command(commands);
        note(false);
        return result;
      } catch {
        awayUntil = performance.now() + awayMs;
        note(true);
        return null;
      }
    },
    subscribe(channel, onMessage, onMissed) {
      let wasConnected = false;
      subscriber.on('message', (from, message) => {
        if (from === channel) onMessage(message);
      });
      subscriber.on('ready', () => {
        if (wasConnected) onMissed();
        wasConnected = true;
      });
      subscriber.subscribe(channel).catch(() => note(true));
    },
    close() {
      commands.disconnect();
      subscriber.disconnect();
    },
  };
}
