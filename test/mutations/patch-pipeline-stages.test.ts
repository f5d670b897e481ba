import { beforeEach, describe, expect, test } from 'vitest';
import { collections } from '../support/arbitraries.ts';
import type { TestCollection } from '../support/arbitraries.ts';
import { mutate, problemsOf } from '../support/mutate.ts';
import { createPipeline, readPipeline } from '../support/pipelines.ts';
import type { PipelineOfAnswer } from '../support/pipelines.ts';
import { useGateway } from '../support/use-gateway.ts';

const gateway = useGateway();
const selection =
  'stages { id label } pipeline { stages { label displayOrder } } changes { summary } before { document }';

let made = 0;
let pipeline: PipelineOfAnswer;

/** Metadata of a stage, in each object type's own words; `other` differs from what the sample has. */
function toMeta({ objectType }: TestCollection, other = false): object {
  if (objectType === 'deals') return { probability: other ? 0.9 : 0.4 };
  if (objectType === 'tickets') return { ticketState: other ? 'OPEN' : 'CLOSED' };
  return { color: other ? '#445566' : '#112233' };
}

const ids = (...indexes: readonly number[]) => indexes.map((index) => pipeline.stages[index]?.id);
const patch = (stages: readonly object[], more: object = {}) =>
  mutate(gateway, 'patchPipelineStages', { pipeline: pipeline.id, stages, ...more }, selection);
const labels = async () => (await readPipeline(gateway, pipeline.id))?.stages.map(({ label }) => label);
const writes = async () => (await gateway.sandbox.requests()).filter(({ method }) => method !== 'GET');

describe.each(collections)('stages of $sourceName $objectType that are patched together', (collection) => {
  beforeEach(async () => {
    made += 1;
    const { sourceName, objectType } = collection;
    const stages = ['A', 'B', 'C', 'D'].map((label) => ({ label, meta: toMeta(collection) }));
    pipeline = await createPipeline(gateway, { sourceName, objectType, label: `Together ${made}`, stages });

    await gateway.sandbox.emptyLog();
  });

  test('are written with one request, and read back once', async () => {
    const [a, c, d] = ids(0, 2, 3);
    const payload = await patch([
      { id: c, label: 'See' },
      { id: a, label: 'Ay', meta: toMeta(collection, true) },
      { id: d, meta: toMeta(collection, true) },
    ]);
    expect(payload.errors).toEqual([]);
    expect(payload.stages).toEqual([
      { id: c, label: 'See' },
      { id: a, label: 'Ay' },
      { id: d, label: 'D' },
    ]);
    expect(payload.changes).toHaveLength(4);
    expect(payload.before.document).toBeDefined();
    expect(await writes()).toHaveLength(1);
    expect(await labels()).toEqual(['Ay', 'B', 'See', 'D']);
    const after = await readPipeline(gateway, pipeline.id);
    expect(after?.stages.map(({ stageId }) => stageId)).toEqual(pipeline.stages.map(({ stageId }) => stageId));
    expect(after?.stages[1]?.meta).toEqual(pipeline.stages[1]?.meta);
  });

  test('send nothing if nothing changes', async () => {
    const [a, b] = ids(0, 1);
    const payload = await patch([
      { id: a, label: 'A' },
      { id: b, meta: toMeta(collection) },
    ]);
    expect(payload).toMatchObject({ errors: [], changes: [], stages: [{ label: 'A' }, { label: 'B' }] });
    expect(await writes()).toEqual([]);
  });

  test('swap their labels, and take new places one after the other', async () => {
    const [a, b, d] = ids(0, 1, 3);
    const swapped = await patch([
      { id: a, label: 'B' },
      { id: b, label: 'A' },
    ]);
    expect(swapped.errors).toEqual([]);
    expect(await labels()).toEqual(['B', 'A', 'C', 'D']);
    const moved = await patch([
      { id: d, displayOrder: 0 },
      { id: a, displayOrder: 3, label: 'Last' },
    ]);
    expect(moved.errors).toEqual([]);
    const after = await labels();
    expect(after?.[0]).toBe('D');
    expect(after).toContain('Last');
  });

  test('are refused with all problems at once, each at its place, and nothing is sent', async () => {
    const [a, b, c] = ids(0, 1, 2);
    const wrong = await patch([
      { id: a, label: '' },
      { id: pipeline.id, label: 'X' },
      { id: b },
      { id: c, label: 'C', displayOrder: -1 },
      { id: c, label: 'D' },
    ]);
    expect(problemsOf(wrong.errors)).toEqual([
      'INVALID_INPUT stages.0.label',
      'INVALID_INPUT stages.1.id',
      'INVALID_INPUT stages.2',
      'INVALID_INPUT stages.3.displayOrder',
      'INVALID_INPUT stages.4.id',
    ]);
    const taken = await patch([
      { id: a, label: 'x' },
      { id: b, label: 'd ' },
      { id: c, label: 'X' },
    ]);
    expect(taken.errors).toMatchObject([
      { code: 'LABEL_TAKEN', path: ['stages', '1', 'label'] },
      { code: 'LABEL_TAKEN', path: ['stages', '2', 'label'] },
    ]);
    expect(problemsOf((await patch([])).errors)).toEqual(['INVALID_INPUT stages']);
    const stale = await patch([{ id: a, label: 'Z' }], { ifRevision: 'old' });
    expect(problemsOf(stale.errors)).toEqual(['STALE_OBJECT ifRevision']);
    expect(await writes()).toEqual([]);
  });

  test('of eight callers at once all come to be', async () => {
    const all = await Promise.all(
      Array.from({ length: 8 }, (_, index) => patch([{ id: pipeline.stages[index % 4]?.id, label: `L${index}` }])),
    );
    expect(all.flatMap(({ errors }) => errors)).toEqual([]);
    const shown = (await labels()) ?? [];
    expect(shown.map((label) => Number(label.slice(1)) % 4)).toEqual([0, 1, 2, 3]);
  });

  test('come back as they were from the payload', async () => {
    const [a, d] = ids(0, 3);
    const { before } = await patch([
      { id: a, label: 'Ay' },
      { id: d, displayOrder: 1, label: 'Dee' },
    ]);
    const restored = await mutate(gateway, 'restorePipeline', { snapshot: before.document });
    expect(restored.errors).toEqual([]);
    expect(await labels()).toEqual(['A', 'B', 'C', 'D']);
  });

  test('that a fault stops are as before, or the answer says that they may not be', async () => {
    for (const method of ['PUT', 'PATCH', 'POST']) {
      await gateway.sandbox.fault({ fault: 'status', status: 400, match: { method } });
    }
    const [a, b] = ids(0, 1);
    const stages = [
      { id: a, label: 'One' },
      { id: b, label: 'Two' },
    ];
    expect((await patch(stages)).errors).toMatchObject([{ mayHaveBeenApplied: false }]);
    expect(await labels()).toEqual(['A', 'B', 'C', 'D']);
    await gateway.sandbox.clearFaults();
    expect((await patch(stages)).errors).toEqual([]);
    expect(await labels()).toEqual(['One', 'Two', 'C', 'D']);
  });
});
