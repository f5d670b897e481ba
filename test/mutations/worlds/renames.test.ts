import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TestGateway } from '../../support/gateway.ts';
import { mutate } from '../../support/mutate.ts';
import { useGateway } from '../../support/use-gateway.ts';
import { idsOf, organization } from './worlds.ts';

const token = 'sandbox-organization';
const labels = ['a', 'b', 'c', 'd', 'e'];
/** New labels for the stages a to e: passed on, swapped, or new; no two alike. */
const renames = fc.shuffledSubarray([...labels, 'x', 'y'], { minLength: 5, maxLength: 5 });

/** How many records are in each stage, learnt by moving them into the last one. */
async function countRecords(gateway: TestGateway, stageIds: readonly string[], sink: string): Promise<number[]> {
  const counts: number[] = [];
  for (const sourceStageId of stageIds) {
    const body = { sourceStageId, targetStageId: sink };
    const answer = await gateway.sandbox.call('POST', '/api/pipelines/stages/reassign', token, body);
    counts.push((answer.body as { recordsTransferred: number }).recordsTransferred);
  }
  return counts;
}

/** A pipeline with the stages a to e, with 1 to 5 records, and an empty one. */
async function createWithRecords(gateway: TestGateway) {
  await gateway.sandbox.reset();
  const list = [...labels, 'sink'].map((label, displayOrder) => ({ label, displayOrder }));
  const pipelineId = await organization.create(gateway, list);
  const stages = await organization.read(gateway, pipelineId);
  for (const [index, { id: stageId, label }] of stages.slice(0, -1).entries()) {
    const recordIds = Array.from({ length: index + 1 }, (_, count) => `${label}${count}`);
    await gateway.sandbox.addRecords({ token, objectType: 'Contact', pipelineId, stageId, recordIds });
  }
  const ids = stages.map(({ id }) => id);
  return {
    pipelineId,
    ids: ids.slice(0, -1),
    sink: ids.at(-1) ?? '',
    id: (await idsOf(gateway, organization, pipelineId)).id,
  };
}

describe.each(['at once', 'one after the other'] as const)('with rename pairs that work %s', (renamePairs) => {
  const gateway = useGateway({ unknowns: { renamePairs } });

  test('records stay in their stages, however the stages pass on their names', async () => {
    await fc.assert(
      fc.asyncProperty(renames, async (names) => {
        const { id, pipelineId, ids, sink } = await createWithRecords(gateway);
        const stages = [
          ...names.map((label, index) => ({ stageId: ids[index], label })),
          { stageId: sink, label: 'sink' },
        ];
        const input = { id, label: 'Placed', stages };
        const { errors, migrations } = await mutate(
          gateway,
          'replacePipeline',
          input,
          'migrations { fromLabel toLabel recordCount }',
        );
        expect(errors).toEqual([]);
        const after = await organization.read(gateway, pipelineId);
        expect(after.map(({ id: stageId, label }) => [stageId, label])).toEqual(
          stages.map(({ stageId, label }) => [stageId, label]),
        );
        expect(await countRecords(gateway, ids, sink)).toEqual([1, 2, 3, 4, 5]);
        const moved = labels.map((fromLabel, index) => ({ fromLabel, toLabel: names[index], recordCount: index + 1 }));
        const byLabel = (a: { fromLabel: string }, b: { fromLabel: string }) => (a.fromLabel < b.fromLabel ? -1 : 1);
        expect([...migrations].sort(byLabel)).toEqual(moved.filter(({ fromLabel, toLabel }) => fromLabel !== toLabel));
      }),
      { numRuns: 25 },
    );
  });

  test('records of a removed stage go where it is merged, though names are passed on beside it', async () => {
    await fc.assert(
      fc.asyncProperty(renames, fc.nat({ max: 4 }), fc.nat({ max: 3 }), async (names, removed, into) => {
        const { id, ids, sink } = await createWithRecords(gateway);
        const kept = ids
          .map((stageId, index) => ({ stageId, label: names[index] }))
          .filter((_, index) => index !== removed);
        const stages = kept.map((stage, index) =>
          index === into ? { ...stage, mergeStageIds: [ids[removed]] } : stage,
        );
        const input = { id, label: 'Placed', stages: [...stages, { stageId: sink, label: 'sink' }] };
        expect((await mutate(gateway, 'replacePipeline', input)).errors).toEqual([]);
        const counts = [1, 2, 3, 4, 5].filter((_, index) => index !== removed);
        const expected = counts.map((count, index) => (index === into ? count + removed + 1 : count));
        const keptIds = kept.map(({ stageId }) => stageId);
        expect(await countRecords(gateway, keptIds, sink)).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });

  test('a swap whose second write fails keeps all records apart, says so, and is finished by doing it again', async () => {
    const { id, ids, sink, pipelineId } = await createWithRecords(gateway);
    const stages = ['b', 'a', 'c', 'd', 'e', 'sink'].map((label, index) => ({ stageId: [...ids, sink][index], label }));
    const input = { id, label: 'Renamed', stages };
    const fault = { match: { method: 'POST', path: '^/api/pipelines$' }, times: 1 };
    await gateway.sandbox.fault({ ...fault, fault: 'latency', ms: 0 });
    await gateway.sandbox.fault({ ...fault, fault: 'status', status: 400 });
    expect((await mutate(gateway, 'replacePipeline', input)).errors).toMatchObject([{ mayHaveBeenApplied: true }]);
    expect((await organization.read(gateway, pipelineId)).map(({ label }) => label)).toEqual([
      'a (renaming)',
      'b',
      'c',
      'd',
      'e',
      'sink',
    ]);
    expect((await mutate(gateway, 'replacePipeline', input)).errors).toEqual([]);
    expect(await countRecords(gateway, ids, sink)).toEqual([1, 2, 3, 4, 5]);
  });
});
