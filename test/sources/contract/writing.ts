import { describe, expect, test } from 'vitest';
import type { Kind } from '../kinds.ts';
import { useWorld } from '../world.ts';
import { createSample, readPipeline, toNewPipeline } from './samples.ts';

interface StageAnswer {
  readonly label: string;
  readonly displayOrder: number;
}

const labelsOf = (stages: readonly StageAnswer[]) => stages.map(({ label }) => label);
const ordersOf = (stages: readonly StageAnswer[]) => stages.map(({ displayOrder }) => displayOrder);

/** What a client can rely on when it writes, whatever kind of source takes it. */
export function describeWriting(kind: Kind): void {
  const world = useWorld(kind);
  const { metas } = kind;

  describe('writing pipelines', () => {
    test('a source creates a pipeline whose answer is what a later read shows', async () => {
      const { pipeline } = await world.do('createPipeline', toNewPipeline(kind));
      expect(pipeline).toMatchObject({ label: 'Renewals', displayOrder: kind.hasDisplayOrder ? 1 : 0 });
      expect(pipeline.stages).toMatchObject([
        { label: 'First', displayOrder: 0, meta: metas[0].output },
        { label: 'Second', displayOrder: 1, meta: metas[1].output },
        { label: 'Third', displayOrder: 2, meta: metas[2].output },
      ]);
      expect(await readPipeline(world, pipeline.id)).toEqual(pipeline);
    });

    test('a source replaces a pipeline so that stages that stay keep their ids, named by id or by label', async () => {
      const before = await createSample(world, kind);
      const [first, second] = before.stages;
      const { pipeline, changes } = await world.do('replacePipeline', {
        id: before.id,
        label: 'Renewals 2',
        stages: [
          { label: 'Second' },
          { stageId: first.stageId, label: 'Begin' },
          { label: 'New', meta: metas[0].input },
        ],
      });
      expect(pipeline).toMatchObject({ id: before.id, label: 'Renewals 2', displayOrder: before.displayOrder });
      expect(pipeline.stages).toMatchObject([
        { stageId: second.stageId, label: 'Second', displayOrder: 0, meta: metas[1].output },
        { stageId: first.stageId, label: 'Begin', displayOrder: 1, meta: metas[0].output },
        { label: 'New', displayOrder: 2, meta: metas[0].output },
      ]);
      expect(before.stages).not.toContainEqual(expect.objectContaining({ stageId: pipeline.stages[2].stageId }));
      expect(await readPipeline(world, before.id)).toEqual(pipeline);
      expect(changes.map(({ kind: what, field }: { kind: string; field: string | null }) => [what, field])).toEqual([
        ['CHANGED', 'label'],
        ['REMOVED', null],
        ['CHANGED', 'displayOrder'],
        ['CHANGED', 'label'],
        ['CHANGED', 'displayOrder'],
        ['ADDED', null],
      ]);
    });

    test('a source patches a label and leaves everything else as it is', async () => {
      const before = await createSample(world, kind);
      const { pipeline } = await world.do('patchPipeline', { id: before.id, label: 'Renamed' });
      const withoutTimes = ({ updatedAt: _moved, ...rest }: Record<string, unknown>) => rest;
      expect(withoutTimes(pipeline)).toEqual({ ...withoutTimes(before), label: 'Renamed' });
    });

    test('a source archives a pipeline and gives its last state, from which it could be made again', async () => {
      const before = await createSample(world, kind);
      const payload = await world.do('archivePipeline', { id: before.id });
      expect(payload).toMatchObject({ archivedId: before.id, movedRecordsTo: null, movedRecordCount: null });
      expect(labelsOf(payload.snapshot.stages)).toEqual(['First', 'Second', 'Third']);
      expect(payload.snapshot.document).toMatchObject({
        label: 'Renewals',
        stages: before.stages.map(({ stageId }: { stageId: string }) => ({ stageId, archived: false })),
      });
      expect((await readPipeline(world, before.id))?.archived).toBe(kind.showsArchived ? true : undefined);
    });
  });

  describe('writing stages', () => {
    test('a source adds a stage after the last one', async () => {
      const before = await createSample(world, kind);
      const { stage } = await world.do('createPipelineStage', {
        pipeline: before.id,
        label: 'Fourth',
        meta: metas[0].input,
      });
      expect(stage).toMatchObject({
        label: 'Fourth',
        displayOrder: 3,
        meta: metas[0].output,
        pipeline: { id: before.id },
      });
      const after = await readPipeline(world, before.id);
      expect(after.stages.slice(0, 3)).toEqual(before.stages);
    });

    test.each([0, 1, 2])('a source puts a new stage with a taken displayOrder, %i, at that place', async (place) => {
      const { id } = await createSample(world, kind);
      const input = { pipeline: id, label: 'New', displayOrder: place, meta: metas[0].input };
      const { stage } = await world.do('createPipelineStage', input);
      const { stages } = await readPipeline(world, id);
      expect(stage.displayOrder).toBe(place);
      expect(labelsOf(stages)).toEqual(['First', 'Second', 'Third'].toSpliced(place, 0, 'New'));
      expect(ordersOf(stages)).toEqual([0, 1, 2, 3]);
    });

    test.each([
      [0, 1],
      [0, 2],
      [1, 0],
      [2, 0],
      [2, 1],
    ])('a source moves a stage from place %i to %i, by its displayOrder alone', async (from, to) => {
      const { id, stages } = await createSample(world, kind);
      const { stage } = await world.do('patchPipelineStage', { id: stages[from].id, displayOrder: to });
      const after = (await readPipeline(world, id)).stages;
      expect(stage.displayOrder).toBe(to);
      expect(labelsOf(after)).toEqual(labelsOf(stages).toSpliced(from, 1).toSpliced(to, 0, labelsOf(stages)[from]!));
    });

    test('a source puts a stage on a free place and leaves the gap', async () => {
      const { id } = await createSample(world, kind);
      await world.do('createPipelineStage', { pipeline: id, label: 'Late', displayOrder: 9, meta: metas[0].input });
      const { stages } = await readPipeline(world, id);
      expect(ordersOf(stages)).toEqual([0, 1, 2, 9]);
    });

    test('a source patches a stage’s label without touching metadata, and metadata without touching the label', async () => {
      const { id, stages } = await createSample(world, kind);
      const [first] = stages;
      const renamed = await world.do('patchPipelineStage', { id: first.id, label: 'Begin' });
      expect(renamed.stage).toEqual({ ...first, label: 'Begin' });
      const { stage } = await world.do('patchPipelineStage', { id: first.id, meta: metas[1].input });
      expect(stage).toEqual({ ...first, label: 'Begin', meta: metas[1].output });
      expect((await readPipeline(world, id)).stages).toEqual([stage, ...stages.slice(1)]);
    });

    test('a source replaces a stage in its place; metadata that is left out stays', async () => {
      const { id, stages } = await createSample(world, kind);
      const { stage } = await world.do('replacePipelineStage', { id: stages[0].id, label: 'Last', displayOrder: 7 });
      expect(stage).toMatchObject({
        stageId: stages[0].stageId,
        label: 'Last',
        displayOrder: 7,
        meta: metas[0].output,
      });
      expect(labelsOf((await readPipeline(world, id)).stages)).toEqual(['Second', 'Third', 'Last']);
    });

    test('a source puts stages in another order and changes nothing else of them', async () => {
      const { id, stages } = await createSample(world, kind);
      const [first, second, third] = stages.map((stage: { id: string }) => stage.id);
      await world.do('reorderPipelineStages', { pipeline: id, stages: [third, first, second] });
      const after = (await readPipeline(world, id)).stages;
      expect(labelsOf(after)).toEqual(['Third', 'First', 'Second']);
      const withoutOrder = ({ displayOrder: _moved, ...rest }: StageAnswer) => rest;
      expect(after.map(withoutOrder)).toEqual([stages[2], stages[0], stages[1]].map(withoutOrder));
    });

    test('a source archives one stage and leaves the others with their ids', async () => {
      const { id, stages } = await createSample(world, kind);
      const payload = await world.do('archivePipelineStage', { id: stages[1].id });
      expect(payload).toMatchObject({ archivedId: stages[1].id, snapshot: { label: 'Second' } });
      expect((await readPipeline(world, id)).stages).toEqual([stages[0], stages[2]]);
    });
  });
}
