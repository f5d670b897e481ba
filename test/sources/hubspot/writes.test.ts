import { expect, test } from 'vitest';
import { createSample, readPipeline } from '../contract/samples.ts';
import { kinds, token } from '../kinds.ts';
import { useRecordedWorld } from '../world.ts';

const kind = kinds[0]!;
const world = useRecordedWorld(kind);
const writes = () => world.sent.filter(({ method }) => method !== 'GET').map(({ method, body }) => [method, body]);

async function openSample() {
  const pipeline = await createSample(world, kind);
  world.sent.length = 0;
  return pipeline;
}

test('a write of a stage sends HubSpot no metadata but what changes, as it merges', async () => {
  const { stages } = await openSample();
  const [{ id }] = stages;
  await world.do('patchPipelineStage', { id, label: 'Begin' });
  await world.do('patchPipelineStage', { id, displayOrder: 9 });
  await world.do('patchPipelineStage', { id, label: 'Begin', meta: { probability: 0.75 } });
  await world.do('replacePipelineStage', { id, label: 'Again', displayOrder: 9 });
  expect(writes()).toEqual([
    ['PATCH', { label: 'Begin', metadata: {} }],
    ['PATCH', { displayOrder: 9, metadata: {} }],
    ['PATCH', { metadata: { probability: '0.75' } }],
    ['PUT', { label: 'Again', displayOrder: 9, metadata: {} }],
  ]);
});

test('a write of a stage that changes nothing is not sent to HubSpot', async () => {
  const { stages } = await openSample();
  const [{ id, label, displayOrder }] = stages;
  await world.do('patchPipelineStage', { id, label, displayOrder, meta: kind.metas[0].input });
  await world.do('replacePipelineStage', { id, label, displayOrder, meta: kind.metas[0].input });
  expect(writes()).toEqual([]);
});

test('a move sends HubSpot a number and nothing else, and what somebody else changed meanwhile stays', async () => {
  const { id, pipelineId, stages } = await openSample();
  const [first, second, third] = stages.map((stage: { id: string }) => stage.id);
  // The colleague's change comes between the gateway's read and its write.
  const path = `/crm/pipelines/2026-09/deals/${pipelineId}/stages/${stages[2].stageId}`;
  await world.sandbox.fault({ match: { method: 'PATCH' }, fault: 'latency', ms: 300, times: 1 });
  const reorder = world.do('reorderPipelineStages', { pipeline: id, stages: [first, third, second] });
  await expect.poll(() => writes().length).toBe(1);
  await world.sandbox.call('PATCH', path, token, { metadata: { probability: '0.45' } });
  await reorder;
  expect(writes()).toEqual([['PATCH', { displayOrder: 0, metadata: {} }]]);
  expect((await readPipeline(world, id)).stages[1].meta).toMatchObject({ probability: 0.45 });
});

test.each([
  ['a free number before the one that is taken', 5, 4],
  ['the number of the stage before, if there is no room', 1, 0],
  ['a number that is free', 3, 3],
])('a new stage is sent to HubSpot with %s', async (_, displayOrder, sent) => {
  const { id, pipelineId, stages } = await openSample();
  const path = `/crm/pipelines/2026-09/deals/${pipelineId}/stages/${stages[2].stageId}`;
  await world.sandbox.call('PATCH', path, token, { displayOrder: 5, metadata: {} });
  await world.do('createPipelineStage', { pipeline: id, label: 'New', displayOrder, meta: { probability: 0.5 } });
  expect(writes()).toMatchObject([['POST', { displayOrder: sent }]]);
});
