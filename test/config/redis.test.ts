import { expect, test } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { readEnvironment } from '../../src/config/environment.ts';
import { printConfig } from '../../src/config/print-config.ts';
import { configProblems } from '../support/config-problems.ts';

const GATEWAY_REDIS_URL = 'redis://127.0.0.1:6379';
const GATEWAY_REDIS_SECRET = 'x'.repeat(32);

test('replicas share nothing of what they read unless there is a secret for it', () => {
  expect(readConfig({ GATEWAY_REDIS_URL }).resilience.redisSecret).toBeNull();
  const env = { GATEWAY_REDIS_URL, GATEWAY_REDIS_SECRET };
  expect(readConfig(env).resilience.redisSecret).toBe(GATEWAY_REDIS_SECRET);
  expect(printConfig(readEnvironment(env), readConfig(env))).not.toContain(GATEWAY_REDIS_SECRET);
});

test('a secret for Redis without a Redis is a problem, and so is a short one', () => {
  expect(configProblems({ GATEWAY_REDIS_SECRET })).toEqual(['GATEWAY_REDIS_SECRET: needs GATEWAY_REDIS_URL']);
  expect(configProblems({ GATEWAY_REDIS_URL, GATEWAY_REDIS_SECRET: 'short' })).toEqual([
    'GATEWAY_REDIS_SECRET: must have at least 32 characters',
  ]);
});
