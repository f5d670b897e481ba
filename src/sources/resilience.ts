import { z } from 'zod';
import type { CacheTimes } from './cache/times.ts';

/** How the gateway meets upstreams that fail, limit and lie; times in milliseconds. */
export interface ResilienceSettings {
  readonly cache: Omit<CacheTimes, 'refreshMs'> & { readonly maxBytes: number };
  readonly circuitRetryMs: number;
  /** Null where replicas share nothing. */
  readonly redisUrl: string | null;
  /** What replicas hide from Redis what they read for each other with; they do not if it is null or left out. */
  readonly redisSecret?: string | null;
}

/** The variables that these settings are read from. */
export const resilienceVariables = {
  GATEWAY_STORE_FRESH_SECONDS: cacheSeconds(30).describe(
    'How long what was read is served without asking the upstream; 0 turns the store off.',
  ),
  GATEWAY_STORE_WAIT_MILLISECONDS: z.coerce
    .number('must be a number from 0 to 10000')
    .min(0)
    .max(10_000)
    .default(500)
    .describe(
      'How long a read past the fresh time waits for the refresh, counted from when that began; then it is served what is old.',
    ),
  GATEWAY_STORE_STALE_SECONDS: cacheSeconds(300).describe('Until what age it is served while it is refreshed.'),
  GATEWAY_STORE_STALE_ON_ERROR_SECONDS: cacheSeconds(3600).describe(
    'Until what age it is served where the upstream fails; `extensions.stale` then says so.',
  ),
  GATEWAY_STORE_SETTLE_SECONDS: z.coerce
    .number('must be a number from 0 to 60')
    .min(0)
    .max(60)
    .default(5)
    .describe('How long after a write what still shows the old state is asked for again by each read.'),
  GATEWAY_STORE_NO_CACHE: z
    .enum(['second', 'always', 'never'], 'must be second, always or never')
    .default('second')
    .describe(
      'When `Cache-Control: no-cache` is honoured: at most once a second for one place and credential, always, or never.',
    ),
  GATEWAY_STORE_MEGABYTES: z.coerce
    .number('must be a number from 1 to 16384')
    .min(1)
    .max(16_384)
    .default(64)
    .describe('How much memory the store may take.'),
  GATEWAY_CIRCUIT_RETRY_SECONDS: z.coerce
    .number('must be a number above 0 and at most 3600')
    .positive()
    .max(3600)
    .default(10)
    .describe(
      'How long an upstream that keeps failing, or asks to be left alone, is left alone before one read tries again.',
    ),
  GATEWAY_REDIS_URL: z
    .url({ protocol: /^rediss?$/, error: 'must be a redis or rediss URL' })
    .optional()
    .describe('A Redis through which replicas share rate budgets and tell each other of writes.')
    .meta({ secret: true }),
  GATEWAY_REDIS_SECRET: z
    .string()
    .min(32, 'must have at least 32 characters')
    .optional()
    .describe('A secret of the fleet. With it replicas read for each other: answers lie in Redis, encrypted.')
    .meta({ secret: true }),
};

/** Checked variables as settings. */
export function toResilienceSettings(variables: z.infer<z.ZodObject<typeof resilienceVariables>>): ResilienceSettings {
  const freshMs = variables.GATEWAY_STORE_FRESH_SECONDS * 1000;
  return {
    cache: {
      freshMs,
      waitMs: variables.GATEWAY_STORE_WAIT_MILLISECONDS,
      staleMs: Math.max(freshMs, variables.GATEWAY_STORE_STALE_SECONDS * 1000),
      staleOnErrorMs: variables.GATEWAY_STORE_STALE_ON_ERROR_SECONDS * 1000,
      settleMs: variables.GATEWAY_STORE_SETTLE_SECONDS * 1000,
      throughMs: throughTimesMs[variables.GATEWAY_STORE_NO_CACHE],
      maxBytes: variables.GATEWAY_STORE_MEGABYTES * 1024 * 1024,
    },
    circuitRetryMs: variables.GATEWAY_CIRCUIT_RETRY_SECONDS * 1000,
    redisUrl: variables.GATEWAY_REDIS_URL ?? null,
    redisSecret: variables.GATEWAY_REDIS_SECRET ?? null,
  };
}

/** Of what age something kept is served in spite of `no-cache`; null: of any that others are served. */
const throughTimesMs = { second: 1_000, always: 0, never: null } as const;

function cacheSeconds(seconds: number) {
  return z.coerce.number('must be a number from 0 to 86400').min(0).max(86_400).default(seconds);
}
