import { describe, expect, test } from 'vitest';
import { createSample, readPipeline, readSeeded } from '../contract/samples.ts';
import { organization as kind, token } from '../kinds.ts';
import { useRecordedWorld } from '../world.ts';

describe('writing', () => {
  const world = useRecordedWorld(kind);
  /** What was sent to the edit call. */
  const editBodies = () =>
    world.sent
      .filter(({ method, target }) => method === 'POST' && target.startsWith('/api/pipelines?'))
      .map(({ body }) => body);

  async function openSample(label?: string) {
    const pipeline = await createSample(world, kind, label);
    world.sent.length = 0;
    return pipeline;
  }

  test('a create uses the create call, never the edit call, which would edit the default pipeline', async () => {
    const before = await readSeeded(world, kind);
    const { pipeline } = await world.do('createPipeline', {
      objectType: 'Contact',
      label: ' Partners ',
      description: 'Who sells for us',
      stages: [{ label: 'New' }],
    });
    expect(pipeline).toMatchObject({ label: 'Partners', description: 'Who sells for us', isDefault: false });
    expect(await world.writes()).toEqual(['POST /api/pipelines/create']);
    expect(await readSeeded(world, kind)).toEqual(before);
  });

  test('a create can make a new pipeline the default one', async () => {
    const before = await readSeeded(world, kind);
    const input = { objectType: 'Contact', label: 'Contacts 2', isDefault: true, stages: [{ label: 'New' }] };
    const { pipeline } = await world.do('createPipeline', input);
    expect(pipeline.isDefault).toBe(true);
    expect((await readPipeline(world, before.id)).isDefault).toBe(false);
  });

  test('every edit names its pipeline, so that the default one stays as it is', async () => {
    const before = await readSeeded(world, kind);
    const { id, pipelineId, stages } = await openSample();
    await world.do('patchPipeline', { id, description: 'Changed' });
    await world.do('createPipelineStage', { pipeline: id, label: 'Fourth' });
    await world.do('patchPipelineStage', { id: stages[0].id, meta: { color: '#000000' } });
    await world.do('replacePipelineStage', { id: stages[1].id, label: 'Second', displayOrder: 5 });
    await world.do('archivePipelineStage', { id: stages[2].id });
    await world.do('replacePipeline', { id, label: 'Replaced', stages: [{ label: 'Second' }] });
    expect(editBodies().map((body) => body.pipelineId)).toEqual(Array(6).fill(pipelineId));
    expect(await readSeeded(world, kind)).toEqual(before);
  });

  test('nothing is written to the default pipeline when the API answers with it instead of the one asked for', async () => {
    const { id } = await openSample();
    const body = { _id: '64a0000000000000000000ff', name: 'The default', type: 'Contact', isDefault: true };
    await world.sandbox.fault({ match: { method: 'GET' }, fault: 'wrong-shape', status: 200, body });
    const { errors } = await world.mutate('patchPipeline', { id, label: 'Renamed' });
    expect(errors).toMatchObject([{ code: 'NOT_FOUND', id }]);
    expect(await world.writes()).toEqual([]);
  });

  test('an edit sends nothing of a pipeline but what changes', async () => {
    const { id, pipelineId } = await openSample();
    await world.do('patchPipeline', { id, description: 'Changed' });
    await world.do('patchPipeline', { id, label: 'Renamed' });
    expect(editBodies()).toEqual([
      { pipelineId, description: 'Changed' },
      { pipelineId, name: 'Renamed' },
    ]);
  });

  test('an edit sends id, color and position of every stage that stays, or the API would choose them anew', async () => {
    const { id, stages } = await openSample();
    await world.do('createPipelineStage', {
      pipeline: id,
      label: 'Before',
      displayOrder: 0,
      meta: { color: '#000000' },
    });
    const [first, second, third] = stages.map(({ stageId }: { stageId: string }) => stageId);
    expect(editBodies()[0].pipelineStages).toEqual([
      { name: 'Before', color: '#000000', position: 0 },
      { _id: first, name: 'First', color: '#112233', position: 1 },
      { _id: second, name: 'Second', color: '#445566', position: 2 },
      { _id: third, name: 'Third', color: '#778899', position: 3 },
    ]);
  });

  test('an added stage is found by its label, as the API keeps it, because no id is told', async () => {
    const { id } = await openSample();
    const { stage } = await world.do('createPipelineStage', { pipeline: id, label: '  Fourth ' });
    expect(stage).toMatchObject({ label: 'Fourth', stageId: expect.stringMatching(/^[\da-f]{24}$/) });
  });

  test('an edit moves records along with renamed stages, swapped ones too, and says how many', async () => {
    const { id, pipelineId, stages } = await openSample();
    const [first, second, third] = stages;
    const objectType = 'Contact';
    await world.addRecords({ objectType, pipelineId, stageId: first.stageId }, ['a', 'b']);
    await world.addRecords({ objectType, pipelineId, stageId: second.stageId }, ['c']);
    const { migrations } = await world.do('replacePipeline', {
      id,
      label: 'Renewals',
      stages: [
        { stageId: first.stageId, label: 'Second' },
        { stageId: second.stageId, label: 'First' },
        { stageId: third.stageId, label: 'Third' },
      ],
    });
    expect(migrations).toEqual([
      { fromLabel: 'First', toLabel: 'Second', recordCount: 2 },
      { fromLabel: 'Second', toLabel: 'First', recordCount: 1 },
    ]);
    expect(editBodies().map((body) => body.stages)).toEqual([
      [{ oldStage: 'First', newStage: 'First (renaming)', color: '#112233' }],
      [
        { oldStage: 'Second', newStage: 'First', color: '#445566' },
        { oldStage: 'First (renaming)', newStage: 'Second', color: '#112233' },
      ],
    ]);
    expect(editBodies()[0].pipelineStages.map((stage: { name: string }) => stage.name)).toEqual([
      'First (renaming)',
      'Second',
      'Third',
    ]);
  });

  test('the rename of a single stage moves its records too', async () => {
    const { stages } = await openSample();
    await world.do('patchPipelineStage', { id: stages[0].id, label: 'Begin' });
    expect(editBodies()[0].stages).toEqual([{ oldStage: 'First', newStage: 'Begin', color: '#112233' }]);
  });

  test('an archived pipeline’s records move to the first stage of another one', async () => {
    const { id, pipelineId, stages } = await openSample();
    const target = await readSeeded(world, kind);
    await world.addRecords({ objectType: 'Contact', pipelineId, stageId: stages[1].stageId }, ['a', 'b']);
    const payload = await world.do('archivePipeline', { id, moveRecordsTo: target.id });
    expect(payload).toMatchObject({
      archivedId: id,
      movedRecordsTo: { stageId: target.stages[0].stageId, label: 'New Lead' },
      movedRecordCount: 2,
    });
    expect(world.sent.find(({ method }) => method === 'DELETE')?.body).toEqual({ targetPipelineId: target.pipelineId });
    expect(await readPipeline(world, id)).toBeNull();
  });

  test('an archived stage’s records move to another one of its pipeline', async () => {
    const { id, pipelineId, stages } = await openSample();
    const [first, second, third] = stages;
    await world.addRecords({ objectType: 'Contact', pipelineId, stageId: first.stageId }, ['a', 'b', 'c']);
    const payload = await world.do('archivePipelineStage', { id: first.id, moveRecordsTo: third.id });
    expect(payload).toMatchObject({ movedRecordsTo: { stageId: third.stageId }, movedRecordCount: 3 });
    expect(await world.writes()).toEqual(['POST /api/pipelines/stages/reassign']);
    expect((await readPipeline(world, id)).stages).toEqual([second, third]);
  });

  test('a target that cannot take the records is refused before anything is asked', async () => {
    const { id, stages } = await openSample();
    const other = await readSeeded(world, {
      ...kind,
      objectType: 'Application',
      seeded: { ...kind.seeded, label: 'Appl' },
    });
    await world.sandbox.emptyLog();
    const payloads = [
      await world.mutate('archivePipeline', { id, moveRecordsTo: other.id }),
      await world.mutate('archivePipeline', { id, moveRecordsTo: id }),
      await world.mutate('archivePipeline', { id, moveRecordsTo: 'nonsense' }),
      await world.mutate('archivePipelineStage', { id: stages[0].id, moveRecordsTo: other.stages[0].id }),
      await world.mutate('archivePipelineStage', { id: stages[0].id, moveRecordsTo: stages[0].id }),
    ];
    const refused = payloads.map(({ errors }) => [errors[0].code, ...errors[0].path].join(' '));
    expect(refused).toEqual(Array(5).fill('INVALID_INPUT moveRecordsTo'));
    expect(await world.sandbox.requestLines()).toEqual([]);
  });

  test('the deletion of the default pipeline is answered with the API’s own refusal', async () => {
    const { id } = await readSeeded(world, kind);
    const { errors } = await world.mutate('archivePipeline', { id });
    expect(errors).toMatchObject([
      { code: 'UPSTREAM_REJECTED', message: 'The default pipeline cannot be deleted', status: 400 },
    ]);
  });

  test.each([
    [400, 'A pipeline with this name already exists', 'LABEL_TAKEN'],
    [409, 'Pipeline name must be unique', 'LABEL_TAKEN'],
    [400, 'name is taken', 'LABEL_TAKEN'],
    [400, 'E11000 duplicate key error: name_1', 'LABEL_TAKEN'],
    [400, 'name must not be empty', 'UPSTREAM_REJECTED'],
    [422, 'A pipeline with this name already exists', 'UPSTREAM_REJECTED'],
  ])('a refusal with status %i and the text "%s" is read as %s', async (status, error, code) => {
    await world.sandbox.fault({ match: { method: 'POST' }, fault: 'status', status, body: { error } });
    const { errors } = await world.mutate('createPipeline', {
      objectType: 'Contact',
      label: 'New',
      stages: [{ label: 'One' }],
    });
    expect(errors).toMatchObject([{ code, path: code === 'LABEL_TAKEN' ? ['label'] : null }]);
  });

  test('an edit keeps what somebody else has changed meanwhile', async () => {
    const { id, pipelineId, stages } = await openSample();
    await world.query(`{ pipeline(id: "${id}") { label } }`);
    const theirs = stages.map(({ stageId: _id, label: name }: { stageId: string; label: string }) => ({ _id, name }));
    const pipelineStages = [...theirs, { name: 'Theirs', color: '#000000' }];
    await world.sandbox.call('POST', '/api/pipelines?type=Contact', token, { pipelineId, pipelineStages });
    await world.do('patchPipelineStage', { id: stages[0].id, label: 'Ours' });
    const labels = (await readPipeline(world, id)).stages.map(({ label }: { label: string }) => label);
    expect(labels).toEqual(['Ours', 'Second', 'Third', 'Theirs']);
  });
});
