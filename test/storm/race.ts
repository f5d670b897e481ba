import { toMutation } from '../support/mutate.ts';
import type { MutationError } from '../support/mutate.ts';
import { toPipelineId, toStageId } from '../support/seed.ts';
import type { Account } from './account.ts';
import type { Run } from './chaos.ts';
import { exchange } from './exchange.ts';
import type { Random } from './random.ts';
import type { Running } from './replica.ts';
import type { World } from './world.ts';

const racers = 4;

interface Racer {
  readonly stageId: string;
  readonly label: string;
}

/**
 * Several callers rename each a stage of one pipeline at once, through any replicas. Nobody else touches
 * the stage of one, so what it was told to have written must be there, and what not, must not.
 */
export async function raceForStages(world: World, account: Account, random: Random, run: Run): Promise<void> {
  const pipelineId = account.newName();
  const racing = Array.from({ length: racers }, (): Racer => ({
    stageId: account.newName(),
    label: account.newName(),
  }));
  await create(world, account, pipelineId, racing);
  const claims = await Promise.all(
    racing.map(async ({ stageId, label }) => {
      const by = pickRunning(world, random);
      const input = { id: toStageId(stageId, pipelineId), label };
      return by === undefined ? null : await write(world, run, by, account, 'patchPipelineStage', input);
    }),
  );
  const { state } = await account.readTruth(pipelineId);
  for (const [index, { stageId, label }] of racing.entries()) {
    const isThere = state?.stages.some((stage) => stage.stageId === stageId && stage.label === label) === true;
    const text = `a race for ${pipelineId}: ${label} was ${claims[index]}, and is ${isThere ? '' : 'not '}there`;
    if (claims[index] === 'applied' && !isThere) run.tally.bad('lostWrites', text);
    if (claims[index] === 'not applied' && isThere) run.tally.bad('deniedWrites', text);
  }
  run.tally.count('races for stages');
}

/** Several callers of one replica write with the same revision: no more than one may be accepted. */
export async function raceForRevision(world: World, account: Account, random: Random, run: Run): Promise<void> {
  const by = pickRunning(world, random);
  if (by === undefined) return;
  const pipelineId = account.newName();
  await create(world, account, pipelineId, [{ stageId: account.newName(), label: account.newName() }]);
  const query = `{ pipeline(id: "${toPipelineId(pipelineId)}") { revision } }`;
  const headers = { 'cache-control': 'no-cache' };
  const { answer } = await exchange(world, run, by, account, { query }, headers);
  const ifRevision: unknown = answer?.data?.pipeline?.revision;
  if (typeof ifRevision !== 'string') return;
  const claims = await Promise.all(
    Array.from({ length: racers }, () => {
      const input = { id: toPipelineId(pipelineId), label: account.newName(), ifRevision };
      return write(world, run, by, account, 'patchPipeline', input);
    }),
  );
  const accepted = claims.filter((claim) => claim === 'applied').length;
  if (accepted > 1) run.tally.bad('lostWrites', `${accepted} writes of ${pipelineId} with one revision were accepted`);
  run.tally.count('races for a revision');
}

function pickRunning(world: World, random: Random): Running | undefined {
  const running = world.running();
  return running[random.between(0, running.length - 1)];
}

/** Past the gateway, by a version that no fault befalls. */
async function create(world: World, account: Account, pipelineId: string, stages: readonly Racer[]): Promise<void> {
  const { status } = await world.sandbox.call('POST', '/crm/v3/pipelines/deals', account.token, {
    pipelineId,
    label: account.newName(),
    displayOrder: 1,
    stages: stages.map(({ stageId }, displayOrder) => ({
      stageId,
      label: account.newName(),
      displayOrder,
      metadata: { probability: '0.5' },
    })),
  });
  if (status !== 201) throw new Error(`The sandbox refused a pipeline: ${status}`);
}

async function write(world: World, run: Run, by: Running, account: Account, name: string, input: object) {
  const body = { query: toMutation(name), variables: { input } };
  const { answer } = await exchange(world, run, by, account, body);
  const errors: readonly MutationError[] | undefined = answer?.data?.[name]?.errors;
  if (errors === undefined) return 'unknown';
  if (errors.length === 0) return 'applied';
  return errors.some((error) => error.mayHaveBeenApplied) ? 'unknown' : 'not applied';
}
