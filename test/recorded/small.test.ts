import { describe, expect, test } from 'vitest';
import { readCase } from './corpus.ts';
import { mutate, pipelineIdOf } from './mutate.ts';
import { openRecordedWorld } from './world.ts';

const deals = readCase('hubspot-lists', 'deals of an account that nobody has edited');
const errorCase = (name: string) => readCase('hubspot-errors', name);

test('equal orders sort by label as people sort: apple, banana, Zebra', async () => {
  const world = await openRecordedWorld([
    readCase('hubspot-lists', 'pipelines and stages in no order, with orders that tie'),
  ]);
  const { data } = await world.ask('{ pipelines { nodes { label } } }');
  expect(data.pipelines.nodes.map(({ label }: { label: string }) => label)).toEqual([
    'Sales Pipeline',
    'apple',
    'banana',
    'Zebra',
  ]);
});

describe('numbers beyond 2^53 keep their digits', () => {
  const list = readCase('hubspot-numbers', 'ids that are numbers beyond 2^53');

  test('as ids', async () => {
    const world = await openRecordedWorld([list]);
    const { data } = await world.ask('{ pipelines { nodes { pipelineId stages { stageId } } } }');
    expect(data.pipelines.nodes).toEqual([
      { pipelineId: '9007199254740993', stages: [{ stageId: '90071992547409931' }, { stageId: '90071992547409932' }] },
    ]);
  });

  test('in raw', async () => {
    const world = await openRecordedWorld([list]);
    const { text } = await world.ask('{ pipelines { nodes { stages { meta { ... on DealStageMeta { raw } } } } } }');
    expect(text).toMatch(/9007199254740995\b/);
    expect(text).toMatch(/12345678901234567890\b/);
  });

  test('in an audit', async () => {
    const audit = readCase('hubspot-numbers', 'a rawObject with numbers beyond 2^53');
    const world = await openRecordedWorld([list, audit], { objectTypes: ['deals'] });
    const { text } = await world.ask('{ pipelines { nodes { audit { nodes { portalId fromUserId rawObject } } } } }');
    for (const digits of ['9007199254740997', '9007199254740999', '90071992547409931'])
      expect(text).toMatch(new RegExp(`${digits}\\b`));
  });
});

describe('an id that is taken', () => {
  const input = {
    objectType: 'deals',
    label: 'New',
    displayOrder: 1,
    stages: [{ label: 'Open', meta: { probability: 0.5 } }],
  };

  test.each([
    ['a pipelineId that is taken', { pipelineId: 'default' }, 'default'],
    ['a pipelineId that another object type has', { pipelineId: 'shared' }, 'shared'],
    [
      'a stageId that is taken, pipeline create',
      { stages: [{ stageId: 'closedwon', label: 'Won', meta: { probability: 1 } }] },
      'closedwon',
    ],
  ])('%s: is named if the request had only one', async (name, more, value) => {
    const world = await openRecordedWorld([errorCase(name)]);
    const { errors } = await mutate(world, 'createPipeline', { ...input, ...more });
    expect(errors).toMatchObject([{ code: 'ID_TAKEN', value }]);
  });

  test('a stageId that is taken, stage create: of several, the one that its words name', async () => {
    const world = await openRecordedWorld([
      { at: 'POST /crm/pipelines/2026-09/deals', as: errorCase('a stageId that is taken, stage create') },
    ]);
    const stages = ['other', 'closedwon'].map((stageId) => ({ stageId, label: stageId, meta: { probability: 1 } }));
    const { errors } = await mutate(world, 'createPipeline', { ...input, stages });
    expect(errors).toMatchObject([{ code: 'ID_TAKEN', path: ['stages', '1', 'stageId'], value: 'closedwon' }]);
  });

  test('a 409 that names none is UPSTREAM_REJECTED', async () => {
    const at = { at: 'GET /crm/pipelines/2026-09/deals/default', as: readCase('hubspot-writes', 'a pipeline PATCH') };
    const world = await openRecordedWorld([at, errorCase('a 409 that names no id')]);
    const id = await pipelineIdOf(world, 'deals', 'default');
    expect((await mutate(world, 'patchPipeline', { id, label: 'X' })).errors).toMatchObject([
      { code: 'UPSTREAM_REJECTED', status: 409 },
    ]);
  });
});

test('every request has a User-Agent', async () => {
  const world = await openRecordedWorld([deals]);
  await world.ask('{ pipelines { totalCount } }');
  expect(world.upstream.requests.map(({ headers }) => headers['user-agent'])).toEqual([
    expect.stringMatching(/^pipeline-gateway\/\d+\.\d+\.\d+/),
  ]);
});

test.each(['2025-09', '2027-03'])('version %s works by configuration', async (version) => {
  const path = `/crm/pipelines/${version}/deals`;
  const moved = { ...deals, origin: { ...deals.origin, version }, request: { ...deals.request, path } };
  const world = await openRecordedWorld([moved]);
  const { data } = await world.ask('{ pipelines { nodes { label } } pipelineSource(name: "crm") { apiVersion } }');
  expect(data).toMatchObject({
    pipelines: { nodes: [{ label: 'Sales Pipeline' }] },
    pipelineSource: { apiVersion: version },
  });
});

describe('a stage’s label that is taken is not called the pipeline’s', () => {
  const refusal = errorCase('a stage’s label that is taken, pipeline create');
  const stages = [
    { label: 'Closed', meta: { probability: 1 } },
    { label: 'Open', meta: { probability: 0.5 } },
  ];
  const taken = [{ code: 'LABEL_TAKEN', path: ['stages', '1', 'label'], value: 'Open' }];

  test('in a create', async () => {
    const world = await openRecordedWorld([refusal]);
    const input = { objectType: 'deals', label: 'New', displayOrder: 1, stages };
    expect((await mutate(world, 'createPipeline', input)).errors).toMatchObject(taken);
  });

  test('in a replace', async () => {
    const read = { at: 'GET /crm/pipelines/2026-09/deals/default', as: readCase('hubspot-writes', 'a pipeline PATCH') };
    const world = await openRecordedWorld([read, { at: 'PUT /crm/pipelines/2026-09/deals/default', as: refusal }]);
    const id = await pipelineIdOf(world, 'deals', 'default');
    expect((await mutate(world, 'replacePipeline', { id, label: 'New', stages })).errors).toMatchObject(taken);
  });

  test('in a list of which it names no label, the list is named', async () => {
    const world = await openRecordedWorld([refusal]);
    const input = { objectType: 'deals', label: 'New', displayOrder: 1, stages: [{ ...stages[0], label: 'Öpen' }] };
    expect((await mutate(world, 'createPipeline', input)).errors).toMatchObject([{ path: ['stages'] }]);
  });
});
