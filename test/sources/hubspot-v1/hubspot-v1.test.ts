import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../../src/config/config.ts';
import { withStageIds } from '../../../src/sources/hubspot-v1/stage-ids.ts';
import { pipelineFields } from '../../support/selections.ts';
import { readPipeline } from '../contract/samples.ts';
import { token } from '../kinds.ts';
import { useRecordedWorld, useWorld } from '../world.ts';

const settings = { kind: 'hubspot-v1' } as const;
const list = '/crm-pipelines/v1/pipelines';
const deal = (label: string, probability = 0.5) => ({ label, meta: { probability } });

const labelsDocument = `query ($where: PipelineFilter) {
  pipelines(where: $where) { nodes { label archived } failures { code message } }
}`;

describe('reading', () => {
  const world = useWorld({ settings });
  const readLabels = async (where: object) => (await world.query(labelsDocument, { where })).pipelines;

  test('v1 shows deleted pipelines to those who ask for them only, and is always told which are wanted', async () => {
    const { pipeline } = await world.do('createPipeline', {
      objectType: 'deals',
      label: 'Gone',
      stages: [deal('One')],
    });
    await world.do('archivePipeline', { id: pipeline.id });
    await world.sandbox.emptyLog();
    const active = await readLabels({ objectTypes: ['deals'] });
    const all = await readLabels({ objectTypes: ['deals'], includeArchived: true });
    expect(active.nodes).toEqual([{ label: 'Sales Pipeline', archived: false }]);
    expect(all.nodes).toContainEqual({ label: 'Gone', archived: true });
    expect(await readPipeline(world, pipeline.id)).toMatchObject({ label: 'Gone', archived: true });
    expect((await world.sandbox.requests()).map(({ query }) => query)).toEqual([
      'includeInactive=EXCLUDE_DELETED',
      'includeInactive=INCLUDE_DELETED',
      'includeInactive=EXCLUDE_DELETED',
      'includeInactive=INCLUDE_DELETED',
    ]);
  });

  test('a single pipeline of v1 is read from the list, as there is no other way', async () => {
    const { pipelineByKey } = await world.query(
      `{ pipelineByKey(objectType: "tickets", pipelineId: "0") { ${pipelineFields} } }`,
    );
    expect(pipelineByKey).toMatchObject({ label: 'Support Pipeline', isDefault: true, createdAt: null });
    expect(pipelineByKey.stages[3]).toMatchObject({ meta: { __typename: 'TicketStageMeta', ticketState: 'CLOSED' } });
    expect(await world.sandbox.requestLines()).toEqual([`GET ${list}/tickets`]);
  });

  test('equal requests of the same moment share one call to v1', async () => {
    await world.sandbox.fault({ match: { method: 'GET' }, fault: 'latency', ms: 200 });
    const document = '{ pipelineByKey(objectType: "deals", pipelineId: "default") { label } }';
    const answers = await Promise.all([1, 2, 3].map(() => world.gateway.ask(document)));
    expect(answers.map(({ data }) => data.pipelineByKey.label)).toEqual(Array(3).fill('Sales Pipeline'));
    expect(await world.sandbox.requestLines()).toHaveLength(1);
  });

  test('v1’s epoch milliseconds become instants, and its default pipeline is told from others', async () => {
    const { pipeline } = await world.do('createPipeline', { objectType: 'deals', label: 'New', stages: [deal('One')] });
    expect(pipeline).toMatchObject({
      isDefault: false,
      createdAt: expect.stringMatching(/^20\d\d-\d\d-\d\dT[\d:.]+Z$/),
      updatedAt: expect.stringMatching(/^20\d\d-\d\d-\d\dT[\d:.]+Z$/),
    });
  });

  test('v1’s probabilities are taken as numbers, as documented, and as text, as observed', async () => {
    const stage = (stageId: string, probability: unknown) => ({ stageId, label: stageId, metadata: { probability } });
    const stages = [stage('a', 0.5), stage('b', '1.0'), stage('c', 'soon')].map((each, displayOrder) => ({
      ...each,
      displayOrder,
    }));
    await world.sandbox.fault({ fault: 'wrong-shape', body: { results: [{ pipelineId: 'p', label: 'P', stages }] } });
    const { pipelineByKey } = await world.query(
      `{ pipelineByKey(objectType: "deals", pipelineId: "p") { stages { outcome meta { __typename } } } }`,
    );
    expect(pipelineByKey.stages).toEqual([
      { outcome: 'OPEN', meta: { __typename: 'DealStageMeta' } },
      { outcome: 'WON', meta: { __typename: 'DealStageMeta' } },
      { outcome: 'UNKNOWN', meta: { __typename: 'GenericStageMeta' } },
    ]);
  });

  test('a pipeline of v1 with a stage that cannot be identified is shown without it, and the list says so', async () => {
    const good = { pipelineId: 'good', label: 'Good', stages: [{ stageId: 'a', label: 'A' }] };
    const bad = { pipelineId: 'bad', label: 'Bad', stages: [{ stageId: 'b', label: 'B' }, { label: 'No id' }] };
    await world.sandbox.fault({ match: { method: 'GET' }, fault: 'wrong-shape', body: { results: [bad, good] } });
    const { nodes, failures } = await readLabels({ objectTypes: ['deals'] });
    expect(nodes).toMatchObject([{ label: 'Bad' }, { label: 'Good' }]);
    const message = 'Pipeline "Bad": stage 2 cannot be read.';
    expect(failures).toEqual([{ code: 'UPSTREAM_CONTRACT', message }]);
  });

  test('a v1 source says in its own words that the API is gone, after the day on which HubSpot retires it', async () => {
    await world.sandbox.fault({ fault: 'status', status: 410, body: { status: 'error', message: 'This is retired' } });
    const { nodes, failures } = await readLabels({ objectTypes: ['deals'] });
    expect(nodes).toEqual([]);
    expect(failures).toEqual([
      { code: 'UPSTREAM_REJECTED', message: expect.stringMatching(/has no such list|ended on 2026-12-04/) },
    ]);
  });
});

describe('writing', () => {
  const world = useRecordedWorld({ settings });

  async function createSample() {
    const stages = [deal('One', 0.2), deal('Two', 1)];
    const { pipeline } = await world.do('createPipeline', { objectType: 'deals', label: 'Sample', stages });
    await world.sandbox.emptyLog();
    world.sent.length = 0;
    return pipeline;
  }
  const bodiesOf = (method: string) =>
    world.sent.filter((request) => request.method === method).map(({ body }) => body);

  test('a new pipeline is sent as v1 documents it: active, with stage ids, and probabilities as numbers', async () => {
    await createSample().then(() => world.sandbox.reset());
    const stages = [deal('One', 0.2), { ...deal('Won', 1), stageId: 'chosen' }];
    await world.do('createPipeline', { objectType: 'deals', label: 'Sample', stages });
    expect(bodiesOf('POST')).toEqual([
      {
        label: 'Sample',
        displayOrder: 1,
        active: true,
        stages: [
          { stageId: 'one', label: 'One', displayOrder: 0, active: true, metadata: { probability: 0.2 } },
          { stageId: 'chosen', label: 'Won', displayOrder: 1, active: true, metadata: { probability: 1 } },
        ],
      },
    ]);
  });

  test('a change of one label sends v1 all stages, read at that moment, and nothing else of the pipeline', async () => {
    const { id, stages } = await createSample();
    await world.do('patchPipelineStage', { id: stages[0].id, label: 'Begin' });
    expect(world.sent.map(({ method, target }) => `${method} ${target}`)).toEqual([
      `GET ${list}/deals?includeInactive=EXCLUDE_DELETED`,
      expect.stringMatching(`^PUT ${list}/deals/[^/?]+$`),
      `GET ${list}/deals?includeInactive=EXCLUDE_DELETED`,
    ]);
    expect(bodiesOf('PUT')).toEqual([
      {
        stages: [
          { stageId: 'one', label: 'Begin', displayOrder: 0, active: true, metadata: { probability: 0.2 } },
          { stageId: 'two', label: 'Two', displayOrder: 1, active: true, metadata: { probability: 1 } },
        ],
      },
    ]);
    await world.do('archivePipeline', { id, validateReferences: true });
    expect(world.sent.find(({ method }) => method === 'DELETE')).toMatchObject({
      target: expect.not.stringContaining('?'),
    });
  });

  test('a write to v1 keeps what somebody else has changed meanwhile', async () => {
    const { id, pipelineId, stages } = await createSample();
    await world.query(`{ pipeline(id: "${id}") { label } }`);
    await world.sandbox.call('PUT', `${list}/deals/${pipelineId}`, token, { label: 'Theirs' });
    await world.do('patchPipelineStage', { id: stages[0].id, label: 'Ours' });
    expect(await readPipeline(world, id)).toMatchObject({
      label: 'Theirs',
      stages: [{ label: 'Ours' }, { label: 'Two' }],
    });
  });

  test('a write to v1 keeps metadata that the gateway does not know', async () => {
    const raw = { probability: '0.5', isClosed: 'false', colour: 'blue' };
    const stages = [{ stageId: 'a', label: 'A', displayOrder: 0, metadata: raw }];
    const body = { results: [{ pipelineId: 'default', label: 'Sales Pipeline', stages }] };
    await world.sandbox.fault({ match: { method: 'GET' }, fault: 'wrong-shape', body });
    const id = Buffer.from(JSON.stringify([1, 'pipeline', 'crm', 'deals', 'default'])).toString('base64url');
    await world.mutate('patchPipeline', { id, label: 'Renamed' });
    expect(bodiesOf('PUT')[0].stages[0].metadata).toEqual({ probability: 0.5, colour: 'blue' });
  });

  test('a new stage of v1 gets a readable id that no stage of the object type has, not even one of a deleted pipeline', async () => {
    const create = async (label: string, labels: string[]) => {
      const stages = labels.map((name) => deal(name));
      const { pipeline } = await world.do('createPipeline', { objectType: 'deals', label, stages });
      return pipeline;
    };
    const idsOf = ({ stages }: { stages: { stageId: string }[] }) => stages.map(({ stageId }) => stageId);
    const first = await create('First', ['Über Größe!', '!!!', 'Closed Won', 'First  Contact', 'first contact?']);
    expect(idsOf(first)).toEqual(['uber-gro-e', 'stage', 'closed-won', 'first-contact', 'first-contact-2']);
    await world.do('archivePipeline', { id: first.id });
    const second = await create('Second', ['Stage', 'First Contact']);
    expect(idsOf(second)).toEqual(['stage-2', 'first-contact-3']);
    const added = await world.do('createPipelineStage', { pipeline: second.id, ...deal('???') });
    expect(added.stage.stageId).toBe('stage-3');
    const list = [{ label: 'Stage' }, deal('Stage #2')];
    const { pipeline } = await world.do('replacePipeline', { id: second.id, label: 'Second', stages: list });
    expect(idsOf(pipeline)).toEqual(['stage-2', 'stage-2-2']);
  });

  test('a tickets pipeline of v1 needs a closed stage, whose state is sent', async () => {
    const stages = [{ label: 'New' }, { label: 'Done', meta: { ticketState: 'CLOSED' } }];
    const input = { objectType: 'tickets', label: 'Support 2', stages };
    const refused = await world.mutate('createPipeline', { ...input, stages: stages.slice(0, 1) });
    expect(refused.errors).toMatchObject([{ code: 'INVALID_INPUT', path: ['stages'] }]);
    const { pipeline } = await world.do('createPipeline', input);
    expect(pipeline.stages.map(({ meta }: { meta: object }) => meta)).toMatchObject([
      { ticketState: 'OPEN' },
      { ticketState: 'CLOSED' },
    ]);
  });

  test('a new id of v1 has lower-case letters, digits, dashes and underscores only, and others are refused by name', async () => {
    const stages = [
      { ...deal('One'), stageId: 'Upper' },
      { ...deal('Two'), stageId: 'with space' },
    ];
    const { errors } = await world.mutate('createPipeline', { objectType: 'deals', label: 'X', stages });
    expect(errors.map(({ path }: { path: string[] }) => path)).toEqual([
      ['stages', '0', 'stageId'],
      ['stages', '1', 'stageId'],
    ]);
    expect(world.sent).toEqual([]);
  });

  test('an existing id of v1 stays, whatever its form', async () => {
    const stages = [{ stageId: 'Legacy.ID', label: 'One', displayOrder: 0, metadata: { probability: '0.5' } }];
    const body = { label: 'Old', displayOrder: 3, stages };
    const made = await world.sandbox.call('POST', '/crm/v3/pipelines/deals', token, body);
    const { id: pipelineId } = made.body as { id: string };
    const { pipelineByKey } = await world.query(
      `{ pipelineByKey(objectType: "deals", pipelineId: "${pipelineId}") { id } }`,
    );
    const { pipeline } = await world.do('patchPipeline', { id: pipelineByKey.id, label: 'Renamed' });
    expect(pipeline.stages).toMatchObject([{ stageId: 'Legacy.ID' }]);
  });

  test('v1 cannot tell that records are in a stage, so the stage is removed whatever is asked', async () => {
    const { pipelineId, stages } = await createSample();
    await world.addRecords({ objectType: 'deals', pipelineId, stageId: 'one' }, ['901']);
    const { archivedId } = await world.do('archivePipelineStage', { id: stages[0].id, validateReferences: true });
    expect(archivedId).toBe(stages[0].id);
  });
});

describe('ids made from labels', () => {
  const idsOf = (labels: readonly string[], taken: readonly string[]) =>
    withStageIds(
      labels.map((label) => ({ stageId: null, label })),
      taken,
    ).map(({ stageId }) => stageId);

  const anyLabel = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    // Such as share their first 36 characters.
    fc.constantFrom('a', 'b').map((end) => `${'long '.repeat(10)}${end}`),
  );

  test('ids made from labels are always of v1’s form, short enough and all different', () => {
    fc.assert(
      fc.property(fc.array(anyLabel, { maxLength: 20 }), (labels) => {
        const taken = idsOf(labels, []);
        const ids = [...taken, ...idsOf(labels, taken)];
        expect(ids.every((id) => /^[a-z0-9_-]{1,36}$/.test(id))).toBe(true);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });

  test('ids made from labels never meet an id that a later stage of the same list has chosen', () => {
    const stages = [
      { stageId: null, label: 'Won' },
      { stageId: 'won', label: 'Lost' },
    ];
    expect(withStageIds(stages, []).map(({ stageId }) => stageId)).toEqual(['won-2', 'won']);
  });
});

test('the variables of hubspot-v1 configure the one source of its kind', () => {
  const { sources } = readConfig({ HUBSPOT_V1_TOKEN: 'v1-token', HUBSPOT_V1_URL: 'https://example.com/hub' });
  expect(sources).toEqual([
    {
      name: 'hubspot-v1',
      kind: 'hubspot-v1',
      url: 'https://example.com/hub',
      objectTypes: ['deals', 'tickets'],
      credential: { mode: 'static', token: 'v1-token' },
    },
  ]);
});
