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
  const { commands, subscriber } = connect(url);
  const presence = watchPresence(commands, subscriber, log);
  const heartbeat = setInterval(() => {
    if (subscriber.status === 'ready') subscriber.ping().catch(() => subscriber.disconnect(true));
  }, heartbeatMs);
  heartbeat.unref();

  return {
    run: createRun(commands, presence),
    subscribe(channel, onMessage, onListening) {
      subscriber.on('message', (from, message) => {
        if (from === channel) onMessage(message);
      });
      subscriber.on('ready', () => {
        // If it fails, the connection has ended, and the next one subscribes.
        subscriber.subscribe(channel).then(onListening, () => subscriber.disconnect(!presence.isOver()));
      });
    },
    close() {
      presence.end();
      clearInterval(heartbeat);
      commands.disconnect();
      subscriber.disconnect();
    },
  };
}

function connect(url: string): { readonly commands: Redis; readonly subscriber: Redis } {
  const retryStrategy = (attempt: number): number => Math.min(50 * 2 ** Math.min(attempt, 10), maxReconnectMs);
  const common = { retryStrategy, connectTimeout: 1_000, autoResendUnfulfilledCommands: false };
  const commands = new Redis(url, {
    ...common,
    commandTimeout: commandTimeoutMs,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
  });
  const subscriber = new Redis(url, { ...common, commandTimeout: heartbeatTimeoutMs, autoResubscribe: false });
  return { commands, subscriber };
}

/** Says in the log when Redis goes and when it comes back. */
interface Presence {
  note(isAway: boolean): void;
  /** From now on nothing is said. */
  end(): void;
  readonly isOver: () => boolean;
}

function watchPresence(commands: Redis, subscriber: Redis, log: FastifyBaseLogger): Presence {
  let isAway = false;
  let isOver = false;
  const note = (away: boolean): void => {
    if (isOver || away === isAway) return;
    isAway = away;
    log.warn(away ? 'Redis is away; each replica goes on by itself' : 'Redis is back');
  };
  // Without listeners ioredis writes every failure to stderr itself.
  for (const redis of [commands, subscriber]) redis.on('error', () => note(true));
  commands.on('ready', () => note(false));
  return {
    note,
    end() {
      isOver = true;
    },
    isOver: () => isOver,
  };
}

function createRun(commands: Redis, presence: Presence): RedisLink['run'] {
  let awayUntil = 0;
  let unanswered = 0;
  return async (command) => {
    if (commands.status !== 'ready' || performance.now() < awayUntil) return null;
    try {
      const result = await command(commands);
      unanswered = 0;
      presence.note(false);
      return result;
    } catch {
      awayUntil = performance.now() + awayMs;
      unanswered += 1;
      if (unanswered % maxUnanswered === 0) commands.disconnect(true);
      presence.note(true);
      return null;
    }
  };
}
