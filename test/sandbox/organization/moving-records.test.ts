import { describe, expect, test } from 'vitest';
import { addOrganizationRecords } from '../../../sandbox/organization/index.ts';
import { refusal, stageNames, token, unknownId, useOrganization } from './open-organization.ts';
import type { Stage } from './open-organization.ts';

const organization = useOrganization();
const { call, countRecords, readPipeline } = organization;

describe('reassigning a stage', () => {
  test('a reassignment moves the records and deactivates the source', async () => {
    const pipeline = await readPipeline();
    const [newLead, qualified] = pipeline.pipelineStages as [Stage, Stage];
    const body = { sourceStageId: newLead._id, targetStageId: qualified._id };
    expect(await call('POST', '/pipelines/stages/reassign', body)).toEqual({
      status: 200,
      body: {
        success: true,
        recordsTransferred: 3,
        sourceStage: { id: newLead._id, name: 'New Lead' },
        targetStage: { id: qualified._id, name: 'Qualified Lead' },
      },
    });
    expect(stageNames(await readPipeline())).toEqual(['Qualified Lead', 'Won', 'Lost']);
    expect(await countRecords(qualified, pipeline.pipelineStages.slice(1))).toBe(5);
  });

  test('a reassignment refuses stages that do not fit', async () => {
    const { pipelineStages } = await readPipeline();
    const [source, inactive] = pipelineStages.map(({ _id }) => _id) as [string, string];
    const foreign = (await readPipeline('?type=Application')).pipelineStages[0]!._id;
    await call('POST', '/pipelines', { pipelineStages: pipelineStages.filter(({ _id }) => _id !== inactive) });
    const before = await readPipeline();
    const target = async (targetStageId?: string) =>
      call('POST', '/pipelines/stages/reassign', { sourceStageId: source, targetStageId });
    expect(await target()).toEqual(refusal(400));
    expect(await target('17')).toEqual(refusal(400));
    expect(await target(unknownId)).toEqual(refusal(404));
    expect(await target(source)).toEqual(refusal(400));
    expect(await target(foreign)).toEqual(refusal(400));
    expect(await target(inactive)).toEqual(refusal(400));
    expect(await readPipeline()).toEqual(before);
  });
});

test('records are added only where type, pipeline and stage fit together', async () => {
  const { _id, pipelineStages } = await readPipeline();
  const { pipelineStages: others } = await readPipeline('?type=Application');
  const add = (type: 'Contact' | 'Application', stage: Stage) =>
    addOrganizationRecords(organization.database, token, type, _id, stage._id, ['1']);
  expect(() => add('Application', pipelineStages[0]!)).toThrow('records of type Contact');
  expect(() => add('Contact', others[0]!)).toThrow('is not in pipeline');
  add('Contact', pipelineStages[0]!);
  expect(await countRecords(pipelineStages[0]!, pipelineStages)).toBe(4);
});
