import { expect, onTestFinished, test } from 'vitest';
import { startReplica } from '../support/gateway.ts';
import { mutate } from '../support/mutate.ts';
import { hubSpotAt } from '../support/sources.ts';
import { startHubSpotV1, startOrganization } from '../support/verbatim-apis.ts';
import type { Json, VerbatimUpstream } from '../support/verbatim-upstream.ts';

// What an upstream has of a stage that nobody here knows, which a write of the whole must not lose.
const unknown = { approval: { by: ['ann', null], count: 2 }, note: '' };
const v1Stages = ['a', 'b', 'c'].map((stageId, displayOrder) => ({
  stageId,
  label: stageId,
  displayOrder,
  active: true,
  createdAt: 1_700_000_000_000,
  metadata: { probability: '0.5' },
  ...unknown,
}));
const organizationStages = ['a', 'b', 'c'].map((name, position) => ({
  _id: `64a00000000000000000000${name}`,
  name,
  color: '#112233',
  position,
  ...unknown,
}));

/** A gateway at an upstream with one pipeline, p, that both end with the test. */
async function open(starting: Promise<VerbatimUpstream>, kind: string, objectType: string, pipelineId: string) {
  const upstream = await starting;
  const gateway = await startReplica(upstream.url, {
    sources: (url) => [hubSpotAt(url, { name: 'crm', kind, objectTypes: [objectType] })],
  });
  onTestFinished(async () => {
    await gateway.close();
    await upstream.close();
  });
  const ask =
    'query($type: String!, $id: String!) { pipelineByKey(objectType: $type, pipelineId: $id) { id stages { id } } }';
  const { pipelineByKey } = (await gateway.ask(ask, { type: objectType, id: pipelineId })).data;
  return { gateway, upstream, ...pipelineByKey };
}

const openV1 = () =>
  open(
    startHubSpotV1(
      new Map([['p', { pipelineId: 'p', label: 'P', displayOrder: 4, active: true, stages: v1Stages }]]),
      'removes',
    ),
    'hubspot-v1',
    'deals',
    'p',
  );

const openOrganization = () => {
  const _id = '64a000000000000000000001';
  const pipeline = { _id, name: 'P', type: 'Contact', description: 'D', pipelineStages: organizationStages };
  return open(startOrganization(new Map([[_id, pipeline]])), 'organization', 'Contact', _id);
};

test.each([
  ['v1', openV1, 'stages'],
  ['the organization API', openOrganization, 'pipelineStages'],
] as const)('a write at %s sends back what it does not know of stages', async (_, start, list) => {
  const { gateway, upstream, id, stages } = await start();
  const [a, b, c] = stages.map((stage: Json) => stage.id);
  for (const [mutation, input] of [
    ['patchPipelineStage', { id: a, label: 'A' }],
    ['reorderPipelineStages', { pipeline: id, stages: [b, a, c] }],
    [
      'createPipelineStage',
      { pipeline: id, label: 'New', displayOrder: 1, ...(list === 'stages' ? { meta: { probability: 0.5 } } : {}) },
    ],
    ['archivePipelineStage', { id: c }],
  ] as const) {
    expect((await mutate(gateway, mutation, input)).errors).toEqual([]);
    const sent = upstream.writes.at(-1)!.body[list].filter((stage: Json) => (stage.label ?? stage.name) !== 'New');
    expect(sent.length).toBeGreaterThanOrEqual(2);
    for (const stage of sent) expect(stage).toMatchObject(unknown);
  }
});

test('a write at v1 sends nothing of the pipeline but its stages and what changes, and no time of a stage', async () => {
  const { gateway, upstream, id, stages } = await openV1();
  await mutate(gateway, 'patchPipeline', { id, label: 'Q' });
  await mutate(gateway, 'patchPipeline', { id, displayOrder: 7 });
  await mutate(gateway, 'patchPipelineStage', { id: stages[0].id, label: 'A' });
  expect(upstream.writes.map(({ body }: Json) => ({ ...body, stages: undefined }))).toEqual([
    { label: 'Q', stages: undefined },
    { displayOrder: 7, stages: undefined },
    { stages: undefined },
  ]);
  expect(Object.keys(upstream.writes[0]!.body.stages[0]).sort()).toEqual([
    'active',
    'approval',
    'displayOrder',
    'label',
    'metadata',
    'note',
    'stageId',
  ]);
});

test('a write at the organization API sends nothing of the pipeline but what changes, and nothing if nothing does', async () => {
  const { gateway, upstream, id } = await openOrganization();
  const same = organizationStages.map(({ name }) => ({ label: name }));
  const replace = (more: object) => mutate(gateway, 'replacePipeline', { id, label: 'P', stages: same, ...more });
  expect((await replace({})).errors).toEqual([]);
  expect(upstream.writes).toEqual([]);
  await replace({ label: 'Q' });
  await replace({ label: 'Q', description: 'E' });
  expect((await replace({ label: 'Q', stages: [...same, { label: 'New' }] })).errors).toEqual([]);
  expect(upstream.writes.map(({ body }: Json) => Object.keys(body).sort())).toEqual([
    ['name', 'pipelineId'],
    ['description', 'pipelineId'],
    ['pipelineId', 'pipelineStages'],
  ]);
});
