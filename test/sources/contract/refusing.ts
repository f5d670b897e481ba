import { describe, expect, test } from 'vitest';
import type { Kind } from '../kinds.ts';
import { useWorld } from '../world.ts';
import { createSample, readPipeline, readSeeded, toMissingId, toNewPipeline } from './samples.ts';

/** What a write refuses, in which words, and how much the upstream hears of it. */
export function describeRefusing(kind: Kind): void {
  const world = useWorld(kind);
  const { metas, objectType } = kind;
  const [open] = metas;

  describe('refusing before anything is asked', () => {
    test('a source names every problem of a new pipeline at once, each by its path', async () => {
      const { errors, pipeline } = await world.mutate('createPipeline', {
        objectType,
        label: ' ',
        ...(kind.hasDisplayOrder ? { displayOrder: -1 } : { displayOrder: 1 }),
        ...(kind.choosesIds ? { pipelineId: 'x'.repeat(37) } : { pipelineId: 'mine' }),
        stages: [
          { label: 'One', meta: open.input },
          { label: ' one ', meta: open.input },
          { label: 'y'.repeat(kind.maxLabelLength + 1), displayOrder: -1, meta: kind.badMeta.input },
        ],
      });
      expect(pipeline).toBeNull();
      expect(errors.map(({ path }: { path: string[] }) => path.join('.')).sort()).toEqual(
        [
          'displayOrder',
          'label',
          'pipelineId',
          'stages.1.label',
          'stages.2.displayOrder',
          'stages.2.label',
          `stages.2.meta.${kind.badMeta.field}`,
        ].sort(),
      );
      expect(new Set(errors.map(({ __typename }: { __typename: string }) => __typename))).toEqual(
        new Set(['PipelineInvalidInputError']),
      );
      expect(await world.sandbox.requestLines()).toEqual([]);
    });

    test('a source takes labels up to the limit and refuses the first character over it', async () => {
      const { id } = await createSample(world, kind);
      const label = 'y'.repeat(kind.maxLabelLength + 1);
      const { errors } = await world.mutate('patchPipeline', { id, label });
      expect(errors).toMatchObject([{ code: 'INVALID_INPUT', path: ['label'], mayHaveBeenApplied: false }]);
      expect(await world.sandbox.requestLines()).toEqual([]);
      // The sandbox has a limit of its own, where HubSpot states none.
      await world.do('patchPipeline', { id, label: label.slice(0, Math.min(kind.maxLabelLength, 100)) });
    });

    test('a source refuses a patch that changes nothing, an id of another kind and one that is none', async () => {
      const { id, stages } = await createSample(world, kind);
      const paths = async (name: 'patchPipeline' | 'patchPipelineStage', input: object) =>
        (await world.mutate(name, input)).errors.map(({ code, path }: { code: string; path: string[] }) => [
          code,
          ...path,
        ]);
      expect(await paths('patchPipeline', { id })).toEqual([['INVALID_INPUT']]);
      expect(await paths('patchPipelineStage', { id: stages[0].id, meta: {} })).toEqual([['INVALID_INPUT']]);
      expect(await paths('patchPipeline', { id: stages[0].id, label: 'X' })).toEqual([['INVALID_INPUT', 'id']]);
      expect(await paths('patchPipelineStage', { id: 'nonsense', label: 'X' })).toEqual([['INVALID_INPUT', 'id']]);
      expect(await world.sandbox.requestLines()).toEqual([]);
    });

    test('a source refuses more stages than the object type takes', async () => {
      const count = (kind.maxStages ?? 100) + 1;
      const stages = Array.from({ length: count }, (_, index) => ({ label: `Stage ${index}`, meta: open.input }));
      const payload = await world.mutate('createPipeline', { objectType, label: 'Long', stages });
      if (kind.maxStages === null) {
        expect(payload.pipeline.stages).toHaveLength(count);
      } else {
        expect(payload.errors).toMatchObject([
          { __typename: 'PipelineLimitExceededError', path: ['stages'], limit: kind.maxStages, actual: count },
        ]);
        expect(await world.sandbox.requestLines()).toEqual([]);
      }
    });

    test('a source that cannot move records refuses to', async () => {
      if (kind.canMoveRecords) return;
      const { id, stages } = await createSample(world, kind);
      const [first, second] = stages;
      const ofPipeline = await world.mutate('archivePipeline', { id, moveRecordsTo: id });
      const ofStage = await world.mutate('archivePipelineStage', { id: first.id, moveRecordsTo: second.id });
      const unsupported = {
        __typename: 'PipelineUnsupportedError',
        capability: 'MOVE_RECORDS',
        path: ['moveRecordsTo'],
      };
      expect([ofPipeline.errors, ofStage.errors]).toMatchObject([[unsupported], [unsupported]]);
      expect(await world.sandbox.requestLines()).toEqual([]);
    });
  });

  describe('refusing after a look at the upstream', () => {
    test('a source answers a pipeline’s label that is taken as a conflict at the label', async () => {
      await createSample(world, kind);
      const { errors } = await world.mutate('createPipeline', toNewPipeline(kind));
      expect(errors).toMatchObject([
        { __typename: 'PipelineConflictError', code: 'LABEL_TAKEN', path: ['label'], mayHaveBeenApplied: false },
      ]);
    });

    test('a source answers a stage’s label that is taken as a conflict, whatever its case', async () => {
      const { id, stages } = await createSample(world, kind);
      const taken = {
        code: 'LABEL_TAKEN',
        path: ['label'],
        value: expect.stringMatching(/^ ?SECOND$/),
        mayHaveBeenApplied: false,
      };
      const added = await world.mutate('createPipelineStage', { pipeline: id, label: ' SECOND', meta: open.input });
      const patched = await world.mutate('patchPipelineStage', { id: stages[0].id, label: ' SECOND' });
      expect([added.errors, patched.errors]).toMatchObject([[{ ...taken }], [{ ...taken }]]);
      expect((await readPipeline(world, id)).stages).toEqual(stages);
    });

    test('a source keeps the ids that a create chooses, and answers one that is taken as a conflict', async () => {
      if (!kind.choosesIds) return;
      const stages = [{ label: 'One', stageId: 'my_stage-1', meta: open.input }];
      const input = { objectType, label: 'Chosen', pipelineId: 'my-pipeline', stages };
      const { pipeline } = await world.do('createPipeline', input);
      expect(pipeline).toMatchObject({ pipelineId: 'my-pipeline', stages: [{ stageId: 'my_stage-1' }] });
      const conflicts = [
        await world.mutate('createPipeline', {
          ...input,
          label: 'Other',
          stages: [{ ...stages[0], stageId: 'other' }],
        }),
        await world.mutate('createPipeline', { ...input, label: 'Other', pipelineId: 'other' }),
        await world.mutate('createPipelineStage', { ...stages[0], label: 'Two', pipeline: pipeline.id }),
      ];
      expect(conflicts.map(({ errors }) => errors[0].code)).toEqual(['ID_TAKEN', 'ID_TAKEN', 'ID_TAKEN']);
      expect((await readPipeline(world, pipeline.id)).stages).toEqual(pipeline.stages);
    });

    test('a source does not archive what records are in, if the upstream can tell', async () => {
      const before = await createSample(world, kind);
      const [, { stageId }] = before.stages;
      await world.addRecords({ objectType, pipelineId: before.pipelineId, stageId }, ['901', '902']);
      const { errors, archivedId, snapshot } = await world.mutate('archivePipeline', { id: before.id });
      if (kind.inUse === null) {
        expect(archivedId).toBe(before.id);
        return;
      }
      const named = kind.inUse.namesStages
        ? { stageIds: [stageId], stages: [{ stageId }], recordIds: ['901', '902'] }
        : { stageIds: [], stages: [], recordIds: [] };
      expect(errors).toMatchObject([{ __typename: 'StageInUseError', code: 'STAGE_IN_USE', ...named }]);
      expect([archivedId, snapshot]).toEqual([null, null]);
      expect(await readPipeline(world, before.id)).toEqual(before);
    });

    test('a source answers a missing pipeline or stage with the id that was asked for, and writes nothing', async () => {
      const { id, pipelineId, stages } = await createSample(world, kind);
      const missing = toMissingId(id, pipelineId);
      const missingStage = toMissingId(stages[0].id, stages[0].stageId);
      const list = [{ label: 'One', meta: open.input }];
      const payloads = [
        await world.mutate('replacePipeline', { id: missing, label: 'X', stages: list }),
        await world.mutate('archivePipeline', { id: missing }),
        await world.mutate('createPipelineStage', { pipeline: missing, label: 'X', meta: open.input }),
        await world.mutate('replacePipelineStage', { id: missingStage, label: 'X', displayOrder: 0 }),
        await world.mutate('patchPipelineStage', { id: missingStage, label: 'X' }),
        await world.mutate('archivePipelineStage', { id: missingStage }),
      ];
      expect(await world.writes()).toEqual([]);
      payloads.push(await world.mutate('patchPipeline', { id: missing, label: 'X' }));
      expect(payloads.map(({ errors }) => [errors[0].__typename, errors[0].id])).toEqual(
        [missing, missing, missing, missingStage, missingStage, missingStage, missing].map((asked) => [
          'PipelineNotFoundError',
          asked,
        ]),
      );
    });

    test('a source refuses a replacement that names stages twice, or that do not exist, before the write', async () => {
      const { id, stages } = await createSample(world, kind);
      const { errors } = await world.mutate('replacePipeline', {
        id,
        label: 'Renewals',
        stages: [
          { stageId: stages[0].stageId, label: 'Begin' },
          { label: 'First' },
          { stageId: 'unknown', label: 'X' },
        ],
      });
      expect(errors.map(({ path }: { path: string[] }) => path.join('.'))).toEqual([
        'stages.1.label',
        'stages.2.stageId',
      ]);
      expect(await world.writes()).toEqual([]);
    });

    test('a source keeps the last stage of a pipeline', async () => {
      const { pipeline } = await world.do('createPipeline', {
        objectType,
        label: 'Short',
        stages: [{ label: 'Only', meta: open.input }],
      });
      await world.sandbox.emptyLog();
      const { errors } = await world.mutate('archivePipelineStage', { id: pipeline.stages[0].id });
      expect(errors).toMatchObject([{ code: 'INVALID_INPUT', path: ['id'] }]);
      expect(await world.writes()).toEqual([]);
    });

    test('a source writes only to what is as old as the caller thinks', async () => {
      const { id, updatedAt, stages } = await createSample(world, kind);
      const ifUpdatedAt = '2020-01-02T03:04:05.678Z';
      const refused = [
        await world.mutate('patchPipeline', { id, label: 'X', ifUpdatedAt }),
        await world.mutate('replacePipeline', { id, label: 'X', stages: [{ label: 'First' }], ifUpdatedAt }),
        await world.mutate('archivePipeline', { id, ifUpdatedAt }),
        await world.mutate('patchPipelineStage', { id: stages[0].id, label: 'X', ifUpdatedAt }),
        await world.mutate('archivePipelineStage', { id: stages[0].id, ifUpdatedAt }),
      ];
      const [code, requests] = kind.hasUpdatedAt ? ['STALE_OBJECT', refused.length] : ['INVALID_INPUT', 0];
      expect(refused.map(({ errors }) => [errors[0].code, ...errors[0].path])).toEqual(
        refused.map(() => [code, 'ifUpdatedAt']),
      );
      expect(await world.writes()).toEqual([]);
      expect(await world.sandbox.requestLines()).toHaveLength(requests);
      if (!kind.hasUpdatedAt) return;
      expect(refused[0].errors[0]).toMatchObject({ __typename: 'PipelineStaleError', updatedAt });
      await world.do('patchPipeline', { id, label: 'X', ifUpdatedAt: updatedAt });
    });

    test('a source refuses a field that it has not', async () => {
      const { id } = await readSeeded(world, kind);
      await world.sandbox.emptyLog();
      const { errors } = await world.mutate('patchPipeline', {
        id,
        label: 'X',
        ...(kind.hasDisplayOrder ? { description: 'No such field' } : { displayOrder: 1 }),
      });
      expect(errors).toMatchObject([
        { code: 'INVALID_INPUT', path: [kind.hasDisplayOrder ? 'description' : 'displayOrder'] },
      ]);
      expect(await world.sandbox.requestLines()).toEqual([]);
    });
  });
}
