import { beforeAll, describe, expect, test } from 'vitest';
import { readCase } from './corpus.ts';
import { mutate } from './mutate.ts';
import { openRecordedWorld } from './world.ts';
import type { RecordedWorld } from './world.ts';

const guide = readCase('hubspot-audit', 'the guide’s example');
const live = readCase('hubspot-audit', 'the guide’s pipeline after its newest entry');
const put = {
  at: `PUT ${live.request.path}`,
  as: readCase('hubspot-writes', 'a pipeline PUT that names one stage of two'),
};

const auditFields = `nodes {
  id action rawAction timestamp message rawObject
  before { ... on PipelineSnapshot { label stages { stageId label displayOrder meta { ... on DealStageMeta { probability isClosed } } } }
           ... on StageSnapshot { label stageMeta: meta { ... on DealStageMeta { probability } } } }
  changes { kind stageId field before after summary }
}`;

interface Entry {
  readonly id: string;
  readonly action: string;
  readonly timestamp: string | null;
  readonly rawObject: { readonly version: number | null; readonly stages: readonly object[] };
  readonly before: { readonly label: string; readonly stages: readonly { stageId: string; meta: object }[] } | null;
  readonly changes: readonly { readonly summary: string }[] | null;
}

async function readAudit(world: RecordedWorld, pipelineId = '11348541'): Promise<readonly Entry[]> {
  const query = `query ($p: String!) { pipelineByKey(objectType: "deals", pipelineId: $p) { audit(first: 100) { ${auditFields} } } }`;
  const { data, errors } = await world.ask(query, { p: pipelineId });
  expect(errors).toBeUndefined();
  return data.pipelineByKey.audit.nodes;
}

const summaries = (entry: Entry | undefined) => entry?.changes?.map(({ summary }) => summary) ?? null;

describe('the guide’s example', () => {
  let entries: readonly Entry[] = [];
  let requests: RecordedWorld['upstream']['requests'] = [];
  const at = (timestamp: string) => entries.find((entry) => entry.timestamp === timestamp);

  beforeAll(async () => {
    const closers: (() => Promise<void>)[] = [];
    const world = await openRecordedWorld([guide, live], { whenDone: (close) => void closers.push(close) });
    entries = await readAudit(world);
    ({ requests } = world.upstream);
    return async () => {
      for (const close of closers.toReversed()) await close();
    };
  });

  test('has its twelve entries, newest first', () => {
    expect(entries).toHaveLength(12);
    expect(entries[0]?.timestamp).toBe('2024-10-07T20:58:57.414Z');
    expect(entries.at(-1)).toMatchObject({ action: 'CREATE', message: 'User defined. pipeline created' });
  });

  test('shows in rawObject the object as it became, in each of its four forms', () => {
    expect(entries.map(({ rawObject }) => rawObject.version)).toEqual([11, 10, 8, 7, 6, 5, null, null, null, 1, 0, 0]);
    expect(entries.map(({ rawObject }) => rawObject.stages.length)).toEqual([8, 8, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7]);
  });

  test('the creation has no state before it, and blames no one for a probability', () => {
    expect(entries.at(-1)).toMatchObject({ action: 'CREATE', before: null, changes: null });
  });

  test.each([
    [
      '2024-10-07T20:58:57.414Z',
      [
        'Stage "Contract signed": displayOrder 7 → 5',
        'Stage "Closed won": displayOrder 5 → 6',
        'Stage "Closed lost": displayOrder 6 → 7',
      ],
    ],
    ['2024-10-07T20:58:54.143Z', ['Stage "Contract signed" added']],
    ['2023-07-27T15:30:01.098Z', ['Stage "Closed won": probability 0.8 → 1.0']],
    ['2023-03-17T17:37:42.613Z', []],
    ['2023-03-17T17:31:59.276Z', []],
    ['2023-03-17T17:29:18.824Z', []],
    ['2022-12-09T20:29:21.004Z', ['Pipeline: label "Additional pipeline" → "Partner pipeline"']],
    ['2022-11-08T14:32:11.024Z', []],
    ['2022-11-08T14:31:58.571Z', []],
    ['2022-05-11T17:49:38.304Z', ['Stage "Closed lost": probability 0.0 → 0.8']],
    ['2022-05-11T17:49:28.001Z', ['Stage "Closed won": probability 1.0 → 0.8']],
  ])('the change of %s', (timestamp, expected) => {
    expect(summaries(at(timestamp))).toEqual(expected);
  });

  test('the state before an entry is the object of the next older one', () => {
    expect(at('2022-12-09T20:29:21.004Z')?.before).toMatchObject({ label: 'Additional pipeline' });
    const created = at('2022-05-11T17:49:28.001Z')?.before?.stages ?? [];
    expect(created.find(({ stageId }) => stageId === '11348547')?.meta).toEqual({ probability: 1, isClosed: true });
    expect(created.find(({ stageId }) => stageId === '11348548')?.meta).toEqual({ probability: 0, isClosed: true });
  });

  test('a stage is closed as its probability says, though the recorded isClosed is that of the state before', () => {
    expect(at('2022-05-11T17:49:38.304Z')?.before?.stages.slice(-2)).toMatchObject([
      { stageId: '11348547', meta: { probability: 0.8, isClosed: false } },
      { stageId: '11348548', meta: { probability: 0, isClosed: true } },
    ]);
  });

  test('costs one request, beside the one for its pipeline', () => {
    const { path } = live.request;
    expect(requests.map(({ method, path: asked }) => `${method} ${asked}`)).toEqual([
      `GET ${path}`,
      `GET ${path}/audit`,
    ]);
  });
});

describe('a restore from an entry', () => {
  async function restore(timestamp: string) {
    const world = await openRecordedWorld([live, guide, put]);
    const entry = (await readAudit(world)).find((candidate) => candidate.timestamp === timestamp);
    const payload = await mutate(world, 'restorePipeline', { auditEntryId: entry?.id });
    return { payload, writes: world.upstream.writes() };
  }

  const probabilities = (body: { stages: readonly { stageId: string; metadata: { probability: string } }[] }) =>
    Object.fromEntries(body.stages.map(({ stageId, metadata }) => [stageId, metadata.probability]));

  test('undoing 17:49:28 sends won 1.0 and lost 0.0, and the label of that day', async () => {
    const { writes } = await restore('2022-05-11T17:49:28.001Z');
    expect(writes.map(({ method }) => method)).toEqual(['PUT']);
    expect(writes[0]?.body.label).toBe('Additional pipeline');
    expect(probabilities(writes[0]?.body)).toMatchObject({ '11348547': '1.0', '11348548': '0.0' });
  });

  test('undoing 17:49:38 sends won 0.8 and lost 0.0', async () => {
    const { writes } = await restore('2022-05-11T17:49:38.304Z');
    expect(probabilities(writes[0]?.body)).toMatchObject({ '11348547': '0.8', '11348548': '0.0' });
  });

  test('undoing the newest puts the stage that was moved back to the end', async () => {
    const { writes } = await restore('2024-10-07T20:58:57.414Z');
    const moved = writes[0]?.body.stages.find(({ stageId }: { stageId: string }) => stageId === '259717454');
    expect(moved).toMatchObject({ label: 'Contract signed', displayOrder: 7 });
  });

  test('undoing the creation is not possible: a typed error, and nothing is written', async () => {
    const { payload, writes } = await restore('2021-02-26T17:07:35.013Z');
    expect(payload.errors).toMatchObject([{ code: 'NOT_FOUND', path: ['auditEntryId'], mayHaveBeenApplied: false }]);
    expect(writes).toEqual([]);
  });
});

test('rawObject is read as an object too', async () => {
  const audit = readCase('hubspot-audit', 'rawObject as an object');
  const pipeline = readCase('hubspot-lists', 'pipelines and stages in no order, with orders that tie');
  const world = await openRecordedWorld([
    audit,
    pipeline,
    { at: 'GET /crm/pipelines/2026-09/deals/812723480', as: findIn(pipeline, '812723480') },
  ]);
  const [newest, created] = await readAudit(world, '812723480');
  expect(summaries(newest)).toEqual(['Pipeline: label "New" → "Renamed"']);
  expect(created).toMatchObject({ action: 'CREATE', before: null, changes: null });
});

test('the oldest entry that is kept has no state before it, unless the upstream says more', async () => {
  const audit = readCase('hubspot-audit', 'an action that nobody knows, and an entry without an object');
  const pipeline = readCase('hubspot-lists', 'pipelines and stages in no order, with orders that tie');
  const world = await openRecordedWorld([
    audit,
    pipeline,
    { at: 'GET /crm/pipelines/2026-09/deals/812723490', as: findIn(pipeline, '812723490') },
  ]);
  const entries = await readAudit(world, '812723490');
  expect(entries.map(({ action, before, changes }) => [action, before, changes])).toEqual([
    ['UPDATE', null, null],
    // Without an instant it is the oldest, and without an object nothing is known of it.
    ['OTHER', null, null],
  ]);
});

test('a stage’s entries hold the stage as it became', async () => {
  const world = await openRecordedWorld([
    readCase('hubspot-audit', 'the audit of a stage'),
    live,
    { at: 'GET /crm/pipelines/2026-09/deals', as: asList() },
  ]);
  const query = `{ pipelineStageByKey(objectType: "deals", stageId: "11348547") { audit { ${auditFields} } } }`;
  const { data, errors } = await world.ask(query);
  expect(errors).toBeUndefined();
  const nodes: readonly Entry[] = data.pipelineStageByKey.audit.nodes;
  expect(nodes.map(summaries)).toEqual([
    ['Stage "Closed won": probability 0.8 → 1.0'],
    ['Stage "Closed won": probability 1.0 → 0.8'],
    null,
  ]);
});

/** A pipeline of a recorded list, as a read of one answers it. */
function findIn(list: typeof live, id: string): typeof live {
  const { results } = list.answer.body as { results: readonly { id: string }[] };
  return { ...list, answer: { ...list.answer, body: results.find((pipeline) => pipeline.id === id) } };
}

/** The guide's pipeline as the only one of a list. */
function asList(): typeof live {
  return { ...live, answer: { ...live.answer, body: { results: [live.answer.body] } } };
}
