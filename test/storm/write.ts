import { setTimeout as sleep } from 'node:timers/promises';
import { toMutation } from '../support/mutate.ts';
import type { MutationError } from '../support/mutate.ts';
import type { Account, Truth } from './account.ts';
import type { Run } from './chaos.ts';
import { exchange, outages } from './exchange.ts';
import { toText } from './pipeline-state.ts';
import type { PipelineState } from './pipeline-state.ts';
import type { Random } from './random.ts';
import type { World } from './world.ts';
import { planWrite } from './writes.ts';
import type { PlannedWrite } from './writes.ts';

type Claim = 'applied' | 'not applied' | 'unknown';

/** How long a request that nobody waits for any more may still be under way. */
const lateMs = 150;

/** Makes one write through the replica, any where it is null, and compares what the answer claims with what is then. */
export async function writeOnce(
  world: World,
  account: Account,
  through: string | null,
  random: Random,
  run: Run,
): Promise<void> {
  const named = world.replicas.filter(({ name }) => through === null || name === through);
  const [by] = named.flatMap((replica) => replica.running() ?? []).toSorted(() => random.next() - 0.5);
  if (by === undefined) return;
  const plan = planWrite(account, random);
  const { model } = plan;
  const selection = random.chance(0.5) ? plan.selection : null;
  const before = await account.readTruth(model.pipelineId);
  const version = model.begin(toText(plan.next), by);
  const body = { query: toMutation(plan.name, selection ?? ''), variables: { input: plan.input } };
  const { answer, endedAt } = await exchange(world, run, by, account, body);
  const payload = answer?.data?.[plan.name] ?? null;
  const claim = toClaim(payload?.errors ?? null);
  run.tally.count(`writes ${claim}`);
  checkCodes(payload?.errors ?? [], plan, run);
  const truth = await readSettledTruth(account, plan, claim);
  const happened = truth.text === toText(plan.next);
  checkTruth({ plan, claim, before, truth }, run);
  model.settle(version, happened ? 'applied' : 'not applied', claim === 'applied' ? endedAt : performance.now());
  if (truth.state === null) account.states.delete(model.pipelineId);
  else account.states.set(model.pipelineId, truth.state);
  checkReadBack(payload?.pipeline ?? payload?.stage?.pipeline ?? null, plan, run);
}

/** Renames a pipeline without the gateway, as any other client of the upstream does. */
export async function writeOutside(account: Account, random: Random, run: Run): Promise<void> {
  const known = [...account.states];
  if (known.length === 0) return;
  const [pipelineId, state] = random.pick(known);
  const model = account.pipelines.get(pipelineId);
  if (model === undefined) return;
  const next = { ...state, label: account.newName() };
  const version = model.begin(toText(next), null);
  await account.renameOutside(pipelineId, next.label);
  model.settle(version, 'applied', performance.now());
  account.states.set(pipelineId, next);
  run.tally.count('writes outside');
}

/** What an answer says of the write; without an answer nothing is known. */
function toClaim(errors: readonly MutationError[] | null): Claim {
  if (errors === null) return 'unknown';
  if (errors.length === 0) return 'applied';
  return errors.some((error) => error.mayHaveBeenApplied) ? 'unknown' : 'not applied';
}

function checkCodes(errors: readonly MutationError[], { name, input }: PlannedWrite, { tally }: Run): void {
  for (const { code, message } of errors) {
    tally.count(`write error ${code}`);
    if (!outages.has(code)) tally.bad('wrongAnswers', `${name} ${JSON.stringify(input)}: ${code} ${message}`);
  }
}

async function readSettledTruth(account: Account, { model, next }: PlannedWrite, claim: Claim): Promise<Truth> {
  const truth = await account.readTruth(model.pipelineId);
  if (claim === 'applied' || truth.text === toText(next)) return truth;
  await sleep(lateMs);
  return account.readTruth(model.pipelineId);
}

interface Finding {
  readonly plan: PlannedWrite;
  readonly claim: Claim;
  readonly before: Truth;
  readonly truth: Truth;
}

function checkTruth({ plan, claim, before, truth }: Finding, { tally }: Run): void {
  const expected = toText(plan.next);
  const text = `${plan.name}, claimed ${claim}: was ${before.text}, is ${truth.text}, asked for ${expected}`;
  const happened = truth.text === expected;
  if (!happened && truth.text !== before.text) tally.bad('wrongAnswers', text);
  else if (!happened && claim === 'applied') tally.bad('lostWrites', text);
  else if (happened && claim === 'not applied') tally.bad('deniedWrites', text);
  if (truth.state !== null && truth.changes - before.changes > 1) tally.bad('doubledWrites', text);
}

/** What a mutation shows of the pipeline is the state that it made. */
function checkReadBack(shown: PipelineState | null, { name, next }: PlannedWrite, { tally }: Run): void {
  if (shown === null || toText(shown) === toText(next)) return;
  tally.bad('wrongAnswers', `${name} showed ${toText(shown)} instead of ${toText(next)}`);
}
