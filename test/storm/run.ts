import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from '../support/gateway.ts';
import { openAccount } from './account.ts';
import type { Account } from './account.ts';
import { letFaultsRage, letProcessesDie, pause, slowToken } from './chaos.ts';
import type { Run } from './chaos.ts';
import { raceForRevision, raceForStages } from './race.ts';
import { createRandom } from './random.ts';
import { readList, readOnce } from './read.ts';
import { createTally } from './tally.ts';
import type { Tally } from './tally.ts';
import { timing } from './timing.ts';
import { startWorld } from './world.ts';
import type { World } from './world.ts';
import { writeOnce, writeOutside } from './write.ts';

/** What a storm needs to know. */
interface StormOptions {
  readonly redisPath: string;
  readonly seconds: number;
  /** Chooses what is done; what happens at which moment is the machine's. */
  readonly seed: number;
}

const callers = 6;
const readersPerCaller = 2;
const slowCalls = 20;
const slowQuery = '{ pipelines(first: 5) { nodes { id } } }';
/** After this share of the time no process dies any more, so that memory can be watched. */
const deadlyShare = 0.5;
const calmAttempts = 60;

/** Lets a storm rage over two replicas, and gives what was seen. */
export async function runStorm({ redisPath, seconds, seed }: StormOptions): Promise<Tally> {
  const tally = createTally();
  const world = await startWorld(redisPath, tally);
  try {
    const accounts = Array.from({ length: callers }, (_, number) => openAccount(number, world.sandbox));
    const tokens = [...accounts.map(({ token }) => token), `storm-${callers}`];
    const run: Run = { tally, signal: AbortSignal.timeout(seconds * 1000) };
    const deadly: Run = { tally, signal: AbortSignal.timeout(seconds * 1000 * deadlyShare) };
    const lull: Lull = { is: false, through: null };
    let seeds = seed;
    const newRandom = () => createRandom((seeds += 7919));
    await Promise.all([
      letFaultsRage(world, tokens, newRandom(), run),
      letProcessesDie(world, newRandom(), deadly),
      letWritersRest(lull, newRandom(), run),
      keepRacing(world, openAccount(callers, world.sandbox), newRandom(), run),
      ...Array.from({ length: slowCalls }, () => keepAskingSlowly(world, newRandom(), run)),
      ...accounts.map((account) => keepWriting(world, account, lull, newRandom(), run)),
      ...accounts.flatMap((account) =>
        Array.from({ length: readersPerCaller }, () => keepReading(world, account, newRandom(), run)),
      ),
    ]);
    await world.sandbox.clearFaults();
    await Promise.all(accounts.map((account) => checkCalm(world, account, tally)));
  } finally {
    await world.close();
  }
  return tally;
}

type Random = ReturnType<typeof createRandom>;

/** Whether nobody writes for the moment, and through which replica they do otherwise; null: any. */
interface Lull {
  is: boolean;
  through: string | null;
}

/**
 * Every write empties what its replica keeps, of all callers, so that only in a lull anything grows old. What another replica
 * should have been told of shows only if nobody writes through that one.
 */
async function letWritersRest(lull: Lull, random: Random, run: Run): Promise<void> {
  while (!run.signal.aborted) {
    lull.through = random.pick(['one', 'two', null]);
    await pause(random.between(500, 2_500), run);
    lull.is = true;
    await pause(random.chance(0.2) ? timing.staleMs : timing.propagationMs + random.between(0, 2_500), run);
    lull.is = false;
  }
}

async function keepWriting(world: World, account: Account, lull: Lull, random: Random, run: Run): Promise<void> {
  while (!run.signal.aborted) {
    if (lull.is) {
      // Others write at any time.
      if (random.chance(0.01)) await writeOutside(account, random, run);
    } else if (random.chance(0.1)) await writeOutside(account, random, run);
    else await writeOnce(world, account, lull.through, random, run);
    await pause(random.between(0, 100), run);
  }
}

/** Races of its own account, which nobody else writes in, so that every claim can be held against what is there. */
async function keepRacing(world: World, account: Account, random: Random, run: Run): Promise<void> {
  while (!run.signal.aborted) {
    await (random.chance(0.7) ? raceForStages : raceForRevision)(world, account, random, run);
    await pause(random.between(0, 400), run);
  }
}

/** Asks as the caller with the slow upstream; what it gets is its own business, but nobody else's answers get worse. */
async function keepAskingSlowly(world: World, random: Random, run: Run): Promise<void> {
  while (!run.signal.aborted) {
    const [by] = world.running().toSorted(() => random.next() - 0.5);
    if (by !== undefined) await ask(by.url, { query: slowQuery }, { 'x-hubspot-token': slowToken }).catch(() => null);
    await pause(random.between(0, 200), run);
  }
}

async function keepReading(world: World, account: Account, random: Random, run: Run): Promise<void> {
  while (!run.signal.aborted) {
    await readOnce(world, account, random, run);
    await pause(random.between(0, 40), run);
  }
}

/** When all is well again, every replica shows every account as it is, from the upstream and from what it keeps. */
async function checkCalm(world: World, account: Account, tally: Tally): Promise<void> {
  const run: Run = { tally, signal: new AbortController().signal };
  for (const by of world.running()) {
    let fresh = null;
    for (let attempt = 0; fresh === null && attempt < calmAttempts; attempt += 1) {
      if (attempt > 0) await sleep(250);
      fresh = await readList(world, account, by, true, run);
    }
    const kept = await readList(world, account, by, false, run);
    for (const pipelineId of account.pipelines.keys()) {
      const { text } = await account.readTruth(pipelineId);
      if (fresh?.get(pipelineId) === text && kept?.get(pipelineId) === text) continue;
      const shown = `${fresh?.get(pipelineId)} and ${kept?.get(pipelineId)}`;
      tally.bad('wrongAnswers', `after the storm ${by.name} showed ${shown}, the account has ${text}`);
    }
  }
}
