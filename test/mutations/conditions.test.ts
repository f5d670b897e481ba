import { describe, expect, test } from 'vitest';
import { mutate, problemsOf } from '../support/mutate.ts';
import { createPipeline } from '../support/pipelines.ts';
import { useGateway } from '../support/use-gateway.ts';

const gateway = useGateway();

async function createSample(label: string) {
  const stages = [
    { label: 'Open', meta: { probability: 0.5 } },
    { label: 'Won', meta: { probability: 1 } },
  ];
  const { id } = await createPipeline(gateway, { sourceName: 'hubspot', objectType: 'deals', label, stages });
  return { id, read: () => readDates(id) };
}

async function readDates(id: string) {
  const fields = 'id updatedAt revision';
  const { data } = await gateway.ask(`query ($id: ID!) { pipeline(id: $id) { ${fields} stages { ${fields} } } }`, {
    id,
  });
  return data.pipeline as {
    updatedAt: string;
    revision: string;
    stages: { id: string; updatedAt: string; revision: string }[];
  };
}

describe('a condition that would protect nothing is refused, and says what to give instead', () => {
  test.each(['ifUpdatedAt', 'ifRevision'])('%s: null', async (name) => {
    const { id } = await createSample(`Null ${name}`);
    const { errors } = await mutate(gateway, 'patchPipeline', { id, label: 'New', [name]: null });
    expect(problemsOf(errors)).toEqual([`INVALID_INPUT ${name}`]);
    expect(errors[0]?.message).toContain('ifRevision');
  });
});

describe('a revision', () => {
  test('changes with the content alone: two reads share it, an edit and its opposite give it back', async () => {
    const { id, read } = await createSample('Digest');
    const before = await read();
    expect(await read()).toEqual(before);
    const [stage] = before.stages;
    await mutate(gateway, 'patchPipelineStage', { id: stage?.id, meta: { probability: 0.6 } });
    const edited = await read();
    expect(edited.revision).not.toBe(before.revision);
    expect(edited.stages[0]?.revision).not.toBe(stage?.revision);
    expect(edited.stages[1]?.revision).toBe(before.stages[1]?.revision);
    await mutate(gateway, 'patchPipelineStage', { id: stage?.id, meta: { probability: 0.5 } });
    expect((await read()).revision).toBe(before.revision);
    expect(await mutate(gateway, 'patchPipeline', { id, label: 'New', ifRevision: before.revision })).toEqual({
      errors: [],
    });
  });

  test('of a stage protects the stage, and the refusal gives the present one', async () => {
    const { read } = await createSample('Stage');
    const [stage, other] = (await read()).stages;
    await mutate(gateway, 'patchPipelineStage', { id: stage?.id, label: 'Mine' });
    const late = { id: stage?.id, label: 'Yours', ifRevision: stage?.revision };
    const text = `mutation ($input: PatchPipelineStageInput!) { patchPipelineStage(input: $input) {
      errors { code path ... on PipelineStaleError { revision updatedAt } } } }`;
    const { data } = await gateway.ask(text, { input: late });
    const [present] = (await read()).stages;
    expect(data.patchPipelineStage.errors).toEqual([
      { code: 'STALE_OBJECT', path: ['ifRevision'], revision: present?.revision, updatedAt: present?.updatedAt },
    ]);
    const untouched = { id: other?.id, label: 'Ours', ifRevision: other?.revision };
    expect(await mutate(gateway, 'patchPipelineStage', untouched)).toEqual({ errors: [] });
  });
});

test('ifUpdatedAt of a pipeline notices the change of a stage', async () => {
  const { id, read } = await createSample('Dates');
  const seen = await read();
  const newest = [seen, ...seen.stages]
    .map(({ updatedAt }) => updatedAt)
    .toSorted()
    .at(-1);
  await mutate(gateway, 'patchPipelineStage', { id: seen.stages[1]?.id, label: 'Changed' });
  const { errors } = await mutate(gateway, 'patchPipeline', { id, label: 'Late', ifUpdatedAt: newest });
  expect(problemsOf(errors)).toEqual(['STALE_OBJECT ifUpdatedAt']);
  const now = await read();
  const ifUpdatedAt = [now, ...now.stages]
    .map(({ updatedAt }) => updatedAt)
    .toSorted()
    .at(-1);
  expect(await mutate(gateway, 'patchPipeline', { id, label: 'In time', ifUpdatedAt })).toEqual({ errors: [] });
});
