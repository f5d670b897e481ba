import { describe, expect, test } from 'vitest';
import { addOrganizationRecords } from '../../../sandbox/organization/index.ts';
import { refusal, stageNames, token, unknownId, useOrganization } from './open-organization.ts';
import type { Stage } from './open-organization.ts';

const organization = useOrganization();
const { call, countRecords, createPipeline, readPipeline } = organization;

describe('editing', () => {
  test('trap: an edit without an id changes the default pipeline of the type', async () => {
    const other = await createPipeline('Other');
    await call('POST', '/pipelines?type=Application', { name: 'Renamed', description: null });
    expect(await readPipeline('?type=Application')).toMatchObject({ name: 'Renamed', isDefault: true });
    expect(await readPipeline('?type=Application')).not.toHaveProperty('description');
    expect(await readPipeline()).toMatchObject({ name: 'Contacts' });
    expect(await readPipeline(`?pipelineId=${other._id}`)).toMatchObject({ name: 'Other' });
  });

  test('trap: the answer to an edit holds a shortened pipeline, without stages', async () => {
    const { _id } = await createPipeline('Other');
    expect(await call('POST', '/pipelines', { pipelineId: _id, name: '  Trimmed  ' })).toEqual({
      status: 200,
      body: {
        message: 'Pipeline updated',
        pipeline: { _id, name: 'Trimmed', type: 'Contact', isDefault: false },
        contactsMigrated: {},
      },
    });
  });

  test('an edit of nothing, even without a body, changes nothing', async () => {
    const before = await readPipeline();
    expect(await call('POST', '/pipelines')).toMatchObject({ status: 200 });
    expect(await call('POST', '/pipelines', '')).toMatchObject({ status: 200 });
    expect(await readPipeline()).toEqual(before);
  });

  test('trap: stages left out are deactivated with their records, which block the deletion of the pipeline', async () => {
    const { _id, pipelineStages } = await createPipeline('Other');
    const [open, closed] = pipelineStages as [Stage, Stage];
    addOrganizationRecords(organization.database, token, 'Contact', _id, open._id, ['1', '2']);
    await call('POST', '/pipelines', {
      pipelineId: _id,
      pipelineStages: [{ _id: closed._id, name: 'Done', color: '#000000' }, { name: 'New' }],
    });
    const edited = await readPipeline(`?pipelineId=${_id}`);
    expect(edited.pipelineStages).toEqual([
      { _id: closed._id, name: 'Done', color: '#000000', position: 0 },
      { _id: expect.any(String) as string, name: 'New', color: '#6B7280', position: 1 },
    ]);
    expect(await call('DELETE', `/pipelines/${_id}`, {})).toEqual(refusal(400));
    expect(await countRecords(open, edited.pipelineStages)).toBe(2);
  });

  test('trap: a stage sent without its _id is a new one, even under the old name', async () => {
    const { pipelineStages } = await readPipeline();
    await call('POST', '/pipelines', { pipelineStages: pipelineStages.map(({ _id, ...content }) => content) });
    const edited = await readPipeline();
    expect(stageNames(edited)).toEqual(pipelineStages.map(({ name }) => name));
    const oldIds = pipelineStages.map(({ _id }) => _id);
    expect(edited.pipelineStages.filter(({ _id }) => oldIds.includes(_id))).toEqual([]);
    expect(await countRecords(pipelineStages[0]!, edited.pipelineStages)).toBe(3);
  });

  test('a rename by _id counts as a migration of the records in the stage, although nothing named it', async () => {
    const [newLead, ...others] = (await readPipeline()).pipelineStages as [Stage, ...Stage[]];
    const pipelineStages = [{ ...newLead, name: 'New' }, ...others.map((stage) => ({ ...stage, color: '#000000' }))];
    const { body } = await call('POST', '/pipelines', { pipelineStages });
    expect(body['contactsMigrated']).toEqual({ 'New Lead -> New': 3 });
  });

  test('a deactivated stage comes back, with its records, when it is named by its _id', async () => {
    const { pipelineStages } = await readPipeline();
    await call('POST', '/pipelines', { pipelineStages: pipelineStages.slice(1) });
    await call('POST', '/pipelines', { pipelineStages });
    expect((await readPipeline()).pipelineStages).toEqual(pipelineStages);
    expect(await countRecords(pipelineStages[0]!, pipelineStages)).toBe(3);
  });

  test('an edit orders stages by their positions, not by their places in the list', async () => {
    await call('POST', '/pipelines', {
      pipelineStages: [
        { name: 'Last', position: 7 },
        { name: 'First', position: 2 },
      ],
    });
    expect(stageNames(await readPipeline())).toEqual(['First', 'Last']);
  });

  test.each([
    ['a taken name', { name: ' Applications ' }, 400],
    ['an empty name', { name: '  ' }, 400],
    ['an empty stage list', { pipelineStages: [] }, 400],
    ['a colour that is not #RRGGBB', { pipelineStages: [{ name: 'A', color: 'red' }] }, 400],
    ['a negative position', { pipelineStages: [{ name: 'A', position: -1 }] }, 400],
    ['a stage id of the wrong form', { pipelineStages: [{ _id: 'x', name: 'A' }] }, 400],
    ['an unknown stage', { pipelineStages: [{ name: 'A' }, { _id: unknownId, name: 'B' }] }, 404],
    ['an unknown pipeline, which it does not create', { pipelineId: unknownId, name: 'A' }, 404],
    ['a pipeline id of the wrong form', { pipelineId: 'x' }, 400],
    ['malformed JSON', '{"name":', 400],
    ['JSON that is no object', '[]', 400],
  ])('an edit refuses %s and changes nothing', async (_name, body, status) => {
    const before = await readPipeline();
    expect(await call('POST', '/pipelines', body)).toEqual(refusal(status));
    expect(await readPipeline()).toEqual(before);
  });

  test('an edit lets a pipeline keep its own name', async () => {
    expect(await call('POST', '/pipelines', { name: 'Contacts' })).toMatchObject({ status: 200 });
  });
});
