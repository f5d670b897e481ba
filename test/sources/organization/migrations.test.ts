import { describe, expect, test } from 'vitest';
import { toMigrations } from '../../../src/sources/organization/migrations.ts';
import { createSample } from '../contract/samples.ts';
import { organization as kind } from '../kinds.ts';
import { useWorld } from '../world.ts';

/** Input about a pipeline and its stages, by their ids. */
type ToInput = (id: string, stages: readonly string[]) => object;

describe('what the upstream says it moved', () => {
  const world = useWorld(kind);
  const counts = { 'New Lead -> New': 14, 'Qualified Lead -> Qualified': 8 };
  const migrations = [
    { fromLabel: 'New Lead', toLabel: 'New', recordCount: 14 },
    { fromLabel: 'Qualified Lead', toLabel: 'Qualified', recordCount: 8 },
  ];

  const inputs: readonly (readonly [Parameters<typeof world.do>[0], ToInput])[] = [
    ['replacePipeline', (id) => ({ id, label: 'Renewals', stages: [{ label: 'First' }] })],
    ['patchPipelineStage', (_, [id]) => ({ id, label: 'Other' })],
    ['replacePipelineStage', (_, [id]) => ({ id, label: 'Another', displayOrder: 0 })],
    ['patchPipeline', (id) => ({ id, label: 'Other' })],
    ['createPipelineStage', (pipeline) => ({ pipeline, label: 'Other' })],
    ['archivePipelineStage', (_, [id]) => ({ id })],
    ['reorderPipelineStages', (pipeline, stages) => ({ pipeline, stages: stages.toReversed() })],
  ];
  test.each(inputs)('is told by %s, also if the request named no such pair', async (mutation, toInput) => {
    const { id, stages } = await createSample(world, kind);
    const body = { message: 'Pipeline updated', contactsMigrated: counts };
    await world.sandbox.fault({ match: { method: 'POST' }, fault: 'wrong-shape', status: 200, body });
    const stageIds = stages.map((stage: { id: string }) => stage.id);
    expect((await world.do(mutation, toInput(id, stageIds))).migrations).toEqual(migrations);
  });

  test('is told by an archive that moves the records of a stage', async () => {
    const { pipelineId, stages } = await createSample(world, kind);
    const [first, second] = stages;
    await world.addRecords({ objectType: 'Contact', pipelineId, stageId: first.stageId }, ['a', 'b']);
    const input = { id: first.id, moveRecordsTo: second.id };
    expect((await world.do('archivePipelineStage', input)).migrations).toEqual([
      { fromLabel: 'First', toLabel: 'Second', recordCount: 2 },
    ]);
  });

  test('is nothing if the answer does not tell it', async () => {
    const { stages } = await createSample(world, kind);
    await world.sandbox.fault({ match: { method: 'POST' }, fault: 'wrong-shape', status: 200, body: { message: 'x' } });
    expect((await world.do('patchPipelineStage', { id: stages[0].id, label: 'Other' })).migrations).toEqual([]);
  });
});

describe('"Old -> New" with arrows in the labels', () => {
  const read = (text: string, more: { asked?: [string, string]; before?: string[]; after?: string[] } = {}) => {
    const renames = more.asked === undefined ? [] : [{ oldStage: more.asked[0], newStage: more.asked[1] }];
    const labels = { before: more.before ?? [], after: more.after ?? [] };
    const [{ fromLabel, toLabel } = { fromLabel: '', toLabel: '' }] = toMigrations({ [text]: 1 }, renames, labels);
    return [fromLabel, toLabel];
  };

  test('is parted as the request did', () => {
    expect(read('A -> B -> C', { asked: ['A -> B', 'C'], before: ['A'], after: ['B -> C'] })).toEqual(['A -> B', 'C']);
  });

  test('is parted at labels that the pipeline has, else at one of them, else at the first arrow', () => {
    expect(read('A -> B -> C', { before: ['A -> B'], after: ['C'] })).toEqual(['A -> B', 'C']);
    expect(read('A -> B -> C', { after: ['C'] })).toEqual(['A -> B', 'C']);
    expect(read('A -> B -> C')).toEqual(['A', 'B -> C']);
  });

  test('keeps the whole text if there is no arrow in it, and looks at no more than a hundred', () => {
    expect(read('moved')).toEqual(['moved', '']);
    expect(read(' -> '.repeat(100_000), { after: ['-'] })).toEqual(['', ' -> '.repeat(99_999)]);
  });
});
