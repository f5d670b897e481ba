import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toPipeline } from '../../src/domain/pipeline.ts';
import type { Pipeline } from '../../src/domain/pipeline.ts';
import { PipelineFault } from '../../src/domain/problems.ts';
import { addStage, changeStage, draftStages, keepStages, removeStage } from '../../src/sources/whole-pipeline.ts';
import type { NextStage } from '../../src/sources/whole-pipeline.ts';

/** A pipeline whose stages have these numbers and are named after their place: s0, s1 … */
function toSample(orders: readonly number[]): Pipeline {
  const nothing = { createdAt: null, updatedAt: null, archivedAt: null, archived: false };
  return toPipeline({
    ...nothing,
    sourceName: 'crm',
    objectType: 'deals',
    pipelineId: 'p',
    label: 'Pipeline',
    description: null,
    displayOrder: 0,
    isDefault: null,
    createdBy: null,
    updatedBy: null,
    stages: orders.map((displayOrder, place) => ({
      ...nothing,
      stageId: `s${place}`,
      label: `Stage ${place}`,
      displayOrder,
      meta: { __typename: 'DealStageMeta', probability: 0.5, isClosed: false, raw: { probability: '0.5' } },
      writePermissions: null,
    })),
  });
}

const draft = (label: string, displayOrder: number | null = null) => ({
  stageId: null,
  label,
  displayOrder,
  meta: null,
});
const unchanged = { label: null, displayOrder: null, meta: null };
const summarize = (stages: readonly NextStage[]) => stages.map((stage) => [stage.stageId ?? 'new', stage.displayOrder]);
const stageOf = ({ stages }: Pipeline, place: number) => stages[place % stages.length]!;

/** The problem that the work ends with. */
function problemOf(work: () => unknown) {
  try {
    work();
  } catch (error) {
    if (error instanceof PipelineFault) return error.problems[0];
    throw error;
  }
  throw new Error('It was not refused.');
}

describe('one stage more', () => {
  test('a new stage goes last if no place is named', () => {
    expect(summarize(addStage(toSample([0, 4]), draft('New')))).toEqual([
      ['s0', 0],
      ['s1', 4],
      ['new', 5],
    ]);
  });

  test('a new stage keeps a free number, so that gaps stay', () => {
    expect(summarize(addStage(toSample([0, 4]), draft('New', 2)))).toEqual([
      ['s0', 0],
      ['new', 2],
      ['s1', 4],
    ]);
  });

  test('a new stage goes before the holder of a taken number, and others make way no further than they must', () => {
    expect(summarize(addStage(toSample([3, 4, 7]), draft('New', 3)))).toEqual([
      ['new', 3],
      ['s0', 4],
      ['s1', 5],
      ['s2', 7],
    ]);
  });

  test('a new stage with the number 0 is the first, whatever numbers the others have', () => {
    expect(summarize(addStage(toSample([0, 1]), draft('New', 0)))[0]).toEqual(['new', 0]);
    expect(summarize(addStage(toSample([0, 0]), draft('New', 0)))[0]).toEqual(['new', 0]);
    expect(summarize(addStage(toSample([5]), draft('New', 0)))[0]).toEqual(['new', 0]);
  });

  test('all are numbered anew if making way would need a number that no upstream takes', () => {
    const last = 2 ** 31 - 1;
    expect(summarize(addStage(toSample([4, last]), draft('New', last)))).toEqual([
      ['s0', 0],
      ['new', 1],
      ['s1', 2],
    ]);
  });

  test('a new stage is refused with a label or an id that another stage has', () => {
    const pipeline = toSample([0, 1]);
    expect(problemOf(() => addStage(pipeline, draft('  STAGE 1 ')))).toMatchObject({
      code: 'LABEL_TAKEN',
      path: ['label'],
      value: '  STAGE 1 ',
    });
    expect(problemOf(() => addStage(pipeline, { ...draft('New'), stageId: 's1' }))).toMatchObject({
      code: 'ID_TAKEN',
      path: ['stageId'],
      value: 's1',
    });
  });
});

describe('a stage changed', () => {
  test('a changed stage stays in its place when only its label changes, among ties too', () => {
    const tied = toSample([0, 0, 0]);
    const next = changeStage(stageOf(tied, 1), { ...unchanged, label: 'Other' });
    expect(next.map(({ label }) => label)).toEqual(['Stage 0', 'Other', 'Stage 2']);
  });

  test('a changed stage may change the case of its own label, which is not another’s', () => {
    const next = changeStage(stageOf(toSample([0, 1]), 0), { ...unchanged, label: 'STAGE 0' });
    expect(next.map(({ label }) => label)).toEqual(['STAGE 0', 'Stage 1']);
  });

  test('a changed stage that goes back passes the holder of a taken number, and has that number', () => {
    expect(summarize(changeStage(stageOf(toSample([0, 1, 2]), 0), { ...unchanged, displayOrder: 2 }))).toEqual([
      ['s1', 0],
      ['s2', 1],
      ['s0', 2],
    ]);
  });

  test('a changed stage that comes forward goes before the holder of a taken number, and has that number', () => {
    expect(summarize(changeStage(stageOf(toSample([0, 1, 2]), 2), { ...unchanged, displayOrder: 1 }))).toEqual([
      ['s0', 0],
      ['s2', 1],
      ['s1', 2],
    ]);
  });

  test('a changed stage carries its metadata, and no other stage’s', () => {
    const next = changeStage(stageOf(toSample([0, 1]), 0), { ...unchanged, meta: { probability: 1 } });
    expect(next.map(({ meta }) => meta)).toEqual([{ probability: 1 }, null]);
  });
});

test('a new list of stages takes the place in it for a number, and the earlier of two with one number first', () => {
  const drafts = [draft('A'), draft('B', 0), draft('C')];
  expect(draftStages(drafts, null).map(({ label, displayOrder }) => [label, displayOrder])).toEqual([
    ['A', 0],
    ['B', 1],
    ['C', 2],
  ]);
});

const orders = fc.array(fc.nat({ max: 12 }), { minLength: 1, maxLength: 8 });
const place = fc.nat({ max: 7 });
const target = fc.option(fc.nat({ max: 12 }));

/** Each way to the next list, with how many stages it is to have more. */
const edits = fc.oneof(
  fc.record({
    run: target.map((order) => (pipeline: Pipeline) => addStage(pipeline, draft('New', order))),
    more: fc.constant(1),
  }),
  fc.record({
    run: fc.tuple(place, target).map(
      ([index, displayOrder]) =>
        (pipeline: Pipeline) =>
          changeStage(stageOf(pipeline, index), { ...unchanged, displayOrder }),
    ),
    more: fc.constant(0),
  }),
  fc.record({
    run: place.map((index) => (pipeline: Pipeline) => removeStage(stageOf(pipeline, index))),
    more: fc.constant(-1),
  }),
  fc.record({ run: fc.constant(keepStages), more: fc.constant(0) }),
);

test('whatever is done to a pipeline, no number is there twice, the list is in order, and every other stage stays with its id', () => {
  fc.assert(
    fc.property(orders, edits, (numbers, { run, more }) => {
      const pipeline = toSample(numbers);
      const next = run(pipeline);
      const placed = next.map(({ displayOrder }) => displayOrder);
      expect(placed).toEqual([...new Set(placed)].sort((a, b) => a - b));
      expect(next).toHaveLength(numbers.length + more);
      const kept = next.filter(({ current }) => current !== null);
      expect(kept.every(({ current, stageId, label }) => current?.stageId === stageId && current.label === label)).toBe(
        true,
      );
      expect(new Set(kept.map(({ stageId }) => stageId)).size).toBe(kept.length);
    }),
  );
});

test('stages that are not moved keep their sequence among each other', () => {
  fc.assert(
    fc.property(orders, place, target, (numbers, index, displayOrder) => {
      const pipeline = toSample(numbers);
      const moved = stageOf(pipeline, index);
      const others = ({ stageId }: { readonly stageId: string | null }) => stageId !== moved.stageId;
      const before = pipeline.stages.filter(others).map(({ stageId }) => stageId);
      const after = changeStage(moved, { ...unchanged, displayOrder }).filter(others);
      expect(after.map(({ stageId }) => stageId)).toEqual(before);
    }),
  );
});

test('in a pipeline that is numbered from 0 a stage has the number that it is given, and stands at that place', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), place, fc.nat({ max: 7 }), (count, index, displayOrder) => {
      const pipeline = toSample(Array.from({ length: count }, (_, order) => order));
      const moved = stageOf(pipeline, index);
      const next = changeStage(moved, { ...unchanged, displayOrder });
      const last = Math.min(displayOrder, count - 1);
      expect(next[last]).toMatchObject({ stageId: moved.stageId, displayOrder });
      const added = addStage(pipeline, draft('New', displayOrder));
      expect(added[Math.min(displayOrder, count)]).toMatchObject({ label: 'New', displayOrder });
    }),
  );
});
