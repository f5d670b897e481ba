import { describe, expect, test } from 'vitest';
import { mutate } from '../../support/mutate.ts';
import { useGateway } from '../../support/use-gateway.ts';
import { hubSpot, idsOf, worlds } from './worlds.ts';

const list = ['A', 'B', 'C', 'D', 'E'].map((label, displayOrder) => ({ label, displayOrder }));

/** What is wrong with a write, and how many of the writes meet it; for ever if that is absent. */
const faults = [
  { fault: 'unapplied' },
  { fault: 'unapplied', times: 1 },
  { fault: 'status', status: 503, headers: { 'retry-after': '0' }, when: 'after', times: 1 },
  { fault: 'status', status: 500, when: 'after', times: 1 },
  { fault: 'status', status: 500, times: 1 },
  { fault: 'reset', when: 'after', times: 1 },
] as const;

const lateWorlds = [
  ['a read that comes late', { lateReads: 1 }],
  ['reads that come later than anybody waits', { lateReads: 5 }],
] as const;

/** What is asked for, and the labels as they are to stand then. */
interface Operation {
  readonly name: string;
  readonly order: readonly string[];
  readonly mutation: string;
  readonly toInput: (pipeline: { id: string; idOf: (label: string) => string | undefined }) => object;
}
const reorder = (name: string, order: readonly string[]): Operation => ({
  name,
  order,
  mutation: 'reorderPipelineStages',
  toInput: ({ id, idOf }) => ({ pipeline: id, stages: order.map(idOf) }),
});
const operations: readonly Operation[] = [
  reorder('one move', ['A', 'C', 'D', 'E', 'B']),
  reorder('many moves', ['E', 'D', 'C', 'B', 'A']),
  {
    name: 'a new first stage',
    order: ['New', 'A', 'B', 'C', 'D', 'E'],
    mutation: 'createPipelineStage',
    toInput: ({ id }) => ({ pipeline: id, label: 'New', displayOrder: 0, meta: { probability: 0.5 } }),
  },
  {
    name: 'a stage that goes back',
    order: ['B', 'C', 'A', 'D', 'E'],
    mutation: 'patchPipelineStage',
    toInput: ({ idOf }) => ({ id: idOf('A'), displayOrder: 2 }),
  },
];

describe.each([...worlds, ...lateWorlds])('with %s', (_, unknowns) => {
  const gateway = useGateway({ unknowns, resilience: { circuitRetryMs: 1 } });

  /** The labels at the upstream, once nothing is late any more. */
  const settle = async (pipelineId: string) => {
    for (let read = 0; read < (unknowns.lateReads ?? 0); read += 1) {
      await hubSpot.read(gateway, pipelineId).catch(() => []);
    }
    return (await hubSpot.read(gateway, pipelineId)).map(({ label }) => label);
  };

  /** Does what is asked with a new pipeline, whose writes by that method meet the fault. */
  const run = async ({ mutation, toInput }: Operation, fault?: object, method = '') => {
    await gateway.sandbox.reset();
    const pipelineId = await hubSpot.create(gateway, list);
    await settle(pipelineId);
    const stages = await hubSpot.read(gateway, pipelineId);
    const { id, stageIds } = await idsOf(gateway, hubSpot, pipelineId);
    const idOf = (label: string) => stageIds.get(stages.find((stage) => stage.label === label)!.id);
    if (fault !== undefined) await gateway.sandbox.fault({ fault: '', ...fault, match: { method, path: pipelineId } });
    const { errors } = await mutate(gateway, mutation, toInput({ id, idOf }));
    await gateway.sandbox.clearFaults();
    return { errors, after: await settle(pipelineId) };
  };

  test.each(operations)('$name: what is no error is the order that was asked for', async (operation) => {
    const { errors, after } = await run(operation);
    if (errors.length === 0) expect(after).toEqual(operation.order);
    else expect(errors).toMatchObject([{ code: 'UPSTREAM_OUTCOME_UNKNOWN', mayHaveBeenApplied: true }]);
    if (!('lateReads' in unknowns)) expect(errors).toEqual([]);
    expect(after.toSorted()).toEqual(operation.order.toSorted());
  });

  // In the latest of these worlds nothing can be proven, whatever fails.
  test.each((unknowns.lateReads ?? 0) > 1 ? [] : operations.slice(0, 2))(
    '$name: no fault makes another order a success, or loses a stage',
    async (operation) => {
      for (const fault of faults) {
        for (const method of ['PATCH', 'PUT']) {
          const { errors, after } = await run(operation, fault, method);
          expect(after.toSorted()).toEqual(operation.order.toSorted());
          if (errors.length === 0) expect([fault, method, after]).toEqual([fault, method, operation.order]);
        }
      }
    },
  );
});
