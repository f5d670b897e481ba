import type { FastifyBaseLogger } from 'fastify';
import { Redis } from 'ioredis';

/** A connection to Redis that may be away at any moment without costing anybody more than a moment. */
export interface RedisLink {
  /** What the command gives; null where Redis does not answer at once. */
  run<T>(command: (redis: Redis) => Promise<T>): Promise<T | null>;
  /** Calls back for each message of a channel, and each time that it begins to listen: messages before that were missed. */
  subscribe(channel: string, onMessage: (message: string) => void, onListening: () => void): void;
  close(): void;
}

/** Longer than a healthy Redis takes, also where this process is busy; short against any deadline. */
const commandTimeoutMs = 250;
/** How long a Redis that did not answer is not asked again. */
const awayMs = 1_000;
const maxReconnectMs = 1_000;
/** A connection whose other end is gone without a word says so only by not answering. */
const maxUnanswered = 5;
const heartbeatMs = 2_000;
const heartbeatTimeoutMs = 1_000;

/** Opens the link; whether Redis is there shows when it is used. */
export function openRedisLink(url: string, log: FastifyBaseLogger): RedisLink {
  const retryStrategy = (attempt: number): number => Math.min(50 * 2 ** Math.min(attempt, 10), maxReconnectMs);
  const common = { retryStrategy, connectTimeout: 1_000, autoResendUnfulfilledCommands: false };
  const commands = new Redis(url, {
    ...common,
    commandTimeout: commandTimeoutMs,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
  });
  const subscriber = new Redis(url, { ...common, commandTimeout: heartbeatTimeoutMs, autoResubscribe: false });
  let awayUntil = 0;
  let unanswered = 0;
  let isAway = false;
  let isClosed = false;

  function note(away: boolean): void {
    if (isClosed || away === isAway) return;
    isAway = away;
    log.warn(away ? 'Redis is away; each replica goes on by itself' : 'Redis is back');
  }
  // Without listeners ioredis writes every failure to stderr itself.
  for (const redis of [commands, subscriber]) redis.on('error', () => note(true));
  commands.on('ready', () => note(false));

  const heartbeat = setInterval(() => {
    if (subscriber.status === 'ready') subscriber.ping().catch(() => subscriber.disconnect(true));
  }, heartbeatMs);
  heartbeat.unref();

  return {
    async run(command) {
      if (commands.status !== 'ready' || performance.now() < awayUntil) return null;
      try {
        const result = await command(commands);
        unanswered = 0;
        note(false);
        return result;
      } catch {
        awayUntil = performance.now() + awayMs;
        unanswered += 1;
        if (unanswered % maxUnanswered === 0) commands.disconnect(true);
        note(true);
        return null;
      }
    },
    subscribe(channel, onMessage, onListening) {
      subscriber.on('message', (from, message) => {
        if (from === channel) onMessage(message);
      });
      subscriber.on('ready', () => {
        // Where it fails, the connection has ended, and the next one subscribes.
        subscriber.subscribe(channel).then(onListening, () => subscriber.disconnect(!isClosed));
      });
    },
    close() {
      isClosed = true;
      clearInterval(heartbeat);
      commands.disconnect();
      subscriber.disconnect();
    },
  };
}
