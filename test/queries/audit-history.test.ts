import { beforeEach, expect, test } from 'vitest';
import { toPipelineGlobalId } from '../../src/domain/ids.ts';
import { keptForAMinute, startReplica, startTestGateway } from '../support/gateway.ts';
import { mutate } from '../support/mutate.ts';
import { createPipeline } from '../support/pipelines.ts';
import { startScriptedUpstream } from '../support/scripted-upstream.ts';
import { deals } from '../support/seed.ts';
import { hubSpotAt } from '../support/sources.ts';
import { useGateway } from '../support/use-gateway.ts';

const gateway = useGateway();
beforeEach(() => gateway.sandbox.reset());

const stages = [
  { stageId: 'a', label: 'A', meta: { probability: 0.5 } },
  { stageId: 'b', label: 'B', meta: { probability: 1 } },
];
const create = () => createPipeline(gateway, { ...deals, label: 'One', pipelineId: 'audited', stages });

const auditFields = /* GraphQL */ `
  totalCount
  pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  edges { cursor }
  nodes {
    id action rawAction timestamp message portalId identifier fromUserId rawObject
    before {
      __typename
      ... on PipelineSnapshot { pipelineId objectType label stages { stageId label meta { __typename } } }
      ... on StageSnapshot { stageId label displayOrder }
    }
    changes { kind stageId field summary }
  }
`;

async function pipelineAudit(id: string, args = '') {
  const answer = await gateway.ask(`query($id: ID!) { pipeline(id: $id) { audit${args} { ${auditFields} } } }`, { id });
  expect(answer.errors).toBeUndefined();
  return answer.data.pipeline.audit;
}

const summaries = (audit: { nodes: { changes: { summary: string }[] | null }[] }) =>
  audit.nodes.map(({ changes }) => changes?.map(({ summary }) => summary) ?? null);

/** Makes the next audit answer hold these entries. */
const answerAudit = (results: readonly object[]) =>
  gateway.sandbox.fault({ match: { path: '/audit$' }, fault: 'status', status: 200, body: { results }, times: 1 });

const internal = {
  pipelineId: 'audited',
  label: 'Before',
  displayOrder: 1,
  stages: [{ stageId: 'a', label: 'A', displayOrder: 0, metadata: { probability: '0.5', isClosed: 'false' } }],
};
const entry = (rawObject: unknown, more: object = {}) => ({
  portalId: 42,
  identifier: '42:audited',
  action: 'UPDATE',
  timestamp: '2026-01-02T03:04:05Z',
  message: 'Pipeline update',
  fromUserId: 7,
  rawObject,
  ...more,
});

test('each audit entry leads from the next older state to its own, and the creation from nothing', async () => {
  const { id } = await create();
  await mutate(gateway, 'patchPipeline', { id, label: 'Two' });
  await mutate(gateway, 'patchPipeline', { id, label: 'Three' });
  const audit = await pipelineAudit(id);
  expect(summaries(audit)).toEqual([['Pipeline: label "Two" → "Three"'], ['Pipeline: label "One" → "Two"'], null]);
  expect(audit.nodes.map(({ action }: { action: string }) => action)).toEqual(['UPDATE', 'UPDATE', 'CREATE']);
  expect(audit.nodes[0].before).toMatchObject({
    __typename: 'PipelineSnapshot',
    pipelineId: 'audited',
    objectType: 'deals',
    label: 'Two',
  });
  expect(audit.nodes.map(({ rawObject }: { rawObject: { label: string } }) => rawObject.label)).toEqual([
    'Three',
    'Two',
    'One',
  ]);
  expect(audit.nodes[2].before).toBeNull();
});

test('a stage has an audit of its own', async () => {
  const pipeline = await create();
  const id = pipeline.stages[0]?.id;
  await mutate(gateway, 'patchPipelineStage', { id, label: 'Renamed', meta: { probability: 0.7 } });
  const answer = await gateway.ask(`query($id: ID!) { pipelineStage(id: $id) { audit { ${auditFields} } } }`, { id });
  const [newest] = answer.data.pipelineStage.audit.nodes;
  expect(newest.before).toEqual({ __typename: 'StageSnapshot', stageId: 'a', label: 'A', displayOrder: 0 });
  expect(newest.changes.map(({ summary }: { summary: string }) => summary)).toEqual([
    'Stage "A": label "A" → "Renamed"',
    'Stage "A": probability 0.5 → 0.7',
  ]);
});

const at = (day: number) => ({ timestamp: `2026-01-0${day}T00:00:00Z` });

test.each([
  ['a JSON string', JSON.stringify(internal), internal, true],
  ['an object', internal, internal, true],
  ['a string that is no JSON', '{"label": ', '{"label": ', false],
  ['an object of another shape', { label: 1 }, { label: 1 }, false],
  ['an object without its order', { ...internal, displayOrder: null }, { ...internal, displayOrder: null }, false],
  ['nothing', null, null, false],
])('rawObject as %s is kept, and typed if it can be', async (_, rawObject, shown, readable) => {
  const { id } = await create();
  await answerAudit([entry({ ...internal, label: 'After' }, at(2)), entry(rawObject, at(1))]);
  const [newer, node] = (await pipelineAudit(id)).nodes;
  expect(node).toMatchObject({ rawObject: shown, portalId: '42', identifier: '42:audited', fromUserId: '7' });
  expect(node.timestamp).toBe('2026-01-01T00:00:00.000Z');
  if (readable)
    expect(newer.before).toMatchObject({ label: 'Before', stages: [{ meta: { __typename: 'DealStageMeta' } }] });
  else expect(newer).toMatchObject({ before: null, changes: null });
});

test.each([
  ['with an object that is none', entry('?', at(2))],
  ['without an instant', entry({ ...internal, label: 'One' }, { timestamp: null })],
  ['that is no entry', 'nonsense'],
  ['that removed the object', entry({ ...internal, label: 'One' }, { action: 'DELETE', ...at(2) })],
])('an audit entry %s makes its own changes and those of the next newer one unknown, and no others', async (_, odd) => {
  const { id } = await create();
  await answerAudit([
    entry({ ...internal, label: 'Three' }, at(4)),
    entry({ ...internal, label: 'Two' }, at(3)),
    odd as object,
    entry({ ...internal, label: 'Zero' }, at(1)),
    entry({ ...internal, label: 'Before all' }, { action: 'CREATE', timestamp: '2025-01-01T00:00:00Z' }),
  ]);
  const { nodes } = await pipelineAudit(id);
  const known = nodes.map(({ rawObject, before, changes }: Record<string, { label?: string } | null>) => [
    rawObject?.label ?? null,
    before?.label ?? null,
    changes !== null,
  ]);
  expect(known).toHaveLength(5);
  expect(known).toContainEqual(['Three', 'Two', true]);
  expect(known).toContainEqual(['Two', null, false]);
  expect(known).toContainEqual(['Zero', 'Before all', true]);
  expect(known.filter(([, , isKnown]: [string, string, boolean]) => isKnown)).toHaveLength(2);
});

test('a deletion in an audit shows what there was before it', async () => {
  const { id } = await create();
  await answerAudit([entry(null, { action: 'DELETE', ...at(2) }), entry(internal, at(1))]);
  const [deletion] = (await pipelineAudit(id)).nodes;
  expect(deletion).toMatchObject({ action: 'DELETE', before: { label: 'Before' }, changes: null });
});

test('a creation in an audit has nothing before it, although the history is older', async () => {
  const { id } = await create();
  await answerAudit([entry(internal, { action: 'CREATE', ...at(2) }), entry(internal, at(1))]);
  const [creation] = (await pipelineAudit(id)).nodes;
  expect(creation).toMatchObject({ action: 'CREATE', before: null, changes: null });
});

test('unknown actions of audit entries are OTHER, in their own word too', async () => {
  const { id } = await create();
  await answerAudit([
    entry(internal, { action: 'RESTORE' }),
    entry(internal, { action: 'update', timestamp: undefined }),
  ]);
  const { nodes } = await pipelineAudit(id);
  expect(nodes.map(({ action, rawAction }: Record<string, string>) => [action, rawAction])).toEqual([
    ['OTHER', 'RESTORE'],
    ['UPDATE', 'update'],
  ]);
  expect(nodes[1].timestamp).toBeNull();
});

test('pages of audit follow each other by cursor, also when newer entries arrive between them', async () => {
  const { id } = await create();
  for (const label of ['Two', 'Three', 'Four']) await mutate(gateway, 'patchPipeline', { id, label });
  const all = await pipelineAudit(id);
  const first = await pipelineAudit(id, '(first: 2)');
  expect(first.nodes).toEqual(all.nodes.slice(0, 2));
  expect(first).toMatchObject({ totalCount: 4, pageInfo: { hasNextPage: true, hasPreviousPage: false } });
  await mutate(gateway, 'patchPipeline', { id, label: 'Five' });
  const next = await pipelineAudit(id, `(first: 5, after: "${first.pageInfo.endCursor}")`);
  expect(next.nodes).toEqual(all.nodes.slice(2));
  expect(next).toMatchObject({ totalCount: 5, pageInfo: { hasNextPage: false, hasPreviousPage: true } });
});

test('a cursor whose audit entry is gone goes on from its instant', async () => {
  const { id } = await create();
  const day = (number: number) => entry({ ...internal, label: `Day ${number}` }, at(number));
  await answerAudit([day(5), day(4), day(3)]);
  const cursor = (await pipelineAudit(id, '(first: 2)')).pageInfo.endCursor;
  await answerAudit([day(5), day(3), day(2)]);
  const next = await pipelineAudit(id, `(after: "${cursor}")`);
  expect(next.nodes.map(({ rawObject }: { rawObject: { label: string } }) => rawObject.label)).toEqual([
    'Day 3',
    'Day 2',
  ]);
});

test('bad paging of audit is named, and an audit that the source has not is UNSUPPORTED where one object is asked', async () => {
  const { id, stages: created } = await create();
  const stageId = created[0]?.id;
  for (const args of ['(first: -1)', '(first: 501)', '(after: "nonsense")', `(after: "${id}")`]) {
    const { data, errors } = await gateway.ask(
      `query($id: ID!) { pipeline(id: $id) { audit${args} { totalCount } } }`,
      { id },
    );
    expect(data.pipeline.audit).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  }
  const stageCursor = (
    await gateway.ask('query($id: ID!) { pipelineStage(id: $id) { audit { pageInfo { endCursor } } } }', {
      id: stageId,
    })
  ).data.pipelineStage.audit.pageInfo.endCursor;
  const foreign = await gateway.ask(
    `query($id: ID!) { pipeline(id: $id) { audit(after: "${stageCursor}") { totalCount } } }`,
    { id },
  );
  expect(foreign.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  const { data, errors } = await gateway.ask(
    '{ pipelines(where: { sourceNames: ["hubspot-v1", "organization"] }, first: 500) { nodes { audit { totalCount } } } }',
  );
  expect(data.pipelines.nodes.every(({ audit }: { audit: unknown }) => audit === null)).toBe(true);
  expect(errors).toBeUndefined();
  const v1Id = toPipelineGlobalId({ sourceName: 'hubspot-v1', objectType: 'deals', pipelineId: 'default' });
  const direct = await gateway.ask(`{ pipeline(id: "${v1Id}") { audit { totalCount } } }`);
  expect(direct.errors).toMatchObject([{ extensions: { code: 'UNSUPPORTED' } }]);
});

test('the newest change of an audit is told by the history alone, although an older state of the pipeline is kept', async () => {
  const keeping = await startTestGateway({ resilience: { cache: keptForAMinute } });
  try {
    const query = `{ pipelineByKey(sourceName: "hubspot", objectType: "deals", pipelineId: "default") { label audit { nodes { changes { summary } } } } }`;
    const path = '/crm/pipelines/2026-09/deals/default';
    const rename = (label: string) => keeping.sandbox.call('PATCH', path, 'sandbox-hubspot', { label });
    await rename('Sales');
    await keeping.ask(query);
    await rename('Behind its back');
    await keeping.sandbox.emptyLog();
    const { label, audit } = (await keeping.ask(query)).data.pipelineByKey;
    expect(label).toBe('Sales');
    expect(summaries(audit)).toEqual([['Pipeline: label "Sales" → "Behind its back"'], null]);
    expect(await keeping.sandbox.requests()).toMatchObject([{ method: 'GET', path: `${path}/audit` }]);
  } finally {
    await keeping.close();
  }
});

test('an audit of any length is read', async () => {
  const path = '/crm/pipelines/2026-09/deals/default';
  const results = Array.from({ length: 130_000 }, (_, index) => ({ action: 'UPDATE', timestamp: 1e12 + index }));
  const upstream = await startScriptedUpstream({
    [`GET ${path}`]: JSON.stringify({ id: 'default', label: 'Long', displayOrder: 0, stages: [] }),
    [`GET ${path}/audit`]: JSON.stringify({ results }),
  });
  const sources = (url: string) => [hubSpotAt(url)];
  const reading = await startReplica(upstream.url, { sources, deadlineMs: 60_000 });
  try {
    const { data, errors } = await reading.ask(
      '{ pipelineByKey(objectType: "deals", pipelineId: "default") { audit(first: 1) { totalCount nodes { timestamp } } } }',
    );
    expect(errors).toBeUndefined();
    expect(data.pipelineByKey.audit).toEqual({
      totalCount: 130_000,
      nodes: [{ timestamp: '2001-09-09T01:48:49.999Z' }],
    });
  } finally {
    await reading.close();
    upstream.close();
  }
}, 60_000);

test('the id of an audit entry is the one that it always had', async () => {
  const { id } = await create();
  const rawObject =
    '{"pipelineId":"audited","label":"Before","displayOrder":1,"legacyId":-9007199254740993,"stages":[]}';
  await answerAudit([entry(rawObject), entry(null)]);
  const { nodes } = await pipelineAudit(id);
  const parts = ['hubspot', 'deals', 'audited', '', '2026-01-02T03:04:05.000Z'];
  expect(nodes.map((node: { id: string }) => JSON.parse(Buffer.from(node.id, 'base64url').toString()))).toEqual([
    [1, 'audit', ...parts, '9HuEO_cl4rdOICgz'],
    [1, 'audit', ...parts, '_9twJ8EYA65vDeJX'],
  ]);
});
