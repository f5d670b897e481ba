import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { provideProgram } from './debian-package.ts';
import { refusingUrl } from './stuck-upstreams.ts';

/** A real redis-server of a test's own, on loopback and with nothing on disk. */
export interface RedisServer {
  readonly url: string;
  /** Ends the process at once, as a crash does. */
  kill(): Promise<void>;
  /** Stops the process where it is: connections stay, and nothing is answered. */
  freeze(): void;
  thaw(): void;
  /** Starts it again on the same port, empty, after a kill. */
  restart(): Promise<void>;
  /** What `redis-cli` would be used for. */
  ask<T>(question: (redis: Redis) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** The path of a redis-server, installed where it is missing; null where the tests that need one are to be skipped. */
export function provideRedisServer(): Promise<string | null> {
  return provideProgram({
    name: 'redis-server',
    path: '/usr/bin/redis-server',
    variable: 'REDIS_SERVER_PATH',
    debianPackage: 'redis-server',
    tests: 'The tests with Redis',
  });
}

const startAttempts = 100;

/** Starts one on a free port; ends when it answers. */
export async function startRedisServer(executablePath: string): Promise<RedisServer> {
  const { port } = new URL(await refusingUrl());
  const url = `redis://127.0.0.1:${port}`;
  let child: ChildProcess | null = null;

  async function start(): Promise<void> {
    const options = ['--port', port, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    child = spawn(executablePath, options, { stdio: 'ignore' });
    for (let attempt = 1; ; attempt += 1) {
      if (await ask((redis) => redis.ping()).catch(() => null)) return;
      if (attempt === startAttempts || child.exitCode !== null) throw new Error(`${executablePath} does not start.`);
      await sleep(50);
    }
  }
  async function kill(): Promise<void> {
    const ending = child;
    child = null;
    if (ending === null) return;
    const ended = once(ending, 'exit');
    ending.kill('SIGKILL');
    await ended;
  }
  async function ask<T>(question: (redis: Redis) => Promise<T>): Promise<T> {
    const redis = new Redis(url, { retryStrategy: () => null, maxRetriesPerRequest: 0 });
    redis.on('error', () => {});
    try {
      return await question(redis);
    } finally {
      redis.disconnect();
    }
  }

  await start();
  return {
    url,
    kill,
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    restart: start,
    ask,
    close: kill,
  };
}
