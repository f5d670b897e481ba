import { beforeEach, describe, expect, test } from 'vitest';
import type { Answer } from '../../support/gateway.ts';
import { createSample, readPipeline } from '../contract/samples.ts';
import { organization as kind } from '../kinds.ts';
import { useRecordedWorld } from '../world.ts';

const planDocument = `query ($input: ReplacePipelineInput!) {
  pipelineReplacePlan(input: $input) { changes { kind } warnings { code } errors { code path } }
}`;

describe('an inactive stage that the API shows', () => {
  const world = useRecordedWorld(kind);
  let sample: Answer['data'];
  /** The stages of the edit that was sent. */
  const sentNames = () =>
    world.sent
      .filter(({ method, target }) => method === 'POST' && target.startsWith('/api/pipelines?'))
      .map(({ body }) => body.pipelineStages.map(({ name }: { name: string }) => name));
  const problemsOf = async (...call: Parameters<typeof world.mutate>) =>
    (await world.mutate(...call)).errors.map(({ code, path }: { code: string; path: string[] }) => [code, ...path]);

  beforeEach(async () => {
    sample = await createSample(world, kind);
    const pipelineStages = sample.stages.map(
      ({ stageId, label }: { stageId: string; label: string }, position: number) => ({
        _id: stageId,
        name: label,
        position,
        color: '#112233',
        isActive: label !== 'Second',
      }),
    );
    const body = { _id: sample.pipelineId, name: 'Renewals', type: 'Contact', isDefault: false, pipelineStages };
    await world.sandbox.fault({ match: { method: 'GET' }, fault: 'wrong-shape', status: 200, body });
    world.sent.length = 0;
  });

  test('is archived, and its metadata does not repeat that', async () => {
    const { stages } = await readPipeline(world, sample.id);
    expect(stages.map(({ archived }: { archived: boolean }) => archived)).toEqual([false, true, false]);
    const { pipeline } = await world.query(
      `{ pipeline(id: "${sample.id}") { stages { meta { ... on OrganizationStageMeta { raw } } } } }`,
    );
    expect(pipeline.stages[1].meta.raw).toEqual({ color: '#112233' });
  });

  test('is named by no write, which would make it active again', async () => {
    const [first, , third] = sample.stages;
    // What is read stays as it is, so what comes of the writes is another matter.
    await world.mutate('patchPipelineStage', { id: first.id, meta: { color: '#000000' } });
    // It is in that place already, so nothing is sent.
    await world.mutate('replacePipelineStage', { id: third.id, label: 'Third', displayOrder: 7 });
    await world.mutate('archivePipelineStage', { id: third.id });
    await world.mutate('reorderPipelineStages', { pipeline: sample.id, stages: [third.id, first.id] });
    await world.mutate('reorderPipelineStages', {
      pipeline: sample.id,
      stages: [third.id, sample.stages[1].id, first.id],
    });
    await world.mutate('replacePipeline', { id: sample.id, label: 'Renewals', stages: [{ label: 'First' }] });
    expect(sentNames()).toEqual([['First', 'Third'], ['First'], ['Third', 'First'], ['Third', 'First'], ['First']]);
  });

  test('is not in a copy, which says so', async () => {
    const { data } = await world.ask(
      `mutation ($input: CopyPipelineInput!) {
        copyPipeline(input: $input) { notCarried { kind stageId } errors { code } } }`,
      { input: { id: sample.id, toSourceName: 'crm', label: 'Copy' } },
    );
    const { notCarried } = data.copyPipeline;
    expect(notCarried).toEqual([{ kind: 'REMOVED', stageId: sample.stages[1].stageId }]);
    const created = world.sent.find(({ target }) => target.startsWith('/api/pipelines/create'));
    expect(created?.body.pipelineStages.map(({ name }: { name: string }) => name)).toEqual(['First', 'Third']);
  });

  test('lends its label to a new stage, and is not what that is', async () => {
    const { errors } = await world.mutate('createPipelineStage', { pipeline: sample.id, label: 'Second' });
    expect(errors).toEqual([]);
    expect(world.sent.find(({ method }) => method === 'POST')?.body.pipelineStages[2]).not.toHaveProperty('_id');
  });

  test('cannot be changed, archived or given records, which is said', async () => {
    const [first, second, third] = sample.stages;
    const invalid = (...path: string[]) => [['INVALID_INPUT', ...path]];
    expect(await problemsOf('patchPipelineStage', { id: second.id, label: 'New' })).toEqual(invalid('id'));
    expect(await problemsOf('replacePipelineStage', { id: second.id, label: 'New', displayOrder: 0 })).toEqual(
      invalid('id'),
    );
    expect(await problemsOf('archivePipelineStage', { id: second.id })).toEqual(invalid('id'));
    expect(await problemsOf('archivePipelineStage', { id: first.id, moveRecordsTo: second.id })).toEqual(
      invalid('moveRecordsTo'),
    );
    const stages = [{ stageId: second.stageId, label: 'Second' }];
    expect(await problemsOf('replacePipeline', { id: sample.id, label: 'Renewals', stages })).toEqual(
      invalid('stages', '0', 'stageId'),
    );
    await world.mutate('archivePipelineStage', { id: third.id });
    expect(await world.writes()).toEqual(['POST /api/pipelines']);
  });

  test('is no change of a plan that leaves it out', async () => {
    const stages = [{ label: 'First' }, { label: 'Third', displayOrder: 2 }];
    const input = { id: sample.id, label: 'Renewals', stages };
    const { pipelineReplacePlan } = await world.query(planDocument, { input });
    expect(pipelineReplacePlan).toEqual({ changes: [], warnings: [], errors: [] });
  });
});
