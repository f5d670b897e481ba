import { afterEach, describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from '../../../src/config/config.ts';
import { startTestGateway } from '../../support/gateway.ts';
import type { TestGateway } from '../../support/gateway.ts';
import { openClient, pipelineFields } from '../client.ts';
import type { Client } from '../client.ts';
import { createSample, readPipeline, readSeeded } from '../contract/samples.ts';
import { kinds, toSettings, token } from '../kinds.ts';
import { useRecordedWorld, useWorld } from '../world.ts';

const kind = kinds.find(({ title }) => title === 'organization')!;
const settings = kind.settings;
const missing = 'f'.repeat(24);

const listDocument = `query ($where: PipelineFilter) {
  pipelines(where: $where) { nodes { label objectType } failures { objectType code } }
}`;

describe('listing, without a list call', () => {
  const world = useWorld({ settings });
  const gateways: TestGateway[] = [];
  afterEach(() => Promise.all(gateways.splice(0).map((gateway) => gateway.close())));

  /** Another gateway to the same account, which is told more pipelines. */
  async function openTold(ids: readonly string[], type = 'Contact'): Promise<Client> {
    const pipelineIds = ids.map((id) => ({ type, id }));
    const gateway = await startTestGateway({
      sources: () => [toSettings(settings, world.sandbox.url, { pipelineIds })],
    });
    gateways.push(gateway);
    return openClient(gateway);
  }
  const queriesOf = async () => (await world.sandbox.requests()).map(({ query }) => query).sort();

  test('lists the defaults of both types, and nothing that it was not told', async () => {
    await createSample(world, kind, 'Unknown to the gateway');
    const { pipelines } = await world.query(listDocument);
    expect(pipelines).toEqual({
      nodes: [
        { label: 'Contacts', objectType: 'Contact' },
        { label: 'Applications', objectType: 'Application' },
      ],
      failures: [],
    });
    expect(await queriesOf()).toEqual(['type=Application', 'type=Contact']);
  });

  test('lists the configured pipelines with them, each once; one that is gone is absent', async () => {
    const { pipelineId: defaultId } = await readSeeded(world, kind);
    const { pipelineId } = await createSample(world, kind, 'Told');
    const client = await openTold([pipelineId, defaultId, missing, pipelineId]);
    const { pipelines } = await client.query(listDocument, { where: { objectTypes: ['Contact'] } });
    expect(pipelines.nodes.map(({ label }: { label: string }) => label)).toEqual(['Contacts', 'Told']);
    expect(pipelines.failures).toEqual([]);
    expect(await queriesOf()).toEqual(
      [
        'type=Contact',
        `type=Contact&pipelineId=${defaultId}`,
        `type=Contact&pipelineId=${missing}`,
        `type=Contact&pipelineId=${pipelineId}`,
      ].sort(),
    );
  });

  test('serves what it can where one of them fails, and says that it did', async () => {
    const { pipelineId } = await createSample(world, kind, 'Told');
    const client = await openTold([pipelineId]);
    await world.sandbox.fault({ match: { method: 'GET' }, fault: 'status', status: 403, times: 1 });
    const where = { objectTypes: ['Contact'] };
    const { pipelines } = await client.query(listDocument, { where });
    expect(pipelines.nodes).toHaveLength(1);
    expect(pipelines.failures).toEqual([{ objectType: 'Contact', code: 'UPSTREAM_FORBIDDEN' }]);
  });

  test('does not say that a stage is not there where one of them could not be searched', async () => {
    const { pipelineId } = await createSample(world, kind, 'Told');
    const client = await openTold([pipelineId]);
    await world.sandbox.fault({ match: { method: 'GET' }, fault: 'status', status: 403, times: 1 });
    const { data, errors } = await client.ask(
      '{ pipelineStageByKey(objectType: "Contact", stageId: "0123456789abcdef01234567") { label } }',
    );
    expect(data).toEqual({ pipelineStageByKey: null });
    expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_FORBIDDEN' } }]);
  });

  test('finds stages by their keys in the pipelines that it can list only', async () => {
    const { pipelineId, stages } = await createSample(world, kind, 'Told');
    const document = `{ pipelineStageByKey(objectType: "Contact", stageId: "${stages[0].stageId}") { label } }`;
    expect(await world.query(document)).toEqual({ pipelineStageByKey: null });
    const told = await openTold([pipelineId]);
    expect(await told.query(document)).toEqual({ pipelineStageByKey: { label: 'First' } });
  });

  test('reaches any pipeline whose id the caller names, with each object type asked for', async () => {
    const { pipelineId } = await createSample(world, kind, 'Named');
    const { pipelines } = await world.query(listDocument, {
      where: { pipelineIds: [pipelineId, pipelineId, missing] },
    });
    expect(pipelines).toEqual({ nodes: [{ label: 'Named', objectType: 'Contact' }], failures: [] });
    expect(await queriesOf()).toEqual(
      ['Application', 'Contact']
        .flatMap((type) => [pipelineId, missing].map((id) => `type=${type}&pipelineId=${id}`))
        .sort(),
    );
  });

  test('takes ids of other sources, which no pipeline of this one can have, for unknown ones', async () => {
    const { pipelines } = await world.query(listDocument, { where: { pipelineIds: ['default', '12345'] } });
    expect(pipelines).toEqual({ nodes: [], failures: [] });
  });

  test('asks once for each distinct pipeline, however many look-ups of it there are', async () => {
    const one = await createSample(world, kind, 'One');
    const two = await createSample(world, kind, 'Two');
    const [first, second] = one.stages;
    await world.query(`{
      a: pipeline(id: "${one.id}") { label } b: pipeline(id: "${one.id}") { stages { pipeline { id } } }
      c: pipelineStage(id: "${first.id}") { id } d: pipelineStage(id: "${second.id}") { pipeline { label } }
      e: pipeline(id: "${two.id}") { label }
    }`);
    expect(await queriesOf()).toEqual(
      [one, two].map(({ pipelineId }) => `type=Contact&pipelineId=${pipelineId}`).sort(),
    );
  });
});

describe('reading', () => {
  const world = useWorld({ settings });
  const id = '64a000000000000000000001';
  const stageId = '64a00000000000000000000a';
  const ask = `{ pipelineByKey(objectType: "Contact", pipelineId: "${id}") { ${pipelineFields} } }`;
  const answer = (body: object) =>
    world.sandbox.fault({ match: { method: 'GET' }, fault: 'wrong-shape', status: 200, body });

  test.each([
    ['bare', (pipeline: object) => pipeline],
    ['wrapped', (pipeline: object) => ({ pipeline })],
  ])('takes a pipeline that comes %s, with no more than an id and a name', async (_, toBody) => {
    await answer(toBody({ _id: id, name: 'Short' }));
    expect((await world.query(ask)).pipelineByKey).toMatchObject({
      label: 'Short',
      displayOrder: 0,
      description: null,
      isDefault: null,
      archived: false,
      createdAt: null,
      createdBy: null,
      stages: [],
    });
  });

  test('reads stages from the legacy lists where they say the same as the new one would', async () => {
    const stages = [{ name: 'New', color: '#112233' }];
    await answer({ _id: id, name: 'Legacy', stages, pipelineStageIds: [stageId] });
    expect((await world.query(ask)).pipelineByKey.stages).toMatchObject([
      { stageId, label: 'New', displayOrder: 0, meta: { color: '#112233' } },
    ]);
    await world.sandbox.reset();
    await answer({ _id: id, name: 'Legacy', stages, pipelineStageIds: [] });
    expect((await world.query(ask)).pipelineByKey.stages).toEqual([]);
  });

  test('refuses to add to stages that the upstream does not show, because a list without them removes them', async () => {
    await answer({ _id: id, name: 'Short', type: 'Contact' });
    const { pipelineByKey } = await world.query(ask);
    const { errors } = await world.mutate('createPipelineStage', { pipeline: pipelineByKey.id, label: 'New' });
    expect(errors).toMatchObject([{ code: 'UPSTREAM_CONTRACT', mayHaveBeenApplied: false }]);
    expect(await world.writes()).toEqual([]);
  });

  test('shows who made a pipeline, what its metadata says, and that stages have no outcome', async () => {
    const { createdBy, updatedBy, stages, isDefault, description } = await readSeeded(world, kind);
    expect([createdBy, updatedBy]).toEqual([expect.stringMatching(/^[\da-f]{24}$/), createdBy]);
    expect({ isDefault, description }).toEqual({
      isDefault: true,
      description: 'From first contact to a signed contract',
    });
    const { pipelineStage } = await world.query(
      `{ pipelineStage(id: "${stages[0].id}") { outcome writePermissions meta { ... on OrganizationStageMeta { color raw } } } }`,
    );
    expect(pipelineStage).toEqual({
      outcome: 'UNKNOWN',
      writePermissions: null,
      meta: { color: '#3B82F6', raw: { color: '#3B82F6' } },
    });
  });

  test('does not take another pipeline for the one that was asked for', async () => {
    const { pipelineId } = await createSample(world, kind);
    const ofOtherType = `{ pipelineByKey(objectType: "Application", pipelineId: "${pipelineId}") { id } }`;
    expect(await world.query(ofOtherType)).toEqual({ pipelineByKey: null });
    await answer({ _id: '64a0000000000000000000ff', name: 'The default', type: 'Contact' });
    expect(await world.query(ask)).toEqual({ pipelineByKey: null });
  });
});

describe('writing', () => {
  const world = useRecordedWorld({ settings });
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

  test('creates with the create call, never with the edit call, which would edit the default pipeline', async () => {
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

  test('can make a new pipeline the default one', async () => {
    const before = await readSeeded(world, kind);
    const input = { objectType: 'Contact', label: 'Contacts 2', isDefault: true, stages: [{ label: 'New' }] };
    const { pipeline } = await world.do('createPipeline', input);
    expect(pipeline.isDefault).toBe(true);
    expect((await readPipeline(world, before.id)).isDefault).toBe(false);
  });

  test('names the pipeline in every edit, so that the default one stays as it is', async () => {
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

  test('does not write to the default pipeline when the API answers with it instead of the one asked for', async () => {
    const { id } = await openSample();
    const body = { _id: '64a0000000000000000000ff', name: 'The default', type: 'Contact', isDefault: true };
    await world.sandbox.fault({ match: { method: 'GET' }, fault: 'wrong-shape', status: 200, body });
    const { errors } = await world.mutate('patchPipeline', { id, label: 'Renamed' });
    expect(errors).toMatchObject([{ code: 'NOT_FOUND', id }]);
    expect(await world.writes()).toEqual([]);
  });

  test('sends nothing of a pipeline but what changes', async () => {
    const { id, pipelineId } = await openSample();
    await world.do('patchPipeline', { id, description: 'Changed' });
    await world.do('patchPipeline', { id, label: 'Renamed' });
    expect(editBodies()).toEqual([
      { pipelineId, description: 'Changed' },
      { pipelineId, name: 'Renamed' },
    ]);
  });

  test('sends id, color and position of every stage that stays, or the API would choose them anew', async () => {
    const { id, stages } = await openSample();
    await world.do('createPipelineStage', {
      pipeline: id,
      label: 'Between',
      displayOrder: 0,
      meta: { color: '#000000' },
    });
    const [first, second, third] = stages.map(({ stageId }: { stageId: string }) => stageId);
    expect(editBodies()[0].pipelineStages).toEqual([
      { _id: first, name: 'First', color: '#112233', position: 0 },
      { name: 'Between', color: '#000000', position: 1 },
      { _id: second, name: 'Second', color: '#445566', position: 2 },
      { _id: third, name: 'Third', color: '#778899', position: 3 },
    ]);
  });

  test('finds a stage that it added by its label, as the API keeps it, because no id is told', async () => {
    const { id } = await openSample();
    const { stage } = await world.do('createPipelineStage', { pipeline: id, label: '  Fourth ' });
    expect(stage).toMatchObject({ label: 'Fourth', stageId: expect.stringMatching(/^[\da-f]{24}$/) });
  });

  test('makes records move along with renamed stages, swapped ones too, and says how many', async () => {
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
    expect(editBodies()[0].stages).toEqual([
      { oldStage: 'First', newStage: 'Second', color: '#112233' },
      { oldStage: 'Second', newStage: 'First', color: '#445566' },
    ]);
  });

  test('sends the rename of a single stage in the same way', async () => {
    const { stages } = await openSample();
    await world.do('patchPipelineStage', { id: stages[0].id, label: 'Begin' });
    expect(editBodies()[0].stages).toEqual([{ oldStage: 'First', newStage: 'Begin', color: '#112233' }]);
  });

  test('moves the records of an archived pipeline to the first stage of another one', async () => {
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

  test('moves the records of an archived stage to another one of its pipeline', async () => {
    const { id, pipelineId, stages } = await openSample();
    const [first, second, third] = stages;
    await world.addRecords({ objectType: 'Contact', pipelineId, stageId: first.stageId }, ['a', 'b', 'c']);
    const payload = await world.do('archivePipelineStage', { id: first.id, moveRecordsTo: third.id });
    expect(payload).toMatchObject({ movedRecordsTo: { stageId: third.stageId }, movedRecordCount: 3 });
    expect(await world.writes()).toEqual(['POST /api/pipelines/stages/reassign']);
    expect((await readPipeline(world, id)).stages).toEqual([second, third]);
  });

  test('refuses targets that cannot take the records before anything is asked', async () => {
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

  test('answers the deletion of the default pipeline with the API’s own refusal', async () => {
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
  ])('reads a refusal with status %i and the text "%s" as %s', async (status, error, code) => {
    await world.sandbox.fault({ match: { method: 'POST' }, fault: 'status', status, body: { error } });
    const { errors } = await world.mutate('createPipeline', {
      objectType: 'Contact',
      label: 'New',
      stages: [{ label: 'One' }],
    });
    expect(errors).toMatchObject([{ code, path: code === 'LABEL_TAKEN' ? ['label'] : null }]);
  });

  test('keeps what somebody else has changed meanwhile', async () => {
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

describe('configuration', () => {
  const env = { ORGANIZATION_TOKEN: 'org-token', ORGANIZATION_URL: 'https://org.example.com' };
  const problemsOf = (variables: Record<string, string>) => {
    try {
      readConfig(variables);
    } catch (error) {
      if (error instanceof ConfigError) return error.message.split('\n').slice(1);
      throw error;
    }
    return [];
  };

  test('its variables configure the one source of its kind', () => {
    const ids = 'Contact:64a000000000000000000001, Application:64a000000000000000000002';
    const { sources } = readConfig({ ...env, ORGANIZATION_PIPELINE_IDS: ids });
    expect(sources).toEqual([
      {
        name: 'organization',
        kind: 'organization',
        url: 'https://org.example.com',
        objectTypes: ['Contact', 'Application'],
        pipelineIds: [
          { type: 'Contact', id: '64a000000000000000000001' },
          { type: 'Application', id: '64a000000000000000000002' },
        ],
        credential: { mode: 'static', token: 'org-token' },
      },
    ]);
  });

  test('names the variable that is missing or wrong', () => {
    expect(problemsOf({ ORGANIZATION_TOKEN: 'org-token' })).toEqual(['- ORGANIZATION_URL: a URL is needed']);
    expect(problemsOf({ ...env, ORGANIZATION_PIPELINE_IDS: 'Contact,Deal:1' })).toEqual([
      expect.stringContaining('ORGANIZATION_PIPELINE_IDS: '),
      expect.stringContaining('ORGANIZATION_PIPELINE_IDS: '),
    ]);
  });

  test('refuses pipelines of an object type that the source is not to have', () => {
    const pipelineIds = [{ type: 'Application', id: '1' }];
    expect(() => toSettings(settings, 'http://localhost', { objectTypes: ['Contact'], pipelineIds })).toThrow(
      "must be of the source's object types",
    );
  });
});
