import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultRule } from '../support/sandbox-control.ts';
import type { Random } from './random.ts';
import type { Tally } from './tally.ts';
import type { World } from './world.ts';

/** Faults that say, or leave open, that a write did not happen, and so come before it. */
const before: readonly FaultRule[] = [
  { fault: 'status', status: 500 },
  { fault: 'status', status: 502, body: '<html>Bad Gateway</html>', headers: { 'content-type': 'text/html' } },
  { fault: 'status', status: 503 },
  { fault: 'status', status: 503, headers: { 'retry-after': '1' } },
  { fault: 'status', status: 503, headers: { 'retry-after': '3' } },
  { fault: 'status', status: 423 },
  { fault: 'status', status: 477 },
  { fault: 'status', status: 429 },
  { fault: 'status', status: 429, headers: { 'retry-after': '0' } },
  { fault: 'status', status: 429, headers: { 'retry-after': '1' } },
  { fault: 'reset' },
  { fault: 'hang' },
  { fault: 'latency', ms: 300 },
  { fault: 'latency', ms: 3_000 },
];

/** Faults that hide that a write did happen. */
const after: readonly FaultRule[] = [
  { fault: 'status', status: 500, when: 'after' },
  { fault: 'status', status: 504, when: 'after' },
  { fault: 'reset', when: 'after' },
  { fault: 'reset', when: 'after', part: 'body' },
  { fault: 'hang', when: 'after' },
  { fault: 'hang', when: 'after', part: 'body' },
  { fault: 'latency', when: 'after', ms: 500 },
  { fault: 'latency', when: 'after', ms: 1_900 },
  { fault: 'drip', ms: 1 },
  { fault: 'html' },
  { fault: 'truncate' },
  { fault: 'empty' },
  { fault: 'wrong-shape' },
];

/** Answers to reads that are no answers, large or full of large numbers. */
const hostile: readonly FaultRule[] = [
  { fault: 'status', status: 200, body: { results: Array.from({ length: 200_000 }, () => 0) } },
  { fault: 'status', status: 200, body: { results: Array.from({ length: 1_000 }, () => ({ id: '1', label: '' })) } },
  { fault: 'status', status: 500, body: { message: 'stage label '.repeat(15_000) } },
  { fault: 'status', status: 500, headers: { 'x-hubspot-ratelimit-max': '999999999', 'retry-after': '-5, 1e9' } },
];

/** The path that the gateway uses; the version before it is left alone, so that the truth can be read there. */
const path = '^/crm/pipelines/';

/** Lets faults come and go until the signal fires; then there are none. */
export async function letFaultsRage({ sandbox }: World, tokens: readonly string[], random: Random, run: Run) {
  while (!run.signal.aborted) {
    await sandbox.fault(delayReads(tokens, random));
    await sandbox.fault({ fault: 'latency', ms: slowMs, match: { path, token: slowToken } });
    for (let added = random.between(2, 8); added > 0; added -= 1) {
      await sandbox.fault(pickFault(tokens, random));
      run.tally.count('faults');
    }
    await pause(random.between(200, 800), run);
    await sandbox.clearFaults();
    await pause(random.between(0, 300), run);
  }
}

/** Keeps a few reads of one caller under way for long, so that writes overtake them. */
function delayReads(tokens: readonly string[], random: Random): FaultRule {
  const match = { path, method: 'GET', token: random.pick(tokens) };
  return { fault: 'latency', when: 'after', ms: random.between(200, 1_200), times: random.between(1, 4), match };
}

/** The caller whose upstream is always slow, so that calls of its own wait for their turn all the time. */
export const slowToken = 'storm-slow';
const slowMs = 4_000;

/** Mostly for a few requests of one caller; sometimes for everybody, until the faults are cleared. */
function pickFault(tokens: readonly string[], random: Random): FaultRule {
  const isForAll = random.chance(0.1);
  const match = {
    path,
    ...(random.chance(0.7) ? { method: random.pick(['GET', 'POST', 'PUT', 'PATCH', 'PATCH', 'DELETE']) } : {}),
    ...(isForAll ? {} : { token: random.pick(tokens) }),
  };
  if (random.chance(0.1)) {
    return { ...random.pick(hostile), times: 1, match: { path, method: 'GET', token: random.pick(tokens) } };
  }
  const rule = random.pick(random.chance(0.4) ? before : after);
  return { ...rule, match, ...(isForAll ? {} : { times: random.between(1, 3) }) };
}

/** Kills and starts replicas and Redis, one at a time, until the signal fires; then all are there. */
export async function letProcessesDie(world: World, random: Random, run: Run): Promise<void> {
  while (!run.signal.aborted) {
    await pause(random.between(600, 2_500), run);
    if (run.signal.aborted) return;
    const event = random.pick(['kill replica', 'stop replica', 'kill Redis', 'freeze Redis'] as const);
    run.tally.count(event);
    world.trouble.begin();
    const downMs = random.between(100, 1_500);
    if (event === 'kill Redis') {
      await world.redis.kill();
      await pause(downMs, run);
      await world.redis.restart();
    } else if (event === 'freeze Redis') {
      world.redis.freeze();
      await pause(downMs, run);
      world.redis.thaw();
    } else {
      const replica = random.pick(world.replicas);
      await replica.stop(event === 'kill replica' ? 'SIGKILL' : 'SIGTERM');
      await pause(downMs, run);
      await replica.start();
    }
    world.trouble.end();
    await pause(random.between(0, 8_000), run);
  }
}

/** What the parts of a storm share. */
export interface Run {
  readonly signal: AbortSignal;
  readonly tally: Tally;
}

/** Waits, or ends when the run does. */
export async function pause(ms: number, { signal }: Run): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {});
}
