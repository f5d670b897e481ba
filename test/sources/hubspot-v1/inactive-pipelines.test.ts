import { beforeEach, describe, expect, test } from 'vitest';
import type { Answer } from '../../support/gateway.ts';
import { useWorld } from '../world.ts';

const list = `{ pipelines(where: { objectTypes: ["deals"], includeArchived: true }) {
  nodes { id label archived stages { id stageId } }
} }`;

describe('an inactive pipeline that a list handed out', () => {
  const world = useWorld({ settings: { kind: 'hubspot-v1' } });
  let retired: Answer['data'];

  beforeEach(async () => {
    const stages = [
      { label: 'One', stageId: 'one', meta: { probability: 0.5 } },
      { label: 'Two', stageId: 'two', meta: { probability: 1 } },
    ];
    const { pipeline } = await world.do('createPipeline', { objectType: 'deals', label: 'Retired', stages });
    await world.do('archivePipeline', { id: pipeline.id });
    const { nodes } = (await world.query(list)).pipelines;
    retired = nodes.find(({ archived }: { archived: boolean }) => archived);
    await world.sandbox.emptyLog();
  });

  test('is found by its id, alone and beside others, as are its stages', async () => {
    const pipeline = `pipeline(id: "${retired.id}") { label archived }`;
    const stage = `pipelineStage(id: "${retired.stages[0].id}") { label }`;
    const found = { pipeline: { label: 'Retired', archived: true }, pipelineStage: { label: 'One' } };
    expect(await world.query(`{ ${pipeline} ${stage} }`)).toEqual(found);
    await world.sandbox.emptyLog();
    const other = 'other: pipelineByKey(objectType: "deals", pipelineId: "default") { archived }';
    const none = 'none: pipelineByKey(objectType: "deals", pipelineId: "none") { archived }';
    const beside = { ...found, other: { archived: false }, none: null };
    expect(await world.query(`{ ${pipeline} ${stage} ${other} ${none} }`)).toEqual(beside);
    expect(await world.sandbox.requestLines()).toHaveLength(2);
    const all = 'pipelines(where: { objectTypes: ["deals"], includeArchived: true }) { totalCount }';
    expect(await world.query(`{ ${pipeline} ${stage} ${other} ${none} ${all} }`)).toMatchObject(beside);
  });

  test('costs others no request more', async () => {
    await world.query('{ pipelineByKey(objectType: "deals", pipelineId: "default") { label } }');
    expect(await world.sandbox.requestLines()).toHaveLength(1);
  });

  test('is refused by every write, in words that say why, and stays inactive', async () => {
    const { id, stages } = retired;
    const [one, two] = stages;
    const stage = { label: 'New', meta: { probability: 0.5 } };
    const attempts: readonly (readonly [Parameters<typeof world.mutate>[0], object, string])[] = [
      ['patchPipeline', { id, label: 'Back' }, 'id'],
      ['replacePipeline', { id, label: 'Back', stages: [{ stageId: 'one', label: 'One' }] }, 'id'],
      ['archivePipeline', { id }, 'id'],
      ['createPipelineStage', { pipeline: id, ...stage }, 'pipeline'],
      ['patchPipelineStage', { id: one.id, label: 'First' }, 'id'],
      ['replacePipelineStage', { id: one.id, label: 'First', displayOrder: 0 }, 'id'],
      ['archivePipelineStage', { id: one.id }, 'id'],
      ['reorderPipelineStages', { pipeline: id, stages: [two.id, one.id] }, 'pipeline'],
    ];
    for (const [name, input, field] of attempts) {
      const { errors } = await world.mutate(name, input);
      const message = expect.stringMatching(/archived.*active again.*Restore/);
      expect(errors).toMatchObject([{ code: 'INVALID_INPUT', path: [field], message, mayHaveBeenApplied: false }]);
    }
    const input = { id, label: 'Back', stages: [{ stageId: 'one', label: 'One' }] };
    const plan =
      'query ($input: ReplacePipelineInput!) { pipelineReplacePlan(input: $input) { errors { code path } } }';
    expect((await world.query(plan, { input })).pipelineReplacePlan.errors).toEqual([
      { code: 'INVALID_INPUT', path: ['id'] },
    ]);
    expect(await world.writes()).toEqual([]);
  });

  test('can be copied', async () => {
    const document = `mutation ($input: CopyPipelineInput!) {
      copyPipeline(input: $input) { pipeline { label archived } errors { message } }
    }`;
    const input = { id: retired.id, toSourceName: 'crm', label: 'Again' };
    expect((await world.query(document, { input })).copyPipeline).toEqual({
      pipeline: { label: 'Again', archived: false },
      errors: [],
    });
  });
});
