import { describe, expect, test } from 'vitest';
import { toPipelineGlobalId } from '../../src/domain/ids.ts';
import { openCaller } from '../support/caller.ts';
import { invalidInput, mutate, problemsOf } from '../support/mutate.ts';
import { closedWonId, deals, salesPipelineId, toPipelineId, toStageId } from '../support/seed.ts';
import { dealStage, expectUndisturbed, manyStages, twoHubSpots } from '../support/two-hubspots.ts';
import { useGateway } from '../support/use-gateway.ts';

const gateway = useGateway(twoHubSpots);

describe.concurrent('input that is refused before anybody is asked', () => {
  const create = { ...deals, label: 'New', stages: [dealStage] };
  const createTickets = { objectType: 'tickets', label: 'New' };

  test.each<[string, string, object, readonly string[]]>([
    [
      'createPipeline, with everything wrong at once',
      'createPipeline',
      {
        ...deals,
        label: ' ',
        displayOrder: -1,
        description: 'x',
        isDefault: false,
        pipelineId: '..',
        stages: [
          { label: '', displayOrder: -1, stageId: 'a/\0', meta: { probability: 1.5, color: '#FFFFFF' } },
          { label: 'Same' },
          { label: ' sAME ', stageId: 'x', meta: { probability: -0.1 } },
          { label: 'B', stageId: 'x', meta: { ticketState: 'CLOSED', state: 'OPEN' } },
        ],
      },
      invalidInput(
        'label',
        'displayOrder',
        'description',
        'isDefault',
        'pipelineId',
        'stages.0.label',
        'stages.0.displayOrder',
        'stages.0.meta.probability',
        'stages.0.meta.color',
        'stages.0.stageId',
        'stages.1.meta.probability',
        'stages.2.label',
        'stages.2.meta.probability',
        'stages.3.stageId',
        'stages.3.meta.ticketState',
        'stages.3.meta.state',
        'stages.3.meta.probability',
      ),
    ],
    [
      'createPipeline at a source that there is not',
      'createPipeline',
      { ...create, sourceName: 'x' },
      invalidInput('sourceName'),
    ],
    [
      'createPipeline of an object type that the source has not',
      'createPipeline',
      { ...create, objectType: 'orders' },
      invalidInput('objectType'),
    ],
    [
      'createPipeline without a source where two have the type',
      'createPipeline',
      { ...create, sourceName: null },
      invalidInput('sourceName'),
    ],
    ['createPipeline without stages', 'createPipeline', { ...create, stages: [] }, invalidInput('stages')],
    [
      'createPipeline with 101 stages',
      'createPipeline',
      { ...create, stages: manyStages(101) },
      ['LIMIT_EXCEEDED stages'],
    ],
    [
      'createPipeline with 31 stages of an object type that takes 30',
      'createPipeline',
      { objectType: 'services', label: 'New', stages: manyStages(31, {}) },
      ['LIMIT_EXCEEDED stages'],
    ],
    [
      'createPipeline with a label of 10,000 characters',
      'createPipeline',
      { ...create, label: 'x'.repeat(10_000) },
      invalidInput('label'),
    ],
    [
      'createPipeline with a stage’s label of 256 characters',
      'createPipeline',
      { ...create, stages: [{ ...dealStage, label: 'x'.repeat(256) }] },
      invalidInput('stages.0.label'),
    ],
    [
      'createPipeline with half a character in a label',
      'createPipeline',
      { ...create, label: 'x\ud800' },
      invalidInput('label'),
    ],
    [
      'createPipeline with ids longer than HubSpot’s',
      'createPipeline',
      { ...create, pipelineId: 'x'.repeat(37), stages: [{ ...dealStage, stageId: 'x'.repeat(101) }] },
      invalidInput('pipelineId', 'stages.0.stageId'),
    ],
    [
      'createPipeline with ids of 100,000 characters',
      'createPipeline',
      { ...create, pipelineId: 'x'.repeat(100_000), stages: [{ ...dealStage, stageId: '/'.repeat(100_000) }] },
      invalidInput('pipelineId', 'stages.0.stageId'),
    ],
    [
      'createPipeline of tickets that never close',
      'createPipeline',
      { ...createTickets, stages: [{ label: 'A' }, { label: 'B', meta: { ticketState: 'OPEN' } }] },
      invalidInput('stages'),
    ],
    [
      'createPipeline of tickets with a probability',
      'createPipeline',
      { ...createTickets, stages: [{ label: 'A', meta: { ticketState: 'CLOSED', probability: 1 } }] },
      invalidInput('stages.0.meta.probability'),
    ],
    [
      'createPipeline of a custom object with a ticket’s state',
      'createPipeline',
      { objectType: '2-7', label: 'New', stages: [{ label: 'A', meta: { ticketState: 'OPEN' } }] },
      invalidInput('stages.0.meta.ticketState'),
    ],
    [
      'createPipeline of services with a ticket’s state',
      'createPipeline',
      { objectType: 'services', label: 'New', stages: [{ label: 'A', meta: { ticketState: 'OPEN' } }] },
      invalidInput('stages.0.meta.ticketState'),
    ],
    [
      'replacePipeline, with everything wrong at once',
      'replacePipeline',
      {
        id: salesPipelineId,
        label: '',
        displayOrder: -5,
        description: '',
        stages: [
          { label: 'A', displayOrder: -1 },
          { label: 'a', meta: { probability: 2 } },
          { label: 'B', stageId: 'x' },
          { label: 'C', stageId: 'x' },
        ],
      },
      invalidInput(
        'label',
        'displayOrder',
        'description',
        'stages.0.displayOrder',
        'stages.1.meta.probability',
        'stages.1.label',
        'stages.3.stageId',
      ),
    ],
    [
      'replacePipeline without stages',
      'replacePipeline',
      { id: salesPipelineId, label: 'x', stages: [] },
      invalidInput('stages'),
    ],
    [
      'replacePipeline with 101 stages',
      'replacePipeline',
      { id: salesPipelineId, label: 'x', stages: manyStages(101) },
      ['LIMIT_EXCEEDED stages'],
    ],
    [
      'replacePipeline of a source that there is not',
      'replacePipeline',
      { id: toPipelineGlobalId({ ...deals, sourceName: 'x', pipelineId: 'y' }), label: 'x', stages: [dealStage] },
      invalidInput('id'),
    ],
    [
      'replacePipeline of a stage',
      'replacePipeline',
      { id: closedWonId, label: 'x', stages: [dealStage] },
      invalidInput('id'),
    ],
    [
      'patchPipeline, with everything wrong at once',
      'patchPipeline',
      { id: salesPipelineId, label: ' ', displayOrder: -1, description: 'x' },
      invalidInput('label', 'displayOrder', 'description'),
    ],
    ['patchPipeline of nothing', 'patchPipeline', { id: salesPipelineId }, invalidInput('')],
    [
      'patchPipeline of nothing but nulls',
      'patchPipeline',
      { id: salesPipelineId, label: null, displayOrder: null, description: null, ifUpdatedAt: null },
      invalidInput('', 'ifUpdatedAt'),
    ],
    [
      'archivePipeline that moves records where they cannot be moved',
      'archivePipeline',
      { id: salesPipelineId, moveRecordsTo: toPipelineId('other') },
      ['UNSUPPORTED moveRecordsTo'],
    ],
    [
      'archivePipeline of an object type that the source has not',
      'archivePipeline',
      { id: toPipelineId('x', 'orders') },
      invalidInput('id'),
    ],
    [
      'createPipelineStage, with everything wrong at once',
      'createPipelineStage',
      {
        pipeline: salesPipelineId,
        label: '',
        displayOrder: -1,
        stageId: '.',
        meta: { probability: 1.01, ticketState: 'OPEN' },
      },
      invalidInput('label', 'displayOrder', 'stageId', 'meta.probability', 'meta.ticketState'),
    ],
    [
      'createPipelineStage without a probability',
      'createPipelineStage',
      { pipeline: salesPipelineId, label: 'x' },
      invalidInput('meta.probability'),
    ],
    [
      'createPipelineStage without a probability, in so many words',
      'createPipelineStage',
      { pipeline: salesPipelineId, label: 'x', meta: { probability: null } },
      invalidInput('meta.probability'),
    ],
    [
      'createPipelineStage in a stage',
      'createPipelineStage',
      { pipeline: closedWonId, ...dealStage },
      invalidInput('pipeline'),
    ],
    [
      'replacePipelineStage, with everything wrong at once',
      'replacePipelineStage',
      { id: closedWonId, label: 'x'.repeat(10_000), displayOrder: -1, meta: { probability: -0.1, state: 'OPEN' } },
      invalidInput('label', 'displayOrder', 'meta.probability', 'meta.state'),
    ],
    [
      'replacePipelineStage of a pipeline',
      'replacePipelineStage',
      { id: salesPipelineId, label: 'x', displayOrder: 1 },
      invalidInput('id'),
    ],
    [
      'patchPipelineStage, with everything wrong at once',
      'patchPipelineStage',
      { id: closedWonId, label: ' ', displayOrder: -1, meta: { color: 'red', probability: 7 } },
      invalidInput('label', 'displayOrder', 'meta.color', 'meta.probability'),
    ],
    ['patchPipelineStage of nothing', 'patchPipelineStage', { id: closedWonId, meta: {} }, invalidInput('')],
    [
      'archivePipelineStage that moves records where they cannot be moved',
      'archivePipelineStage',
      { id: closedWonId, moveRecordsTo: toStageId('closedlost') },
      ['UNSUPPORTED moveRecordsTo'],
    ],
    ['archivePipelineStage of a pipeline', 'archivePipelineStage', { id: salesPipelineId }, invalidInput('id')],
  ])('%s: every problem is named by its path, and nothing is sent', async (_, name, input, expected) => {
    const caller = openCaller(gateway);
    const { errors } = await mutate(caller, name, input);
    expect(problemsOf(errors).toSorted()).toEqual(expected.toSorted());
    for (const error of errors) {
      expect(error).toMatchObject({ mayHaveBeenApplied: false, correlationId: null });
      expect(error.message.length).toBeLessThan(200);
    }
    expect(await caller.requests()).toEqual([]);
  });

  test('a refusal is told by type: too many stages by how many, what a source cannot do by its name', async () => {
    const caller = openCaller(gateway);
    const tooMany = await mutate(caller, 'createPipeline', { ...create, stages: manyStages(101) });
    expect(tooMany.errors).toMatchObject([{ __typename: 'PipelineLimitExceededError', limit: 100, actual: 101 }]);
    const unable = await mutate(caller, 'archivePipeline', {
      id: salesPipelineId,
      moveRecordsTo: toPipelineId('other'),
    });
    expect(unable.errors).toMatchObject([{ __typename: 'PipelineUnsupportedError', capability: 'MOVE_RECORDS' }]);
    const wrong = await mutate(caller, 'patchPipeline', { id: salesPipelineId, label: '' });
    expect(wrong.errors).toMatchObject([{ __typename: 'PipelineInvalidInputError' }]);
  });
});

test('refused input leaves nothing unexpected in the log, and the gateway as it was', () => expectUndisturbed(gateway));
