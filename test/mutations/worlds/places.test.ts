import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { mutate } from '../../support/mutate.ts';
import { useGateway } from '../../support/use-gateway.ts';
import { idsOf, upstreams, worlds } from './worlds.ts';
import type { UpstreamStage } from './worlds.ts';

const names = ['M', 'a', 'Z', 'b', 'Q', 'c', 'Y'];
/** Stages in display order, with gaps, whose labels sort otherwise. */
const lists = fc
  .tuple(
    fc.uniqueArray(fc.nat({ max: 9 }), { minLength: 2, maxLength: 7 }),
    fc.shuffledSubarray(names, { minLength: 7 }),
  )
  .map(([orders, labels]) =>
    orders.sort((a, b) => a - b).map((displayOrder, index) => ({ label: labels[index] ?? '', displayOrder })),
  );
const labelsOf = (stages: readonly { readonly label: string }[]) => stages.map(({ label }) => label);
const contentOf = (stages: readonly UpstreamStage[]) =>
  stages.map(({ id, label, meta }) => ({ id, label, meta })).sort((a, b) => (a.id < b.id ? -1 : 1));

/** Where a displayOrder puts a stage among the others, written anew: in front of all that are at or behind that number. */
function toExpected(stages: readonly { label: string; displayOrder: number }[], label: string, displayOrder: number) {
  const moved = stages.find((stage) => stage.label === label);
  const others = stages.filter((stage) => stage !== moved);
  if (moved?.displayOrder === displayOrder) return labelsOf(stages);
  // Those that a stage passes on its way back move up, the one at its new place too.
  const shift = moved !== undefined && moved.displayOrder < displayOrder ? 0.5 : -0.5;
  const placed = [...others, { label, displayOrder: displayOrder + shift }];
  return labelsOf(placed.sort((a, b) => a.displayOrder - b.displayOrder));
}

describe.each(worlds)('with %s', (_, unknowns) => {
  const gateway = useGateway({ unknowns });
  beforeEach(() => gateway.sandbox.reset());

  test.each(upstreams)('a new stage of $sourceName stands where its displayOrder says', async (upstream) => {
    await fc.assert(
      fc.asyncProperty(
        lists,
        fc.nat({ max: 11 }),
        fc.constantFrom('New', 'AA', 'zz'),
        async (list, displayOrder, label) => {
          await gateway.sandbox.reset();
          const pipelineId = await upstream.create(gateway, list);
          const before = await upstream.read(gateway, pipelineId);
          const { id } = await idsOf(gateway, upstream, pipelineId);
          const input = { pipeline: id, label, displayOrder, meta: upstream.metaInput };
          const { errors, stage } = await mutate(gateway, 'createPipelineStage', input, 'stage { label }');
          expect([errors, stage]).toEqual([[], { label }]);
          const after = await upstream.read(gateway, pipelineId);
          expect(labelsOf(after)).toEqual(toExpected(list, label, displayOrder));
          expect(contentOf(after.filter((each) => each.label !== label))).toEqual(contentOf(before));
        },
      ),
      { numRuns: 15 },
    );
  });

  test.each(upstreams)(
    'a stage of $sourceName moves to where its displayOrder says, with a new label too',
    async (upstream) => {
      await fc.assert(
        fc.asyncProperty(
          lists,
          fc.nat({ max: 6 }),
          fc.nat({ max: 11 }),
          fc.boolean(),
          async (list, at, displayOrder, renames) => {
            await gateway.sandbox.reset();
            const { label } = list[at % list.length]!;
            const pipelineId = await upstream.create(gateway, list);
            const before = await upstream.read(gateway, pipelineId);
            const { stageIds } = await idsOf(gateway, upstream, pipelineId);
            const moved = before.find((stage) => stage.label === label)!;
            const newLabel = renames ? 'Renamed' : label;
            const input = { id: stageIds.get(moved.id), displayOrder, label: newLabel };
            const mutation = at % 2 === 0 ? 'patchPipelineStage' : 'replacePipelineStage';
            expect((await mutate(gateway, mutation, input)).errors).toEqual([]);
            const after = await upstream.read(gateway, pipelineId);
            const expected = toExpected(list, label, displayOrder).map((each) => (each === label ? newLabel : each));
            expect(labelsOf(after)).toEqual(expected);
            const renamed = before.map((stage) => (stage === moved ? { ...stage, label: newLabel } : stage));
            expect(contentOf(after)).toEqual(contentOf(renamed));
          },
        ),
        { numRuns: 15 },
      );
    },
  );

  test.each(upstreams)(
    'every order of the stages of $sourceName can be had, and nothing else changes',
    async (upstream) => {
      const reorders = lists.chain((list) =>
        fc.tuple(fc.constant(list), fc.shuffledSubarray(labelsOf(list), { minLength: list.length })),
      );
      await fc.assert(
        fc.asyncProperty(reorders, async ([list, order]) => {
          await gateway.sandbox.reset();
          const pipelineId = await upstream.create(gateway, list);
          const before = await upstream.read(gateway, pipelineId);
          const { id, stageIds } = await idsOf(gateway, upstream, pipelineId);
          const toId = (label: string) => stageIds.get(before.find((stage) => stage.label === label)!.id);
          const input = { pipeline: id, stages: order.map(toId) };
          expect((await mutate(gateway, 'reorderPipelineStages', input)).errors).toEqual([]);
          const after = await upstream.read(gateway, pipelineId);
          expect(labelsOf(after)).toEqual(order);
          expect(contentOf(after)).toEqual(contentOf(before));
        }),
        { numRuns: 15 },
      );
    },
  );
});
