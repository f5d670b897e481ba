import { describe, expect, test } from 'vitest';
import { createSample } from '../contract/samples.ts';
import { kinds, organization as kind } from '../kinds.ts';
import { useRecordedWorld, useWorld } from '../world.ts';

const planDocument = `query ($input: ReplacePipelineInput!) {
  pipelineReplacePlan(input: $input) { changes { kind stageId after summary } warnings { code } errors { code path } }
}`;

describe('merging stages', () => {
  const world = useRecordedWorld(kind);

  async function openSample() {
    const { id, pipelineId, stages } = await createSample(world, kind);
    const [first, second, third] = stages;
    world.sent.length = 0;
    const merge = (more: object = {}, ...others: object[]) => ({
      id,
      label: 'Renewals',
      stages: [{ stageId: first.stageId, label: 'First', mergeStageIds: [second.stageId], ...more }, ...others],
    });
    return { pipelineId, first, second, third, merge };
  }

  test('takes the records along, and says so in the plan, the changes and the migrations', async () => {
    const { pipelineId, second, third, merge } = await openSample();
    await world.addRecords({ objectType: 'Contact', pipelineId, stageId: second.stageId }, ['a', 'b']);
    const input = merge({ label: 'All' }, { stageId: third.stageId, label: 'Third' });
    const merged = {
      kind: 'REMOVED',
      stageId: second.stageId,
      after: { mergedInto: 'All' },
    };
    const { pipelineReplacePlan: plan } = await world.query(planDocument, { input });
    expect(plan).toMatchObject({ warnings: [], errors: [] });
    expect(plan.changes).toContainEqual({ ...merged, summary: 'Stage "Second" merged into "All"' });
    const { changes, migrations, warnings, pipeline } = await world.do('replacePipeline', input);
    expect(changes).toContainEqual(expect.objectContaining(merged));
    expect(migrations).toContainEqual({ fromLabel: 'Second', toLabel: 'All', recordCount: 2 });
    expect(warnings).toEqual([]);
    expect(pipeline.stages.map(({ label }: { label: string }) => label)).toEqual(['All', 'Third']);
    expect(world.sent.find(({ method }) => method === 'POST')?.body.stages).toEqual([
      { oldStage: 'First', newStage: 'All', color: '#112233' },
      { oldStage: 'Second', newStage: 'All', color: '#112233' },
    ]);
  });

  test('takes a new stage as the target, and warns of those only that nothing takes', async () => {
    const { second, third, merge } = await openSample();
    const input = merge({ stageId: null, label: 'New', mergeStageIds: [second.stageId, third.stageId] });
    const { warnings, pipeline } = await world.do('replacePipeline', input);
    expect(warnings).toMatchObject([{ message: expect.stringContaining('"First"') }]);
    expect(warnings[0].message).not.toContain('"Second"');
    expect(pipeline.stages).toMatchObject([{ label: 'New' }]);
  });

  test('refuses what is no stage that goes, all at once, and writes nothing', async () => {
    const { first, second, third, merge } = await openSample();
    const mergeStageIds = ['f'.repeat(24), first.stageId, second.stageId, second.stageId];
    const input = merge({ mergeStageIds }, { stageId: third.stageId, label: 'Third', mergeStageIds: [second.stageId] });
    const { errors } = await world.mutate('replacePipeline', input);
    expect(errors.map(({ code, path }: { code: string; path: string[] }) => `${code} ${path.join('.')}`)).toEqual([
      'INVALID_INPUT stages.0.mergeStageIds.0',
      'INVALID_INPUT stages.0.mergeStageIds.1',
      'INVALID_INPUT stages.0.mergeStageIds.3',
      'INVALID_INPUT stages.1.mergeStageIds.0',
    ]);
    expect(await world.writes()).toEqual([]);
  });

  test('is nothing for a new pipeline, which has no stages yet', async () => {
    const stages = [{ label: 'One', mergeStageIds: ['f'.repeat(24)] }];
    const { errors } = await world.mutate('createPipeline', { objectType: 'Contact', label: 'New', stages });
    expect(errors).toMatchObject([{ code: 'INVALID_INPUT', path: ['stages', '0', 'mergeStageIds'] }]);
  });
});

describe.each(kinds.filter(({ canMoveRecords }) => !canMoveRecords))('merging stages at $title', (other) => {
  const world = useWorld(other);

  test('is refused before anything is asked', async () => {
    const { id, stages } = await createSample(world, other);
    const [{ stageId }, second] = stages;
    const input = { id, label: 'Renewals', stages: [{ stageId, label: 'First', mergeStageIds: [second.stageId] }] };
    const { errors } = await world.mutate('replacePipeline', input);
    expect(errors).toMatchObject([{ code: 'INVALID_INPUT', path: ['stages', '0', 'mergeStageIds'] }]);
    expect(await world.sandbox.requestLines()).toEqual([]);
  });
});
