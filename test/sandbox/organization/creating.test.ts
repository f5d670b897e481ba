import { describe, expect, test } from 'vitest';
import { refusal, stageNames, unknownId, useOrganization } from './open-organization.ts';
import type { Pipeline } from './open-organization.ts';

const { call, createPipeline, readPipeline } = useOrganization();

describe('creating', () => {
  test('a create answers with the whole pipeline, which is not the default and is reached by its id', async () => {
    const answer = await call('POST', '/pipelines/create?type=Application', {
      name: ' Second ',
      pipelineStages: [{ _id: unknownId, name: 'A', color: '#111111', position: 0 }],
      stages: [{ newStage: 'Ignored' }],
    });
    expect(answer).toMatchObject({
      status: 201,
      body: { message: 'Pipeline created', pipeline: { name: 'Second', type: 'Application', isDefault: false } },
    });
    const pipeline = answer.body['pipeline'] as Pipeline;
    expect(stageNames(pipeline)).toEqual(['A']);
    expect(pipeline.pipelineStages[0]!._id).not.toBe(unknownId);
    expect(await readPipeline(`?pipelineId=${pipeline._id}`)).toEqual(pipeline);
  });

  test('a create takes the new names of legacy stages if no pipelineStages are sent', async () => {
    const stages = [{ oldStage: 'Whatever', newStage: 'A', color: '#111111' }, { newStage: 'B' }];
    const created = await createPipeline('Legacy', { pipelineStages: undefined, stages });
    expect(created.pipelineStages).toMatchObject([
      { name: 'A', color: '#111111', position: 0 },
      { name: 'B', position: 1 },
    ]);
  });

  test('trap: isDefault moves the flag, so the next edit without an id goes to the new pipeline', async () => {
    const old = await readPipeline();
    const created = await createPipeline('New default', { isDefault: true });
    await call('POST', '/pipelines', { description: 'Edited' });
    expect(await readPipeline()).toMatchObject({ _id: created._id, isDefault: true, description: 'Edited' });
    expect(await readPipeline(`?pipelineId=${old._id}`)).toEqual({ ...old, isDefault: false });
    expect(await readPipeline('?type=Application')).toMatchObject({ isDefault: true });
  });

  test.each([
    ['no name', { pipelineStages: [{ name: 'A' }] }],
    ['a name that a pipeline of the other type has', { name: 'Applications', pipelineStages: [{ name: 'A' }] }],
    ['no stages', { name: 'New' }],
    ['an empty stage list, legacy stages or not', { name: 'New', pipelineStages: [], stages: [{ newStage: 'A' }] }],
  ])('a create refuses %s', async (_name, body) => {
    expect(await call('POST', '/pipelines/create', body)).toEqual(refusal(400));
  });
});
