import { describe, expect, test } from 'vitest';
import { refusal, useOrganization } from './open-organization.ts';
import type { Stage } from './open-organization.ts';

const { call, countRecords, readPipeline } = useOrganization();

describe('edits by old and new names', () => {
  test('legacy stages rename a stage in place, merge into one that exists, add one, and leave the others alone', async () => {
    const [newLead, , won, lost] = (await readPipeline()).pipelineStages as [Stage, Stage, Stage, Stage];
    const { body } = await call('POST', '/pipelines', {
      stages: [
        { oldStage: 'New Lead', newStage: 'New', color: '#111111' },
        { oldStage: 'Qualified Lead', newStage: 'Won' },
        { newStage: 'Parked', color: '#222222' },
        { oldStage: 'Unheard Of', newStage: 'New' },
      ],
    });
    expect(body['contactsMigrated']).toEqual({
      'New Lead -> New': 3,
      'Qualified Lead -> Won': 2,
      'Unheard Of -> New': 0,
    });
    const edited = await readPipeline();
    expect(edited.pipelineStages).toEqual([
      { ...newLead, name: 'New', color: '#111111', position: 0 },
      { ...won, position: 1 },
      { ...lost, position: 2 },
      { _id: expect.any(String) as string, name: 'Parked', color: '#222222', position: 3 },
    ]);
    expect(await countRecords(won, edited.pipelineStages)).toBe(3);
  });

  test('legacy stages swap two stages without mixing their records', async () => {
    const [newLead, qualified] = (await readPipeline()).pipelineStages as [Stage, Stage];
    const { body } = await call('POST', '/pipelines', {
      stages: [
        { oldStage: 'New Lead', newStage: 'Qualified Lead' },
        { oldStage: 'Qualified Lead', newStage: 'New Lead' },
      ],
    });
    expect(body['contactsMigrated']).toEqual({ 'New Lead -> Qualified Lead': 3, 'Qualified Lead -> New Lead': 2 });
    const edited = await readPipeline();
    expect(edited.pipelineStages[0]).toMatchObject({ _id: newLead._id, name: 'Qualified Lead' });
    expect(await countRecords(qualified, edited.pipelineStages)).toBe(2);
  });

  test('a legacy stage that keeps the name only changes the colour', async () => {
    const stages = [{ oldStage: 'Won', newStage: 'Won', color: '#000000' }];
    const { body } = await call('POST', '/pipelines', { stages });
    expect(body['contactsMigrated']).toEqual({});
    expect((await readPipeline()).pipelineStages[2]).toMatchObject({ name: 'Won', color: '#000000', position: 2 });
  });

  test('trap: sent together, pipelineStages are the list and legacy stages only tell where records go', async () => {
    const { body } = await call('POST', '/pipelines', {
      pipelineStages: [{ name: 'New' }, { name: 'Qualified' }],
      stages: [
        { oldStage: 'New Lead', newStage: 'New', color: '#111111' },
        { oldStage: 'Qualified Lead', newStage: 'Qualified' },
      ],
    });
    expect(body['contactsMigrated']).toEqual({ 'New Lead -> New': 3, 'Qualified Lead -> Qualified': 2 });
    const edited = await readPipeline();
    expect(edited.pipelineStages).toMatchObject([
      { name: 'New', color: '#6B7280' },
      { name: 'Qualified', color: '#6B7280' },
    ]);
    expect(await countRecords(edited.pipelineStages[0]!, edited.pipelineStages)).toBe(3);
  });

  test('legacy stages reach records that an earlier edit left behind in a deactivated stage', async () => {
    await call('POST', '/pipelines', { pipelineStages: [{ name: 'New' }] });
    const { body } = await call('POST', '/pipelines', { stages: [{ oldStage: 'New Lead', newStage: 'New' }] });
    expect(body['contactsMigrated']).toEqual({ 'New Lead -> New': 3 });
  });

  test('legacy stages refuse a new stage that the list beside them lacks, and an old stage named twice', async () => {
    const before = await readPipeline();
    const unlisted = { pipelineStages: [{ name: 'New' }], stages: [{ oldStage: 'New Lead', newStage: 'Newer' }] };
    const pair = { oldStage: 'Won', newStage: 'A' };
    expect(await call('POST', '/pipelines', unlisted)).toEqual(refusal(400));
    expect(await call('POST', '/pipelines', { stages: [pair, { ...pair, newStage: 'B' }] })).toEqual(refusal(400));
    expect(await readPipeline()).toEqual(before);
  });

  test('trap: the counts of moved records are called contactsMigrated for Applications too', async () => {
    const stages = [{ oldStage: 'Submitted', newStage: 'Received' }];
    const { body } = await call('POST', '/pipelines?type=Application', { stages });
    expect(body['contactsMigrated']).toEqual({ 'Submitted -> Received': 2 });
  });
});
