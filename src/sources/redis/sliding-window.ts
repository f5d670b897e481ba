import { randomUUID } from 'node:crypto';
import { createMemoryWindowLog, toShare } from '../upstream/sliding-window.ts';
import type { RateWindow, WindowLog } from '../upstream/sliding-window.ts';
import type { RedisLink } from './link.ts';

/** Notes one request at the server's own time, or tells how many ms to wait: exact for any window and any number of replicas. */
const takeScript = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local held = redis.call('PTTL', KEYS[2])
if held > 0 then return held end
local interval, capacity = tonumber(ARGV[1]), tonumber(ARGV[2])
if interval == 0 then return 0 end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - interval)
local count = redis.call('ZCARD', KEYS[1])
if count < capacity then
  redis.call('ZADD', KEYS[1], now, ARGV[3])
  redis.call('PEXPIRE', KEYS[1], interval)
  return 0
end
local blocking = redis.call('ZRANGE', KEYS[1], count - capacity, count - capacity, 'WITHSCORES')
return math.max(1, blocking[2] + interval - now)
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
  // Both keys of a credential carry the same hash tag, so that a cluster keeps them together.
  const logKey = (key: string): string => `pipeline-gateway:{${key}}:log`;
  const holdKey = (key: string): string => `pipeline-gateway:{${key}}:hold`;

  return {
    async take(key, window, lane) {
      const capacity = window === null ? 0 : toShare(window, lane);
      const waitMs = await link.run((redis) =>
        redis.eval(takeScript, 2, logKey(key), holdKey(key), toMs(window), capacity, randomUUID()),
      );
      if (waitMs === null) return alone.take(key, window, lane);
      // Redis may be away, or merely late, before the upstream has answered: what was sent meanwhile still counts.
      if (Number(waitMs) <= 0) void alone.take(key, window, lane);
      return Number(waitMs);
    },
    catchUp(key, window, used) {
      alone.catchUp(key, window, used);
      void link.run((redis) => redis.eval(catchUpScript, 1, logKey(key), toMs(window), used, randomUUID()));
    },
    hold(key, ms) {
      alone.hold(key, ms);
      // Redis takes no time to live of 0, which `Retry-After: 0` comes to.
      if (ms <= 0) return;
      void link.run((redis) => redis.eval(holdScript, 1, holdKey(key), Math.ceil(ms)));
    },
    async count(key, window) {
      const count = await link.run((redis) => redis.eval(countScript, 1, logKey(key), toMs(window)));
      return count === null ? alone.count(key, window) : Number(count);
    },
  };
}

function toMs(window: RateWindow | null): number {
  return window === null ? 0 : Math.ceil(window.intervalMs);
}
