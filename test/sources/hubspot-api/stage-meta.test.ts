import { describe, expect, onTestFinished, test } from 'vitest';
import { startReplica } from '../../support/gateway.ts';
import type { TestGateway } from '../../support/gateway.ts';
import { mutate } from '../../support/mutate.ts';
import { hubSpotAt } from '../../support/sources.ts';
import { startHubSpot, startHubSpotV1 } from '../../support/verbatim-apis.ts';
import type { Json } from '../../support/verbatim-upstream.ts';

/** Every object type with the general metadata: those that HubSpot documents, by name and by type id, and others. */
const limitedNames = ['appointments', 'courses', 'listings', 'services', 'orders', 'leads'];
const limited = [...limitedNames, '0-421', '0-410', '0-420', '0-162', '0-123', '0-136'];
const general = [...limited, 'tasks', '0-27', 'contacts', '0-1', 'companies', 'projects', '2-77', 'p123_machines'];

const stage = (id: string, displayOrder: number, metadata: Json) => ({ id, label: id, displayOrder, metadata });
const twoStages = [
  stage('open', 0, { isClosed: 'false', state: 'OPEN', leadState: 'NEW' }),
  stage('done', 1, { isClosed: 'true', state: 'CLOSED', leadState: 'QUALIFIED' }),
];

/** A gateway at a portal with one pipeline, whose writes are kept to the letter. */
async function open(objectType: string, stages: readonly Json[] = twoStages) {
  const pipeline = { id: 'p', label: 'P', displayOrder: 0, stages };
  const pipelines = new Map<string, Json>([['p', structuredClone(pipeline)]]);
  const upstream = await startHubSpot(pipelines);
  const gateway = await startReplica(upstream.url, {
    sources: (url) => [hubSpotAt(url, { objectTypes: [objectType] })],
  });
  onTestFinished(async () => {
    await gateway.close();
    await upstream.close();
  });
  const { data } = await gateway.ask(
    '{ pipelines { nodes { id stages { id stageId outcome meta { __typename ... on GenericStageMeta { state raw } } } } } }',
  );
  return { gateway, upstream, pipelines, read: data.pipelines.nodes[0], stored: () => pipelines.get('p').stages };
}

const writes = async (gateway: TestGateway, name: string, input: object) =>
  expect((await mutate(gateway, name, input)).errors).toEqual([]);

test.each(general)('%s have a state that is read, and can get a closed stage in each way', async (objectType) => {
  const { gateway, upstream, read } = await open(objectType);
  expect(read.stages).toMatchObject([
    { outcome: 'OPEN', meta: { __typename: 'GenericStageMeta', state: 'OPEN', raw: twoStages[0]?.metadata } },
    { outcome: 'CLOSED', meta: { state: 'CLOSED', raw: twoStages[1]?.metadata } },
  ]);
  const meta = { state: 'CLOSED' };
  await writes(gateway, 'createPipeline', {
    objectType,
    label: 'New',
    stages: [{ label: 'A' }, { label: 'B', meta }],
  });
  await writes(gateway, 'createPipelineStage', { pipeline: read.id, label: 'C', meta });
  await writes(gateway, 'patchPipelineStage', { id: read.stages[0].id, meta });
  const [created, added, patched] = upstream.writes.map(({ body }) => body);
  expect(created.stages).toMatchObject([{ metadata: { state: 'OPEN' } }, { metadata: { state: 'CLOSED' } }]);
  expect(added.metadata).toEqual({ state: 'CLOSED' });
  // HubSpot merges: what is not sent stays.
  expect(patched.metadata).toEqual({ state: 'CLOSED' });
});

test.each(limited)('a pipeline of %s takes 30 stages', async (objectType) => {
  const { gateway } = await open(objectType);
  const { data } = await gateway.ask('{ pipelineSource(name: "hubspot") { objectTypes { maxStages } } }');
  expect(data.pipelineSource.objectTypes).toEqual([{ maxStages: 30 }]);
});

describe('keys that nobody knows', () => {
  const leadStates = (stages: readonly Json[]) =>
    Object.fromEntries(stages.map(({ id, metadata }) => [id, metadata.leadState]));
  const kept = { open: 'NEW', done: 'QUALIFIED' };

  test.each([
    ['a stage PATCH', 'patchPipelineStage', ({ stages }: Json) => ({ id: stages[0].id, label: 'Opened' })],
    [
      'a stage PUT',
      'replacePipelineStage',
      ({ stages }: Json) => ({ id: stages[0].id, label: 'Opened', displayOrder: 5 }),
    ],
    [
      'a reordering',
      'reorderPipelineStages',
      ({ id, stages }: Json) => ({ pipeline: id, stages: [stages[1].id, stages[0].id] }),
    ],
    [
      'a replace, whatever it says of the state',
      'replacePipeline',
      ({ id }: Json) => ({
        id,
        label: 'P',
        stages: [
          { stageId: 'open', label: 'O', meta: { state: 'CLOSED' } },
          { stageId: 'done', label: 'D' },
        ],
      }),
    ],
    ['a change of the pipeline', 'patchPipeline', ({ id }: Json) => ({ id, label: 'Renamed' })],
  ])('keys that nobody knows survive %s', async (_title, name, toInput) => {
    const { gateway, upstream, read, stored } = await open('leads');
    await writes(gateway, name, toInput(read));
    expect(upstream.writes.length).toBeGreaterThan(0);
    expect(leadStates(stored())).toEqual(kept);
  });

  test('keys that nobody knows survive a copy within the object type, and a restore', async () => {
    const { gateway, read, pipelines } = await open('0-136');
    await writes(gateway, 'copyPipeline', { id: read.id, toSourceName: 'hubspot', label: 'Copy', keepIds: false });
    const [copy] = [...pipelines.values()].slice(-1);
    expect(copy.stages.map(({ metadata }: Json) => metadata)).toEqual([
      { state: 'OPEN', leadState: 'NEW' },
      { state: 'CLOSED', leadState: 'QUALIFIED' },
    ]);
    const { snapshot } = await mutate(gateway, 'archivePipeline', { id: read.id }, 'snapshot { document }');
    await writes(gateway, 'restorePipeline', { snapshot: snapshot.document });
    expect(leadStates(pipelines.get('p').stages)).toEqual(kept);
  });

  test('keys that nobody knows survive at v1, which is sent the whole pipeline each time', async () => {
    const stages = ['a', 'b'].map((stageId, displayOrder) => ({
      stageId,
      label: stageId,
      displayOrder,
      active: true,
      metadata: { isClosed: 'false', probability: '0.5', forecastGroup: stageId },
    }));
    const pipelines = new Map<string, Json>([
      ['p', { pipelineId: 'p', label: 'P', displayOrder: 0, active: true, stages }],
    ]);
    const upstream = await startHubSpotV1(pipelines, 'deactivates');
    const gateway = await startReplica(upstream.url, { sources: (url) => [hubSpotAt(url, { kind: 'hubspot-v1' })] });
    onTestFinished(async () => {
      await gateway.close();
      await upstream.close();
    });
    const { data } = await gateway.ask('{ pipelines { nodes { stages { id } } } }');
    const [{ id }] = data.pipelines.nodes[0].stages;
    await writes(gateway, 'patchPipelineStage', { id, meta: { probability: 0.2 } });
    expect(upstream.writes[0]?.body.stages.map(({ metadata }: Json) => metadata)).toEqual([
      { probability: 0.2, forecastGroup: 'a' },
      { probability: 0.5, forecastGroup: 'b' },
    ]);
  });
});

test('a state that nobody knows has no outcome, and stays until it is written', async () => {
  const { gateway, read, stored } = await open('leads', [stage('paused', 0, { isClosed: 'false', state: 'PAUSED' })]);
  expect(read.stages).toMatchObject([{ outcome: 'UNKNOWN', meta: { state: null, raw: { state: 'PAUSED' } } }]);
  await writes(gateway, 'patchPipelineStage', { id: read.stages[0].id, label: 'Waiting' });
  expect(stored()[0].metadata.state).toBe('PAUSED');
});
