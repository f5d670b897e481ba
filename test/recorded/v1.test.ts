import { describe, expect, test } from 'vitest';
import { readCase } from './corpus.ts';
import { mutate } from './mutate.ts';
import { openRecordedWorld } from './world.ts';

const replaced = { at: 'PUT /crm-pipelines/v1/pipelines/deals/long-labels', as: readCase('hubspot-v1', 'a replace') };

describe('an inactive pipeline that a list handed out', () => {
  const list = readCase('hubspot-v1', 'an inactive pipeline in a list that includes it');

  async function learnId() {
    const world = await openRecordedWorld([list]);
    const { data } = await world.ask(
      '{ pipelines(where: { includeArchived: true }) { nodes { id archived stages { id } } } }',
    );
    const found = data.pipelines.nodes.find(({ archived }: { archived: boolean }) => archived);
    return { world, id: found.id as string, stageId: found.stages[0].id as string };
  }

  test('resolves by its id, as do its stages', async () => {
    const { world, id, stageId } = await learnId();
    const { data, errors } = await world.ask(
      `{ pipeline(id: "${id}") { label archived } pipelineStage(id: "${stageId}") { label } }`,
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({ pipeline: { label: 'Retired', archived: true }, pipelineStage: { label: 'Open' } });
  });

  test('is patched, or the refusal says why', async () => {
    const { world, id } = await learnId();
    const { errors } = await mutate(world, 'patchPipeline', { id, label: 'Retired for good' });
    expect(errors.map(({ code }) => code)).not.toContain('NOT_FOUND');
  });
});

describe('labels over 36 characters that stay', () => {
  const list = readCase('hubspot-v1', 'labels of 41 to 57 characters');

  async function open() {
    const world = await openRecordedWorld([list, replaced]);
    const { data } = await world.ask('{ pipelines { nodes { id label stages { id stageId label } } } }');
    return {
      world,
      pipeline: data.pipelines.nodes[0] as {
        id: string;
        label: string;
        stages: { id: string; stageId: string; label: string }[];
      },
    };
  }

  test('do not stop a change of something else', async () => {
    const { world, pipeline } = await open();
    const id = pipeline.stages.at(-1)?.id;
    expect((await mutate(world, 'patchPipelineStage', { id, label: 'Won!' })).errors).toEqual([]);
    expect(world.upstream.writes()[0]?.body.stages.map(({ label }: { label: string }) => label.length)).toEqual([
      41, 57, 4,
    ]);
  });

  test('are taken in a replace', async () => {
    const { world, pipeline } = await open();
    const stages = pipeline.stages.map(({ stageId, label }) => ({ stageId, label }));
    const { errors } = await mutate(world, 'replacePipeline', { id: pipeline.id, label: pipeline.label, stages });
    expect(errors).toEqual([]);
  });

  test('are taken in a stage’s own replace, and new ones are not', async () => {
    const { world, pipeline } = await open();
    const [stage] = pipeline.stages;
    const input = { id: stage?.id, label: stage?.label, displayOrder: 0 };
    expect((await mutate(world, 'replacePipelineStage', input)).errors).toEqual([]);
    expect((await mutate(world, 'replacePipelineStage', { ...input, label: `${stage?.label}!` })).errors).toMatchObject(
      [{ code: 'INVALID_INPUT', path: ['label'] }],
    );
  });
});

test('an inactive stage stays inactive in every write', async () => {
  const list = readCase('hubspot-v1', 'a stage that is not active');
  const world = await openRecordedWorld([list, { ...replaced, at: 'PUT /crm-pipelines/v1/pipelines/deals/half' }]);
  const { data } = await world.ask('{ pipelines { nodes { id } } }');
  const { id } = data.pipelines.nodes[0];
  expect((await mutate(world, 'patchPipeline', { id, label: 'Half' })).errors).toEqual([]);
  expect(world.upstream.writes()[0]?.body.stages).toMatchObject([
    { active: true },
    { active: false },
    { active: true },
  ]);
});

describe('steps of 0.1', () => {
  const list = readCase('hubspot-v1', 'ids in capitals');

  test('are wanted of a new probability', async () => {
    const world = await openRecordedWorld([
      list,
      { ...replaced, at: 'PUT /crm-pipelines/v1/pipelines/deals/Pipeline-2019.A' },
    ]);
    const { data } = await world.ask('{ pipelines { nodes { stages { id } } } }');
    const { id } = data.pipelines.nodes[0].stages[0];
    expect((await mutate(world, 'patchPipelineStage', { id, meta: { probability: 0.85 } })).errors).toMatchObject([
      { code: 'INVALID_INPUT', path: ['meta', 'probability'] },
    ]);
    expect(world.upstream.writes()).toEqual([]);
    expect((await mutate(world, 'patchPipelineStage', { id, meta: { probability: 0.3 } })).errors).toEqual([]);
  });
});
