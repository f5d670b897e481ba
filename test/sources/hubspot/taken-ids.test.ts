import { describe, expect, test } from 'vitest';
import { openCaller } from '../../support/caller.ts';
import { mutate } from '../../support/mutate.ts';
import type { FaultRule } from '../../support/sandbox-control.ts';
import { closedWonId, salesPipelineId } from '../../support/seed.ts';
import { useGateway } from '../../support/use-gateway.ts';
import { spoiltHubSpot } from '../spoilt-hubspot.ts';

const gateway = useGateway(spoiltHubSpot);

const plain: FaultRule = { fault: 'status', status: 409, body: { status: 'error', message: 'Conflict' } };
const ofStages: FaultRule = {
  ...plain,
  body: { status: 'error', message: 'x', subCategory: 'PipelineError.STAGE_ID_EXISTS_IN_ANOTHER_PIPELINE' },
};
const ofPipeline: FaultRule = {
  ...plain,
  status: 400,
  body: { status: 'error', message: "There's another pipeline in this portal with pipelineId (x)." },
};
const stage = (label: string, stageId?: string) => ({ label, stageId, meta: { probability: 0.5 } });
const create = (more: object) => ({ objectType: 'deals', label: 'New', displayOrder: 1, ...more });

/** The errors of a mutation whose write the upstream refuses so. */
async function refuse(fault: FaultRule, mutation: string, input: object) {
  const caller = openCaller(gateway);
  for (const method of ['POST', 'PATCH', 'DELETE']) await caller.fault({ ...fault, match: { method } });
  return (await mutate(caller, mutation, input)).errors;
}

describe.concurrent('an id that is taken', () => {
  const newStage = (stageId?: string) => ({ pipeline: salesPipelineId, ...stage('New', stageId) });

  test.each<[string, FaultRule, string, object, object]>([
    [
      'the one stage id of a create',
      ofStages,
      'createPipeline',
      create({ stages: [stage('A'), stage('B', 'b')] }),
      { path: ['stages', '1', 'stageId'], value: 'b' },
    ],
    [
      'the pipelineId of a create that chose nothing else',
      ofStages,
      'createPipeline',
      create({ pipelineId: 'p', stages: [stage('A')] }),
      { path: ['pipelineId'], value: 'p' },
    ],
    [
      'the pipelineId where the upstream says that it is one',
      ofPipeline,
      'createPipeline',
      create({ pipelineId: 'p', stages: [stage('A', 'a'), stage('B', 'b')] }),
      { path: ['pipelineId'], value: 'p' },
    ],
    ['the id of a new stage', plain, 'createPipelineStage', newStage('s'), { path: ['stageId'], value: 's' }],
  ])('is named where it is %s', async (_, fault, mutation, input, named) => {
    expect(await refuse(fault, mutation, input)).toMatchObject([{ code: 'ID_TAKEN', ...named }]);
  });

  test('is not guessed where a create chose several', async () => {
    const input = create({ pipelineId: 'p', stages: [stage('A', 'a')] });
    expect(await refuse(ofStages, 'createPipeline', input)).toMatchObject([
      { code: 'ID_TAKEN', path: null, value: null },
    ]);
  });
});

describe.concurrent('a 409 that names no id is UPSTREAM_REJECTED', () => {
  test.each<[string, string, object]>([
    ['a patch', 'patchPipeline', { id: salesPipelineId, label: 'X' }],
    ['an archive', 'archivePipeline', { id: salesPipelineId }],
    ['a stage’s patch', 'patchPipelineStage', { id: closedWonId, label: 'X' }],
    ['a create that lets the upstream choose', 'createPipeline', create({ stages: [stage('A')] })],
  ])('in %s', async (_, mutation, input) => {
    const errors = await refuse(plain, mutation, input);
    expect(errors).toMatchObject([{ code: 'UPSTREAM_REJECTED', status: 409, message: 'Conflict' }]);
  });
});
