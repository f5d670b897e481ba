import { describe, expect, test } from 'vitest';
import { addOrganizationRecords } from '../../../sandbox/organization/index.ts';
import { refusal, token, unknownId, useOrganization } from './open-organization.ts';
import type { Stage } from './open-organization.ts';

const organization = useOrganization();
const { call, countRecords, createPipeline, readPipeline } = organization;

describe('deleting', () => {
  test('trap: the body of the DELETE names where records go, also those in deactivated stages', async () => {
    const { _id, pipelineStages } = await createPipeline('Doomed');
    const [open, closed] = pipelineStages as [Stage, Stage];
    addOrganizationRecords(organization.database, token, 'Contact', _id, open._id, ['1', '2']);
    addOrganizationRecords(organization.database, token, 'Contact', _id, closed._id, ['3']);
    await call('POST', '/pipelines', { pipelineId: _id, pipelineStages: [closed] });
    expect(await call('DELETE', `/pipelines/${_id}`)).toEqual(refusal(400));
    expect(await call('DELETE', `/pipelines/${_id}`, {})).toEqual(refusal(400));

    const target = await readPipeline();
    const [first] = target.pipelineStages as [Stage];
    expect(await call('DELETE', `/pipelines/${_id}`, { targetPipelineId: target._id })).toEqual({
      status: 200,
      body: {
        message: 'Pipeline deleted',
        pipelineId: _id,
        recordsTransferred: 3,
        movedToPipeline: { id: target._id, name: 'Contacts' },
        movedToStage: { id: first._id, name: 'New Lead' },
      },
    });
    expect(await call('GET', `/pipelines?pipelineId=${_id}`)).toEqual(refusal(404));
    expect(await countRecords(first, target.pipelineStages)).toBe(6);
  });

  test('a delete needs no target while no records are assigned, and frees the name', async () => {
    const { _id } = await createPipeline('Empty');
    expect(await call('DELETE', `/pipelines/${_id}`)).toEqual({
      status: 200,
      body: { message: 'Pipeline deleted', pipelineId: _id, recordsTransferred: 0 },
    });
    await createPipeline('Empty');
  });

  test('trap: the default pipeline cannot be deleted, target or not', async () => {
    const [{ _id }, other] = [await readPipeline(), await createPipeline('Other')];
    expect(await call('DELETE', `/pipelines/${_id}`, { targetPipelineId: other._id })).toEqual(refusal(400));
  });

  test('a delete refuses ids and targets that do not fit', async () => {
    const { _id } = await createPipeline('Doomed');
    const application = await readPipeline('?type=Application');
    const target = async (targetPipelineId: string) => call('DELETE', `/pipelines/${_id}`, { targetPipelineId });
    expect(await call('DELETE', '/pipelines/17')).toEqual(refusal(400));
    expect(await call('DELETE', `/pipelines/${unknownId}`)).toEqual(refusal(404));
    expect(await target('17')).toEqual(refusal(400));
    expect(await target(unknownId)).toEqual(refusal(404));
    expect(await target(_id)).toEqual(refusal(400));
    expect(await target(application._id)).toEqual(refusal(400));
    expect(await readPipeline(`?pipelineId=${_id}`)).toMatchObject({ name: 'Doomed' });
  });
});
