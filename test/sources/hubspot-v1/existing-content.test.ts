import { beforeEach, describe, expect, test } from 'vitest';
import type { Answer } from '../../support/gateway.ts';
import { useWorld } from '../world.ts';

const settings = { kind: 'hubspot-v1' } as const;
const tooLong = 'A label that is longer than v1 documents';
const longer = `${tooLong} it`;
const pathsOf = ({ errors }: Answer['data']) => errors.map(({ path }: { path: string[] }) => path.join('.'));

describe('content that v1 would not take anew', () => {
  const world = useWorld({ settings });
  let pipeline: Answer['data'];

  beforeEach(async () => {
    const stages = [
      { stageId: 'one', label: tooLong, displayOrder: 0, metadata: { probability: '0.85' } },
      { stageId: 'two', label: 'Two', displayOrder: 1, metadata: { probability: '0.9' } },
    ];
    const results = [{ pipelineId: 'old', label: tooLong, displayOrder: 9, active: true, stages }];
    await world.sandbox.fault({ match: { method: 'GET' }, fault: 'wrong-shape', status: 200, body: { results } });
    await world.sandbox.fault({ match: { method: 'PUT' }, fault: 'wrong-shape', status: 200, body: results[0] });
    const ask = '{ pipelineByKey(objectType: "deals", pipelineId: "old") { id stages { id stageId label } } }';
    pipeline = (await world.query(ask)).pipelineByKey;
    await world.sandbox.emptyLog();
  });

  const replacement = (one: object, label = tooLong) => ({
    id: pipeline.id,
    label,
    stages: [{ stageId: 'one', ...one }, { label: 'Two' }],
  });

  test('is taken in a replace if it stays', async () => {
    const input = replacement({ label: tooLong, meta: { probability: 0.85 } });
    const { changes } = await world.do('replacePipeline', input);
    expect(changes).toEqual([]);
  });

  test('is refused in a replace if it is new, all at once with everything else, and nothing is written', async () => {
    const input = replacement({ label: longer, displayOrder: -1, meta: { probability: 0.55 } }, longer);
    expect(pathsOf(await world.mutate('replacePipeline', input)).sort()).toEqual([
      'label',
      'stages.0.displayOrder',
      'stages.0.label',
      'stages.0.meta.probability',
    ]);
    const plan = await world.query(
      'query ($input: ReplacePipelineInput!) { pipelineReplacePlan(input: $input) { errors { path } } }',
      { input },
    );
    expect(pathsOf(plan.pipelineReplacePlan)).toHaveLength(4);
    expect(await world.writes()).toEqual([]);
  });

  test('is taken and refused alike when a single stage is written', async () => {
    const [{ id }] = pipeline.stages;
    await world.do('replacePipelineStage', { id, label: tooLong, displayOrder: 0, meta: { probability: 0.85 } });
    await world.do('patchPipelineStage', { id, label: tooLong, meta: { probability: 0.85 } });
    await world.sandbox.emptyLog();
    const input = { id, label: longer, meta: { probability: 0.55 } };
    const paths = ['label', 'meta.probability'];
    expect(pathsOf(await world.mutate('replacePipelineStage', { ...input, displayOrder: 0 }))).toEqual(paths);
    expect(pathsOf(await world.mutate('patchPipelineStage', input))).toEqual(paths);
    expect(await world.writes()).toEqual([]);
  });

  test('stays as it is when something else changes', async () => {
    const { pipeline: after } = await world.do('patchPipeline', { id: pipeline.id, displayOrder: 7 });
    expect(after).toMatchObject({ label: tooLong, stages: [{ label: tooLong, meta: { probability: 0.85 } }, {}] });
  });

  test('is refused of what is new altogether, before anything is asked', async () => {
    const stage = { label: 'New', meta: { probability: 0.25 } };
    const created = await world.mutate('createPipeline', { objectType: 'deals', label: 'New', stages: [stage] });
    expect(pathsOf(created)).toEqual(['stages.0.meta.probability']);
    expect(pathsOf(await world.mutate('createPipelineStage', { pipeline: pipeline.id, ...stage }))).toEqual([
      'meta.probability',
    ]);
    expect(await world.sandbox.requestLines()).toEqual([]);
  });
});
