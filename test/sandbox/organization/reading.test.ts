import { describe, expect, test } from 'vitest';
import { resetOrganization } from '../../../sandbox/organization/index.ts';
import { refusal, unknownId, useOrganization } from './open-organization.ts';

const organization = useOrganization();
const { call, createPipeline, readPipeline } = organization;

describe('reading', () => {
  test('a read answers with the bare default pipeline of the type, Contact unless said', async () => {
    const pipeline = await readPipeline();
    const hexId = expect.stringMatching(/^[0-9a-f]{24}$/) as string;
    expect(pipeline).toEqual({
      _id: hexId,
      name: 'Contacts',
      description: 'From first contact to a signed contract',
      organizationId: hexId,
      type: 'Contact',
      isDefault: true,
      isActive: true,
      stages: pipeline.pipelineStages.map(({ name, color }) => ({ name, color })),
      pipelineStageIds: pipeline.pipelineStages.map(({ _id }) => _id),
      pipelineStages: [
        { _id: hexId, name: 'New Lead', color: '#3B82F6', position: 0 },
        { _id: hexId, name: 'Qualified Lead', color: '#10B981', position: 1 },
        { _id: hexId, name: 'Won', color: '#F59E0B', position: 2 },
        { _id: hexId, name: 'Lost', color: '#EF4444', position: 3 },
      ],
      createdBy: hexId,
      updatedBy: hexId,
    });
    expect(await readPipeline('?type=Application')).toMatchObject({ type: 'Application', isDefault: true });
  });

  test('trap: the id decides alone, so a pipeline is found whatever type stands beside its id', async () => {
    const { _id } = await readPipeline('?type=Application');
    expect(await readPipeline(`?type=Contact&pipelineId=${_id.toUpperCase()}`)).toMatchObject({ _id });
  });

  test.each([
    ['an unknown id', `?pipelineId=${unknownId}`, 404],
    ['an id that is not 24 hex digits', '?pipelineId=17', 400],
    ['an empty id', '?pipelineId=', 400],
    ['an unknown type', '?type=Deal', 400],
  ])('a read refuses %s', async (_name, query, status) => {
    expect(await call('GET', `/pipelines${query}`)).toEqual(refusal(status));
  });

  test('each token has an organization of its own, the same again after a reset', async () => {
    const mine = await readPipeline();
    const theirs = await readPipeline('', 'another-token');
    expect(theirs._id).not.toBe(mine._id);
    expect(await call('GET', `/pipelines?pipelineId=${theirs._id}`)).toEqual(refusal(404));
    const stages = { sourceStageId: mine.pipelineStages[0]!._id, targetStageId: mine.pipelineStages[1]!._id };
    expect(await call('POST', '/pipelines/stages/reassign', stages, 'another-token')).toEqual(refusal(404));

    await call('POST', '/pipelines', { name: 'Changed' });
    resetOrganization(organization.database);
    expect(await readPipeline()).toEqual(mine);
  });

  test('trap: the organization API has no list call', async () => {
    await createPipeline('Second');
    expect(await readPipeline()).toMatchObject({ name: 'Contacts' });
    expect(await call('GET', '/pipelines/all')).toEqual(refusal(404));
  });
});
