import { randomUUID } from 'node:crypto';
import { toShare } from '../upstream/lanes.ts';
import { createMemoryWindowLog } from '../upstream/rate-window.ts';
import type { RateWindow, Taken, Wanted, WindowLog } from '../upstream/rate-window.ts';
import type { RedisLink } from './link.ts';

/**
 * Notes one request in each log at the server's own time, or tells how many ms to wait and whether for a hold. Exact for any
 * windows and any number of replicas.
 */
const takeScript = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if ARGV[1] == '0' then
  local held = redis.call('PTTL', KEYS[1])
  if held > 0 then return { held, 1 } end
end
local wait = 0
for index = 2, #KEYS do
  local interval, capacity = tonumber(ARGV[index * 2 - 1]), tonumber(ARGV[index * 2])
  redis.call('ZREMRANGEBYSCORE', KEYS[index], '-inf', now - interval)
  local count = redis.call('ZCARD', KEYS[index])
  if count >= capacity then
    local blocking = redis.call('ZRANGE', KEYS[index], count - capacity, count - capacity, 'WITHSCORES')
    wait = math.max(wait, 1, blocking[2] + interval - now)
  end
end
if wait > 0 then return { wait, 0 } end
for index = 2, #KEYS do
  redis.call('ZADD', KEYS[index], now, ARGV[2])
  redis.call('PEXPIRE', KEYS[index], ARGV[index * 2 - 1])
end
return { 0, 0 }
`;

const catchUpScript = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local interval, used = tonumber(ARGV[1]), tonumber(ARGV[2])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - interval)
for index = redis.call('ZCARD', KEYS[1]) + 1, used do
  redis.call('ZADD', KEYS[1], now, ARGV[3] .. ':' .. index)
end
redis.call('PEXPIRE', KEYS[1], interval)
return 0
`;

const holdScript = `
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[1]) then redis.call('SET', KEYS[1], 1, 'PX', ARGV[1]) end
return 0
`;

const countScript = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
return redis.call('ZCOUNT', KEYS[1], now - tonumber(ARGV[1]), '+inf')
`;

/**
 * A log that all replicas share. While Redis is away each replica keeps to its part of the limits by itself; `replicas` says
 * how many there were last.
 */
export function createRedisWindowLog(link: RedisLink, replicas: () => number): WindowLog {
  const alone = createMemoryWindowLog(() => 1 / replicas());
  return {
    async take(key, wanted) {
      const answer = await link.run((redis) => {
        const keys = [toHoldKey(key), ...wanted.windows.map((window) => toLogKey(key, window))];
        return redis.eval(takeScript, keys.length, ...keys, ...toArguments(wanted));
      });
      if (!isTaken(answer)) return alone.take(key, wanted);
      const [waitMs, isHeld] = answer;
      // Redis may be away, or merely late, before the upstream has answered: what was sent meanwhile still counts.
      if (waitMs <= 0) void alone.take(key, wanted);
      return { waitMs, isHeld: isHeld === 1 } satisfies Taken;
    },
    giveBack(key, windows) {
      alone.giveBack(key, windows);
      for (const window of windows) void link.run((redis) => redis.zpopmax(toLogKey(key, window)));
    },
    catchUp(key, window, used) {
      alone.catchUp(key, window, used);
      const counted = Math.min(used, window.limit);
      void link.run((redis) =>
        redis.eval(catchUpScript, 1, toLogKey(key, window), toMs(window), counted, randomUUID()),
      );
    },
    shareHold(key, ms) {
      // Redis takes no time to live of 0.
      if (ms <= 0) void link.run((redis) => redis.del(toHoldKey(key)));
      else void link.run((redis) => redis.eval(holdScript, 1, toHoldKey(key), Math.ceil(ms)));
    },
    async count(key, window) {
      const count = await link.run((redis) => redis.eval(countScript, 1, toLogKey(key, window), toMs(window)));
      return count === null ? alone.count(key, window) : Number(count);
    },
  };
}

// All keys of a credential carry the same hash tag, so that a cluster keeps them together.
function toLogKey(key: string, { namedBy }: RateWindow): string {
  return `pipeline-gateway:{${key}}:log:${namedBy}`;
}

function toHoldKey(key: string): string {
  return `pipeline-gateway:{${key}}:hold`;
}

function toArguments({ windows, lane, isProbe }: Wanted): readonly (string | number)[] {
  return [isProbe ? 1 : 0, randomUUID(), ...windows.flatMap((window) => [toMs(window), toShare(window.limit, lane)])];
}

function isTaken(answer: unknown): answer is readonly [waitMs: number, isHeld: number] {
  return Array.isArray(answer) && typeof answer[0] === 'number' && typeof answer[1] === 'number';
}

function toMs({ intervalMs }: RateWindow): number {
  return Math.ceil(intervalMs);
}
