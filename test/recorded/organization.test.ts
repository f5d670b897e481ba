import { describe, expect, test } from 'vitest';
import { readCase } from './corpus.ts';
import type { RecordedCase } from './corpus.ts';
import { mutate } from './mutate.ts';
import { openRecordedWorld } from './world.ts';

const read = readCase('organization', 'the default pipeline of a type');
const updated = readCase('organization', 'an update, with what it moved');
const stages = [
  { stageId: '67f0a0b0c0d0e0f0a0b0c0d0', label: 'New' },
  { stageId: '67f0a0b0c0d0e0f0a0b0c0d1', label: 'Qualified' },
];
const migrations = [
  { fromLabel: 'New Lead', toLabel: 'New', recordCount: 14 },
  { fromLabel: 'Qualified Lead', toLabel: 'Qualified', recordCount: 8 },
];

async function open(...cases: readonly RecordedCase[]) {
  const world = await openRecordedWorld(cases);
  const { data } = await world.ask('{ pipelines { nodes { id stages { id label } } } }');
  const [pipeline] = data.pipelines.nodes as { id: string; stages: { id: string; label: string }[] }[];
  return { world, id: pipeline?.id ?? '', stages: pipeline?.stages ?? [] };
}

describe('migrations', () => {
  test('hold all that the upstream says it moved, although the request names no rename', async () => {
    const { world, id } = await open(read, updated);
    const payload = await mutate(
      world,
      'replacePipeline',
      { id, label: 'Another pipeline', stages },
      'migrations { fromLabel toLabel recordCount }',
    );
    expect(payload.errors).toEqual([]);
    expect(payload['migrations']).toEqual(migrations);
  });

  test.each([
    ['patchPipelineStage', { label: 'Newest' }],
    ['replacePipelineStage', { label: 'Newest', displayOrder: 0 }],
  ])('%s, which renames, has them too', async (mutation, input) => {
    const {
      world,
      stages: [stage],
    } = await open(read, updated);
    const payload = await mutate(
      world,
      mutation,
      { id: stage?.id, ...input },
      'migrations { fromLabel toLabel recordCount }',
    );
    expect(payload.errors).toEqual([]);
    expect(payload['migrations']).toEqual(migrations);
  });

  test('are none if the answer names none', async () => {
    const { world, id } = await open(read, readCase('organization', 'an update that moved nothing'));
    const payload = await mutate(
      world,
      'replacePipeline',
      { id, label: 'Sales pipeline', stages },
      'migrations { recordCount }',
    );
    expect(payload).toMatchObject({ errors: [], migrations: [] });
  });
});

describe('an inactive stage', () => {
  const withInactive = readCase('organization', 'a pipeline with an inactive stage');

  test('is archived', async () => {
    const world = await openRecordedWorld([withInactive]);
    const { data } = await world.ask(
      '{ pipelines(where: { includeArchived: true }) { nodes { stages { label archived } } } }',
    );
    expect(data.pipelines.nodes[0].stages).toEqual([
      { label: 'New', archived: false },
      { label: 'Qualified', archived: false },
      { label: 'Won', archived: true },
    ]);
  });

  test('is in no list that a write sends, as that would make it active again', async () => {
    const {
      world,
      stages: [stage],
    } = await open(withInactive, updated);
    expect((await mutate(world, 'patchPipelineStage', { id: stage?.id, label: 'Newest' })).errors).toEqual([]);
    const sent = world.upstream.writes()[0]?.body.pipelineStages;
    expect(sent.map(({ name }: { name: string }) => name)).toEqual(['Newest', 'Qualified']);
  });
});

test('organizationId is served', async () => {
  const world = await openRecordedWorld([read]);
  const { data, errors } = await world.ask('{ pipelines { nodes { organizationId } } }');
  expect(errors).toBeUndefined();
  expect(data.pipelines.nodes).toEqual([{ organizationId: '65a0e0e0e0e0e0e0e0e0e0e0' }]);
});

describe('answers of deletions and reassignments', () => {
  test('a deletion tells the stage and the count of what moved', async () => {
    const sample = readCase('organization', 'a delete with a target');
    const other = withBody({ _id: '66f0a0b0c0d0e0f0a0b0c0d2', isDefault: false });
    const gone = { ...other, answer: { ...other.answer, status: 404, body: {} } };
    const { world, id } = await open(other, other, gone, sample);
    const moveRecordsTo = await targetId();
    const payload = await mutate(world, 'archivePipeline', { id, moveRecordsTo }, 'archivedId movedRecordCount');
    expect(payload).toMatchObject({ errors: [], archivedId: id, movedRecordCount: 22 });
    expect(world.upstream.writes()).toMatchObject([
      { method: 'DELETE', body: { targetPipelineId: '66f0a0b0c0d0e0f0a0b0c0d0' } },
    ]);
  });

  test('a reassignment tells the count', async () => {
    const [, ...pipelineStages] = (read.answer.body as { pipelineStages: readonly object[] }).pipelineStages;
    const {
      world,
      stages: [source, target],
    } = await open(read, read, withBody({ pipelineStages }), readCase('organization', 'a reassignment'));
    const payload = await mutate(
      world,
      'archivePipelineStage',
      { id: source?.id, moveRecordsTo: target?.id },
      'archivedId movedRecordCount',
    );
    expect(payload).toMatchObject({ errors: [], archivedId: source?.id, movedRecordCount: 7 });
  });

  function withBody(more: object): RecordedCase {
    return { ...read, answer: { ...read.answer, body: { ...(read.answer.body as object), ...more } } };
  }

  async function targetId(): Promise<string> {
    return (await open(read)).id;
  }
});
