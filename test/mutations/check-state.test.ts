import { describe, expect, test } from 'vitest';
import { openCaller } from '../support/caller.ts';
import type { Caller } from '../support/caller.ts';
import { invalidInput, mutate, problemsOf } from '../support/mutate.ts';
import { closedWonId, deals, salesPipelineId, toPipelineId, toStageId } from '../support/seed.ts';
import { dealStage, expectUndisturbed, manyStages, twoHubSpots } from '../support/two-hubspots.ts';
import { useGateway } from '../support/use-gateway.ts';

const gateway = useGateway(twoHubSpots);

const closedTicketId = toStageId('4', '0', 'tickets');
const create = { ...deals, label: 'New', stages: [dealStage] };

/** The methods of what reached the upstream. */
const methodsOf = async (caller: Caller) => (await caller.requests()).map(({ method }) => method);

describe.concurrent('input that only the present state refuses', () => {
  test.each<[string, string, object, readonly string[]]>([
    [
      'replacePipeline with stages that are not, are twice, or are new without a probability',
      'replacePipeline',
      {
        id: salesPipelineId,
        label: 'x',
        stages: [
          { label: 'Gone', stageId: 'gone' },
          { label: 'Closed Won' },
          { label: 'Again', stageId: 'closedwon' },
          { label: 'Brand new' },
        ],
      },
      invalidInput('stages.0.stageId', 'stages.2.stageId', 'stages.3.meta.probability'),
    ],
    [
      'replacePipeline with another type’s stages',
      'replacePipeline',
      { id: salesPipelineId, label: 'x', stages: [{ label: 'New', stageId: '1' }] },
      invalidInput('stages.0.stageId'),
    ],
    [
      'replacePipeline of tickets without a stage that closes them',
      'replacePipeline',
      {
        id: toPipelineId('0', 'tickets'),
        label: 'x',
        stages: [{ label: 'New' }, { label: 'Closed', meta: { ticketState: 'OPEN' } }],
      },
      invalidInput('stages'),
    ],
    [
      'replacePipelineStage that reopens the last closed stage',
      'replacePipelineStage',
      { id: closedTicketId, label: 'x', displayOrder: 3, meta: { ticketState: 'OPEN' } },
      invalidInput('meta.ticketState'),
    ],
    [
      'patchPipelineStage that reopens the last closed stage',
      'patchPipelineStage',
      { id: closedTicketId, meta: { ticketState: 'OPEN' } },
      invalidInput('meta.ticketState'),
    ],
    [
      'archivePipelineStage of the last closed stage',
      'archivePipelineStage',
      { id: closedTicketId },
      invalidInput('id'),
    ],
    [
      'patchPipeline of what was never updated, for those who saw it updated',
      'patchPipeline',
      { id: salesPipelineId, label: 'x', ifUpdatedAt: '2024-01-01T00:00:00Z' },
      ['STALE_OBJECT ifUpdatedAt'],
    ],
    [
      'archivePipeline for those who saw another state',
      'archivePipeline',
      { id: salesPipelineId, ifUpdatedAt: '2024-01-01T00:00:00Z' },
      ['STALE_OBJECT ifUpdatedAt'],
    ],
    [
      'archivePipelineStage for those who saw another state',
      'archivePipelineStage',
      { id: closedWonId, ifUpdatedAt: '2024-01-01T00:00:00Z' },
      ['STALE_OBJECT ifUpdatedAt'],
    ],
    [
      'archivePipelineStage of a stage that is not there',
      'archivePipelineStage',
      { id: toStageId('gone') },
      ['NOT_FOUND undefined'],
    ],
    [
      'patchPipelineStage of a stage in another pipeline',
      'patchPipelineStage',
      { id: toStageId('1'), label: 'x' },
      ['NOT_FOUND undefined'],
    ],
  ])('%s: refused after one read, and nothing is written', async (_, name, input, expected) => {
    const caller = openCaller(gateway);
    const { errors } = await mutate(caller, name, input);
    expect(problemsOf(errors)).toEqual(expected);
    expect(errors.every(({ mayHaveBeenApplied }) => !mayHaveBeenApplied)).toBe(true);
    expect(await methodsOf(caller)).toEqual(['GET']);
  });

  test('a stage more than 100 is refused, and nothing is written', async () => {
    const caller = openCaller(gateway);
    const { pipeline } = await mutate(
      caller,
      'createPipeline',
      { ...create, displayOrder: 1, stages: manyStages(100) },
      'pipeline { id stages { id } }',
    );
    expect(pipeline.stages).toHaveLength(100);
    const before = (await caller.requests()).length;
    const { errors } = await mutate(caller, 'createPipelineStage', { pipeline: pipeline.id, ...dealStage });
    expect(errors).toMatchObject([{ code: 'LIMIT_EXCEEDED', limit: 100, actual: 101, path: ['pipeline'] }]);
    expect((await methodsOf(caller)).slice(before)).toEqual(['GET']);
  });

  test('to remove the last stage of a pipeline is refused, and nothing is written', async () => {
    const caller = openCaller(gateway);
    const { pipeline } = await mutate(caller, 'createPipeline', create, 'pipeline { stages { id } }');
    const before = (await caller.requests()).length;
    const { errors } = await mutate(caller, 'archivePipelineStage', { id: pipeline.stages[0].id });
    expect(problemsOf(errors)).toEqual(invalidInput('id'));
    expect((await methodsOf(caller)).slice(before)).toEqual(['GET']);
  });
});

test('whatever the present state refuses leaves nothing unexpected in the log, and the gateway as it was', () =>
  expectUndisturbed(gateway));
