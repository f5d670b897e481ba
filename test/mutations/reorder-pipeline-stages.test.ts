import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { toMoves } from '../../src/sources/hubspot/reorder.ts';
import { collections, hubSpotDeals } from '../support/arbitraries.ts';
import type { TestCollection } from '../support/arbitraries.ts';
import { mutate } from '../support/mutate.ts';
import { createPipeline } from '../support/pipelines.ts';
import { pipelineFields } from '../support/selections.ts';
import { useGateway } from '../support/use-gateway.ts';

type Numbered = { stageId: string; displayOrder: number };

/** What HubSpot was seen to do with one displayOrder write, written anew so that the code is not its own judge. */
function afterWrite(stages: readonly Numbered[], stageId: string, displayOrder: number): Numbered[] {
  const others = stages.filter((stage) => stage.stageId !== stageId).sort((a, b) => a.displayOrder - b.displayOrder);
  const at = others.findIndex((stage) => stage.displayOrder === displayOrder);
  if (at < 0) return [...others, { stageId, displayOrder }].sort((a, b) => a.displayOrder - b.displayOrder);
  others.splice(at + 1, 0, { stageId, displayOrder });
  return others.map((stage, index) => ({ stageId: stage.stageId, displayOrder: index }));
}

const idsOf = (stages: readonly Numbered[]) => stages.map((stage) => stage.stageId).join();

/** The fewest writes, found by trying every write. */
function fewestWrites(stages: readonly Numbered[], order: readonly string[]): number {
  let frontier = [stages];
  const seen = new Set([JSON.stringify(stages)]);
  for (let count = 0; ; count += 1) {
    if (frontier.some((state) => idsOf(state) === order.join())) return count;
    frontier = frontier.flatMap((state) =>
      state.flatMap(({ stageId }) => {
        const highest = Math.max(...state.map((stage) => stage.displayOrder)) + 1;
        return Array.from({ length: highest + 1 }, (_, number) => afterWrite(state, stageId, number)).filter((next) => {
          const key = JSON.stringify(next);
          return !seen.has(key) && seen.add(key) !== undefined;
        });
      }),
    );
  }
}

const numbered = fc
  .uniqueArray(fc.nat({ max: 7 }), { minLength: 1, maxLength: 5 })
  .map((orders) => orders.sort((a, b) => a - b).map((displayOrder, index) => ({ stageId: `s${index}`, displayOrder })));

test('no shorter series of writes gives an order than the one that HubSpot is sent', () => {
  fc.assert(
    fc.property(
      numbered.chain((stages) =>
        fc.tuple(
          fc.constant(stages),
          fc.shuffledSubarray(
            stages.map((s) => s.stageId),
            { minLength: stages.length },
          ),
        ),
      ),
      ([stages, order]) => {
        const moves = toMoves(stages, order);
        const end = moves.reduce((state, move) => afterWrite(state, move.stageId, move.displayOrder), [...stages]);
        expect(idsOf(end)).toBe(order.join());
        expect(moves).toHaveLength(fewestWrites(stages, order));
      },
    ),
    { numRuns: 300 },
  );
});

describe('reorderPipelineStages', () => {
  const gateway = useGateway();
  beforeEach(() => gateway.sandbox.reset());

  const labels = ['A', 'B', 'C', 'D', 'E'];
  const create = (collection: TestCollection, label = 'Reorder') => {
    const meta = { deals: { probability: 0.5 }, tickets: { ticketState: 'CLOSED' }, Contact: { color: '#112233' } }[
      collection.objectType
    ];
    const { sourceName, objectType } = collection;
    return createPipeline(gateway, {
      sourceName,
      objectType,
      label,
      stages: labels.map((name) => ({ label: name, meta })),
    });
  };

  test.each(collections)('any order of the stages of $sourceName $objectType can be had', async (collection) => {
    const pipeline = await create(collection);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([...pipeline.stages], { minLength: 5 }), async (order) => {
        const input = { pipeline: pipeline.id, stages: order.map((stage) => stage.id) };
        const payload = await mutate(gateway, 'reorderPipelineStages', input, `pipeline { ${pipelineFields} }`);
        expect(payload.errors).toEqual([]);
        expect(payload.pipeline.stages.map((stage: { id: string }) => stage.id)).toEqual(input.stages);
        await gateway.sandbox.emptyLog();
        await mutate(gateway, 'reorderPipelineStages', input);
        expect(await gateway.sandbox.writes()).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });

  test('the last stage comes second with one PATCH at HubSpot, and metadata stays', async () => {
    const pipeline = await create(hubSpotDeals);
    const [a, b, c, d, e] = pipeline.stages;
    await gateway.sandbox.emptyLog();
    const stages = [a, e, b, c, d].map((stage) => stage?.id);
    const payload = await mutate(
      gateway,
      'reorderPipelineStages',
      { pipeline: pipeline.id, stages },
      `pipeline { ${pipelineFields} }`,
    );
    expect(await gateway.sandbox.writes()).toEqual([
      `PATCH /crm/pipelines/2026-09/deals/${pipeline.pipelineId}/stages/${e?.stageId}`,
    ]);
    expect(payload.pipeline.stages.map((stage: { label: string }) => stage.label).join('')).toBe('AEBCD');
    expect(payload.pipeline.stages[1].meta).toEqual(e?.meta);
  });

  test('a reorder that fails half way shows the real order, and doing it again finishes the job', async () => {
    const pipeline = await create(hubSpotDeals);
    const [a, b, c, d, e] = pipeline.stages.map((stage) => stage.id);
    const stages = [e, d, a, b, c];
    await gateway.sandbox.fault({
      match: { method: 'PATCH', path: `stages/${pipeline.stages[3]?.stageId}$` },
      fault: 'status',
      status: 400,
      times: 1,
    });
    const input = { pipeline: pipeline.id, stages };
    const first = await mutate(gateway, 'reorderPipelineStages', input, `pipeline { ${pipelineFields} }`);
    expect(first.errors).toMatchObject([{ mayHaveBeenApplied: true }]);
    const order = first.pipeline.stages.map((stage: { id: string }) => stage.id);
    expect(order).not.toEqual(stages);
    expect(order).not.toEqual(pipeline.stages.map((stage) => stage.id));
    const second = await mutate(gateway, 'reorderPipelineStages', input, `pipeline { ${pipelineFields} }`);
    expect(second.errors).toEqual([]);
    expect(second.pipeline.stages.map((stage: { id: string }) => stage.id)).toEqual(stages);
  });

  test('more than three moves are one PUT with every stage as it is, so that nothing can be half done', async () => {
    const pipeline = await create(hubSpotDeals);
    await gateway.sandbox.emptyLog();
    const stages = pipeline.stages.map((stage) => stage.id).toReversed();
    const input = { pipeline: pipeline.id, stages };
    const payload = await mutate(gateway, 'reorderPipelineStages', input, `pipeline { ${pipelineFields} }`);
    expect(payload.errors).toEqual([]);
    expect(await gateway.sandbox.writes()).toEqual([`PUT /crm/pipelines/2026-09/deals/${pipeline.pipelineId}`]);
    const withoutOrder = ({ displayOrder: _order, ...stage }: { displayOrder: number }) => stage;
    expect(payload.pipeline.stages.map(withoutOrder)).toEqual(pipeline.stages.toReversed().map(withoutOrder));
    expect(payload.pipeline).toMatchObject({ label: 'Reorder', displayOrder: pipeline.displayOrder });
  });

  test('a reorder with a stage missing, doubled or foreign writes nothing', async () => {
    const pipeline = await create(hubSpotDeals);
    const other = await create(hubSpotDeals, 'Other');
    const ids = pipeline.stages.map((stage) => stage.id);
    await gateway.sandbox.emptyLog();
    const cases = [
      [ids.slice(1), [['stages']]],
      [[...ids, ids[0]], [['stages', '5']]],
      [[other.stages[0]?.id, ...ids.slice(1)], [['stages', '0']]],
      [
        ['nonsense', ...ids.slice(2), ids[2]],
        [
          ['stages', '0'],
          ['stages', '4'],
        ],
      ],
    ] as const;
    for (const [stages, paths] of cases) {
      const payload = await mutate(
        gateway,
        'reorderPipelineStages',
        { pipeline: pipeline.id, stages },
        'pipeline { id }',
      );
      expect(payload.errors.map((error) => error.path)).toEqual(paths);
      expect(payload.errors[0]).toMatchObject({ code: 'INVALID_INPUT', mayHaveBeenApplied: false });
    }
    expect(await gateway.sandbox.writes()).toEqual([]);
  });
});
