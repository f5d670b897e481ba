import { beforeEach, describe, expect, test } from 'vitest';
import { mutate, problemsOf } from '../support/mutate.ts';
import { createPipeline } from '../support/pipelines.ts';
import type { PipelineOfAnswer } from '../support/pipelines.ts';
import { useGateway } from '../support/use-gateway.ts';

const token = 'sandbox-hubspot';
const stages = [
  { label: 'Open', meta: { probability: 0.5 } },
  { label: 'Won', meta: { probability: 1 } },
];
const gateway = useGateway();
let pipeline: PipelineOfAnswer;
let made = 0;

beforeEach(async () => {
  await gateway.sandbox.clearFaults();
  made += 1;
  pipeline = await createPipeline(gateway, {
    sourceName: 'hubspot',
    objectType: 'deals',
    label: `Once ${made}`,
    stages,
  });
  await gateway.sandbox.emptyLog();
});

/** The next such request is answered 503, with what it asked for done or not done. */
const busy = (method: string, when: 'before' | 'after') =>
  gateway.sandbox.fault({
    match: { method },
    fault: 'status',
    status: 503,
    when,
    headers: { 'retry-after': '1' },
    times: 1,
  });

const upstreamPath = (): string => `/crm/pipelines/2026-09/deals/${pipeline.pipelineId}`;

describe('a write that happened although the upstream said that it is busy', () => {
  test('a new pipeline is not refused because of itself, and is there once', async () => {
    await busy('POST', 'after');
    const label = `Made once ${made}`;
    const input = { sourceName: 'hubspot', objectType: 'deals', label, stages };
    const payload = await mutate(gateway, 'createPipeline', input, 'pipeline { label }');
    expect(payload).toEqual({ pipeline: { label }, errors: [] });
    expect((await gateway.sandbox.writes()).length).toBe(1);
  });

  test('a new stage is not refused because of itself', async () => {
    await busy('POST', 'after');
    const input = { pipeline: pipeline.id, label: 'Later', meta: { probability: 0.7 } };
    const payload = await mutate(gateway, 'createPipelineStage', input, 'stage { label }');
    expect(payload).toEqual({ stage: { label: 'Later' }, errors: [] });
    expect((await gateway.sandbox.writes()).length).toBe(1);
  });

  test('an archive keeps its snapshot, and is no NOT_FOUND', async () => {
    await busy('DELETE', 'after');
    const payload = await mutate(gateway, 'archivePipeline', { id: pipeline.id }, 'archivedId snapshot { label }');
    expect(payload).toEqual({ archivedId: pipeline.id, snapshot: { label: pipeline.label }, errors: [] });
  });
});

describe('a write that waited while somebody else wrote', () => {
  /** Somebody else adds a stage once the gateway’s write has been told to wait. */
  async function whileWaiting(method: string, write: () => Promise<unknown>): Promise<void> {
    await busy(method, 'before');
    const writing = write();
    for (let reads = 0; reads < 200 && (await gateway.sandbox.writes()).length === 0; reads += 1);
    const added = { label: 'Colleague’s', displayOrder: 9, metadata: { probability: '0.1' } };
    expect((await gateway.sandbox.call('POST', `${upstreamPath()}/stages`, token, added)).status).toBe(201);
    await writing;
  }

  test('a replace is not sent over it if it has a condition: nothing of it is lost', async () => {
    const { data } = await gateway.ask('query ($id: ID!) { pipeline(id: $id) { revision } }', { id: pipeline.id });
    const input = { id: pipeline.id, label: 'New', ifRevision: data.pipeline.revision, stages };
    await whileWaiting('PUT', async () => {
      const { errors } = await mutate(gateway, 'replacePipeline', input);
      expect(problemsOf(errors)).toEqual(['STALE_OBJECT ifRevision']);
      expect(errors).toMatchObject([{ mayHaveBeenApplied: false }]);
    });
    const { body } = await gateway.sandbox.call('GET', upstreamPath(), token);
    expect(body).toMatchObject({
      label: pipeline.label,
      stages: expect.arrayContaining([expect.objectContaining({ label: 'Colleague’s' })]),
    });
  });

  test('an edit of something else is planned anew, and both stay', async () => {
    await whileWaiting('PATCH', async () => {
      expect(await mutate(gateway, 'patchPipeline', { id: pipeline.id, label: `New ${made}` })).toEqual({ errors: [] });
    });
    const { body } = await gateway.sandbox.call('GET', upstreamPath(), token);
    expect(body).toMatchObject({
      label: `New ${made}`,
      stages: expect.arrayContaining([expect.objectContaining({ label: 'Colleague’s' })]),
    });
  });
});

describe('an acknowledgement that proves nothing', () => {
  const writes: readonly [string, string, () => object][] = [
    ['patchPipeline', 'PATCH', () => ({ id: pipeline.id, label: 'Other' })],
    ['patchPipelineStage', 'PATCH', () => ({ id: pipeline.stages[0]?.id, label: 'Other' })],
    ['replacePipeline', 'PUT', () => ({ id: pipeline.id, label: 'Other', stages })],
    [
      'createPipelineStage',
      'POST',
      () => ({ pipeline: pipeline.id, stageId: 'mine', label: 'Other', meta: { probability: 0.3 } }),
    ],
    ['archivePipeline', 'DELETE', () => ({ id: pipeline.id })],
    ['archivePipelineStage', 'DELETE', () => ({ id: pipeline.stages[0]?.id })],
  ];

  for (const [name, method, toInput] of writes) {
    test(`${name} is no success if the upstream says so and does nothing`, async () => {
      await gateway.sandbox.fault({
        match: { method },
        fault: 'status',
        status: 200,
        when: 'before',
        body: {},
        times: 1,
      });
      const { errors } = await mutate(gateway, name, toInput());
      expect(errors).toMatchObject([{ code: 'UPSTREAM_OUTCOME_UNKNOWN', mayHaveBeenApplied: true }]);
    });
  }
});

test('a write that the upstream acknowledges in full, and no read shows, is settling: not a plain success', async () => {
  const body = { id: pipeline.pipelineId, label: 'Other' };
  await gateway.sandbox.fault({
    match: { method: 'PATCH' },
    fault: 'status',
    status: 200,
    when: 'before',
    body,
    times: 1,
  });
  const input = { id: pipeline.id, label: 'Other' };
  const payload = await mutate(gateway, 'patchPipeline', input, 'settling changes { summary } pipeline { label }');
  expect(payload).toEqual({ settling: true, changes: [], pipeline: { label: pipeline.label }, errors: [] });
});

describe('a write that changes nothing', () => {
  test('sends nothing, and says so', async () => {
    const { id, label } = pipeline;
    const patched = await mutate(gateway, 'patchPipeline', { id, label }, 'pipeline { label } changes { summary }');
    expect(patched).toEqual({ pipeline: { label }, changes: [], errors: [] });
    const replaced = await mutate(gateway, 'replacePipeline', { id, label, stages }, 'changes { summary }');
    expect(replaced).toEqual({ changes: [], errors: [] });
    const [stage] = pipeline.stages;
    const edited = { id: stage?.id, label: stage?.label, displayOrder: stage?.displayOrder };
    expect(await mutate(gateway, 'replacePipelineStage', edited, 'changes { summary }')).toEqual({
      changes: [],
      errors: [],
    });
    expect(await gateway.sandbox.writes()).toEqual([]);
  });
});

describe('what every write says', () => {
  test('before brings back what there was, and pipeline shows what there is', async () => {
    const [stage] = pipeline.stages;
    const payload = await mutate(
      gateway,
      'patchPipelineStage',
      { id: stage?.id, label: 'Renamed' },
      'before { label stages { label } document } pipeline { stages { label } } settling overwrote { summary }',
    );
    expect(payload).toMatchObject({
      before: {
        label: pipeline.label,
        stages: [{ label: 'Open' }, { label: 'Won' }],
        document: { version: expect.any(Number) },
      },
      pipeline: { stages: [{ label: 'Renamed' }, { label: 'Won' }] },
      settling: false,
      overwrote: [],
      errors: [],
    });
  });
});
