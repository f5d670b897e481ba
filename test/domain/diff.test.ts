import { beforeEach, expect, test } from 'vitest';
import { mutate } from '../support/mutate.ts';
import { createPipeline } from '../support/pipelines.ts';
import { changeFields } from '../support/selections.ts';
import { useGateway } from '../support/use-gateway.ts';

const gateway = useGateway();
beforeEach(() => gateway.sandbox.reset());

const diff = (a: string, b: string) =>
  gateway.ask(`query($a: ID!, $b: ID!) { pipelineDiff(a: $a, b: $b) { ${changeFields} } }`, { a, b });

const stages = [
  { label: 'Open', meta: { probability: 0.5 } },
  { label: 'Won', meta: { probability: 0.9 } },
  { label: 'Gone', meta: { probability: 0 } },
];

test('a diff matches stages of different sources by id, else by label, and names them by the ids of the first', async () => {
  const a = await createPipeline(gateway, {
    sourceName: 'hubspot',
    objectType: 'deals',
    label: 'A',
    pipelineId: 'a',
    stages: [{ stageId: 'same', ...stages[0] }, ...stages.slice(1)],
  });
  const b = await createPipeline(gateway, {
    sourceName: 'hubspot-v1',
    objectType: 'deals',
    label: 'B',
    stages: [
      { label: 'Opened', stageId: 'same', meta: { probability: 0.5 } },
      { label: 'Won', meta: { probability: 1 } },
      { label: 'New', meta: { probability: 0.1 } },
    ],
  });
  const { data, errors } = await diff(a.id, b.id);
  expect(errors).toBeUndefined();
  expect(data.pipelineDiff.map(({ summary }: { summary: string }) => summary)).toEqual([
    'Pipeline: label "A" → "B"',
    'Stage "Gone" removed',
    'Stage "Open": label "Open" → "Opened"',
    'Stage "Won": probability 0.9 → 1.0',
    'Stage "New" added',
  ]);
  expect(data.pipelineDiff[3].stageId).toBe(a.stages[1]?.stageId);
  expect(data.pipelineDiff[3]).toMatchObject({ kind: 'CHANGED', field: 'meta.probability', before: 0.9, after: 1 });
});

test('a diff with a copy has nothing but what was changed since', async () => {
  const a = await createPipeline(gateway, { sourceName: 'hubspot', objectType: 'deals', label: 'A', stages });
  const copied = await mutate(gateway, 'copyPipeline', { id: a.id, toSourceName: 'hubspot-v1' }, 'pipeline { id }');
  await mutate(gateway, 'patchPipeline', { id: copied.pipeline.id, displayOrder: 1 });
  const { data } = await diff(a.id, copied.pipeline.id);
  expect(data.pipelineDiff).toEqual([]);
});

test('a diff with a pipeline that is not there is null, and one with an id that is none an error that names the argument', async () => {
  const a = await createPipeline(gateway, { sourceName: 'hubspot', objectType: 'deals', label: 'A', stages });
  const b = await createPipeline(gateway, { sourceName: 'hubspot', objectType: 'deals', label: 'B', stages });
  await mutate(gateway, 'archivePipeline', { id: b.id }, 'archivedId');
  expect((await diff(a.id, b.id)).data).toEqual({ pipelineDiff: null });
  const { errors, data } = await diff(a.id, 'nonsense');
  expect(data).toEqual({ pipelineDiff: null });
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' }, message: expect.stringContaining('b:') }]);
});
