import { toPipelineId } from '../support/seed.ts';
import type { Account } from './account.ts';
import type { Run } from './chaos.ts';
import { exchange, outages } from './exchange.ts';
import type { Exchange } from './exchange.ts';
import { stateFields, toText } from './pipeline-state.ts';
import type { PipelineState } from './pipeline-state.ts';
import type { Random } from './random.ts';
import type { Running } from './replica.ts';
import type { World } from './world.ts';

interface Shown extends PipelineState {
  readonly pipelineId: string;
}

const listQuery = `{ pipelines(where: { objectTypes: ["deals"] }, first: 500) { nodes { ${stateFields} } failures { code message } } }`;

/** Reads one pipeline or all of them through a replica, and judges every state that the answer shows. */
export async function readOnce(world: World, account: Account, random: Random, run: Run): Promise<void> {
  const [by] = world.running().toSorted(() => random.next() - 0.5);
  const models = [...account.pipelines.keys()];
  if (by === undefined || models.length === 0) return;
  // Each renews what is kept, and so hides what should have been dropped.
  const isThrough = random.chance(0.03);
  if (random.chance(0.5)) await readList(world, account, by, isThrough, run);
  else await readOne(world, account, by, random.pick(models), isThrough, run);
}

async function readOne(
  world: World,
  account: Account,
  by: Running,
  pipelineId: string,
  isThrough: boolean,
  run: Run,
): Promise<void> {
  const query = `{ pipeline(id: "${toPipelineId(pipelineId)}") { ${stateFields} } }`;
  const done = await exchange(world, run, by, account, { query }, toHeaders(isThrough));
  if (done.answer === null || done.answer.errors !== undefined) return;
  run.tally.count('reads of one');
  judge({ world, account, run, done, isThrough }, pipelineId, done.answer.data.pipeline);
}

/** Judges a whole list; gives the states that it shows, or null where it could not be read. */
export async function readList(
  world: World,
  account: Account,
  by: Running,
  isThrough: boolean,
  run: Run,
): Promise<ReadonlyMap<string, string | null> | null> {
  const known = [...account.pipelines.keys()];
  const done = await exchange(world, run, by, account, { query: listQuery }, toHeaders(isThrough));
  const list = done.answer?.data?.pipelines;
  if (list === undefined) return null;
  for (const { code, message } of list.failures) {
    run.tally.count(`error ${code}`);
    if (!outages.has(code)) run.tally.bad('wrongAnswers', `failure ${code} ${message}`);
  }
  if (list.failures.length > 0) return null;
  run.tally.count('reads of all');
  const nodes = new Map<string, Shown>(list.nodes.map((node: Shown) => [node.pipelineId, node]));
  for (const pipelineId of known) {
    judge({ world, account, run, done, isThrough }, pipelineId, nodes.get(pipelineId) ?? null);
  }
  return new Map(known.map((pipelineId) => [pipelineId, toText(nodes.get(pipelineId) ?? null)]));
}

interface Judging {
  readonly world: World;
  readonly account: Account;
  readonly run: Run;
  readonly done: Exchange;
  readonly isThrough: boolean;
}

function judge({ world, account, run, done, isThrough }: Judging, pipelineId: string, shown: Shown | null): void {
  const isStale = done.answer?.extensions?.['stale'] !== undefined;
  if (isStale) run.tally.count('states that were said to be stale');
  const sighting = { state: toText(shown), startedAt: done.startedAt, by: done.by, isThrough, isStale };
  const problem = account.pipelines.get(pipelineId)?.judge(sighting, world.reached) ?? null;
  if (problem !== null) run.tally.bad('wrongAnswers', problem);
  if (isThrough && isStale) run.tally.bad('wrongAnswers', `${done.by.name} answered no-cache with something stale`);
}

function toHeaders(isThrough: boolean): Record<string, string> {
  return isThrough ? { 'cache-control': 'no-cache' } : {};
}
