import { Client } from 'undici';
import { checkAnswers } from './check.ts';
import { runLoad, send } from './load.ts';
import type { Load, Target } from './load.ts';
import type { ServerProcess, Usage } from './processes.ts';
import type { Stack } from './stacks.ts';
import type { Workload } from './workloads.ts';

/** A stack that runs. */
export interface RunningStack {
  readonly stack: Stack;
  readonly server: ServerProcess;
  readonly target: Target;
  /** Resident memory in bytes before anything was asked. */
  readonly idleBytes: number;
}

/** What one stack did of one workload: the round that took the least CPU time. */
export interface Figures extends Load {
  readonly workload: string;
  readonly stack: string;
  /** User and system time of the whole process for one operation. */
  readonly cpuMicros: number;
  /** Upstream requests for one operation, under the load. */
  readonly callsUnderLoad: number;
  /** The same with one operation after the other, so that none share a read. */
  readonly callsAlone: number;
}

/** How much is to be measured. */
interface Amount {
  readonly rounds: number;
  readonly seconds: number;
  readonly connections: number;
}

/** A stack with what it is asked for, and the upstream that it reads from. */
export interface Subject {
  readonly running: RunningStack;
  readonly workload: Workload;
  readonly upstream: ServerProcess;
}

/**
 * Measures all of them: their rounds take turns, so that what slows the machine down slows all of them. Rejects if an answer
 * before or after the rounds is not what the data say.
 */
export async function measureInTurns(subjects: readonly Subject[], amount: Amount): Promise<readonly Figures[]> {
  const best = new Map<Subject, Figures>();
  const callsAlone = new Map<Subject, number>();
  for (const subject of subjects) callsAlone.set(subject, await prepare(subject, amount));
  for (let count = 0; count < amount.rounds; count += 1) {
    for (const subject of subjects) {
      const round = await runRound(subject, amount);
      const last = best.get(subject);
      if (last === undefined || round.cpuMicros < last.cpuMicros)
        best.set(subject, { ...round, callsAlone: callsAlone.get(subject) ?? 0 });
    }
  }
  for (const { running, workload } of subjects) await checkAnswers(running.target, workload);
  return [...best.values()];
}

/** Checks the answers, warms up, and gives the calls of operations that come one after the other. */
async function prepare(subject: Subject, amount: Amount): Promise<number> {
  const { target } = subject.running;
  const { workload } = subject;
  await checkAnswers(target, workload);
  // Code that is not compiled yet is no measure of anything, and nor is what is read for the first time.
  await runLoad(target, workload.next, { ...amount, seconds: amount.seconds / 2, atLeast: workload.distinct });
  return countCallsAlone(subject);
}

async function runRound(
  { running: { server, stack, target }, upstream, workload }: Subject,
  amount: Amount,
): Promise<Omit<Figures, 'callsAlone'>> {
  const callsBefore = await countCalls(upstream);
  const before = await server.ask<Usage>('usage');
  const load = await runLoad(target, workload.next, amount);
  const after = await server.ask<Usage>('usage');
  return {
    ...load,
    workload: workload.name,
    stack: stack.name,
    cpuMicros: (after.cpuMicros - before.cpuMicros) / load.operations,
    callsUnderLoad: ((await countCalls(upstream)) - callsBefore) / load.operations,
  };
}

async function countCallsAlone({ running: { target }, upstream, workload }: Subject): Promise<number> {
  const client = new Client(target.url);
  const before = await countCalls(upstream);
  for (let count = 0; count < workload.samples; count += 1) await send(client, target, workload.next());
  await client.close();
  return ((await countCalls(upstream)) - before) / workload.samples;
}

async function countCalls(upstream: ServerProcess): Promise<number> {
  return (await upstream.ask<{ readonly requests: number }>('requests')).requests;
}
