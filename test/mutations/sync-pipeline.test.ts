import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { sandboxSources } from '../../src/sources/sandbox.ts';
import { collections, stageLists } from '../support/arbitraries.ts';
import { mutate } from '../support/mutate.ts';
import { createPipeline, readPipeline } from '../support/pipelines.ts';
import type { PipelineOfAnswer } from '../support/pipelines.ts';
import { errorFields, pipelineFields } from '../support/selections.ts';
import { hubSpotAt } from '../support/sources.ts';
import { useGateway } from '../support/use-gateway.ts';

const gateway = useGateway({
  sources: (url) => [
    ...sandboxSources(url),
    hubSpotAt(url, {
      name: 'production',
      apiVersion: '2026-03',
      objectTypes: ['deals', 'tickets', 'leads'],
      credential: { mode: 'static', token: 'production-token' },
    }),
  ],
});
beforeEach(() => gateway.sandbox.reset());

const selection = `pipeline { ${pipelineFields} } changes { kind summary } notCarried { field summary }
  warnings { code } before { document } overwrote { summary }`;
const sync = (input: object) => mutate(gateway, 'syncPipeline', input, selection);

async function planOf(input: object) {
  const query = `query ($input: SyncPipelineInput!) { syncPipelinePlan(input: $input) {
    changes { kind summary } notCarried { field summary } warnings { code } errors { ${errorFields} } } }`;
  return (await gateway.ask(query, { input })).data.syncPipelinePlan;
}

/** What is the same of a pipeline and its twin. */
const essence = ({ pipelineId, label, stages }: PipelineOfAnswer) => ({
  pipelineId,
  label,
  stages: stages.map((stage) => ({ stageId: stage.stageId, label: stage.label, meta: stage.meta })),
});

const syncable = collections.filter(({ sourceName }) => sourceName !== 'organization');
const targets = (sourceName: string, objectType: string) =>
  sourceName === 'hubspot' && objectType === 'deals' ? ['production', 'hubspot-v1'] : ['production'];
const routes = syncable.flatMap((collection) =>
  targets(collection.sourceName, collection.objectType).map((toSourceName) => ({ ...collection, toSourceName })),
);

describe.each(routes)('a sync from $sourceName $objectType to $toSourceName', (collection) => {
  const { sourceName, objectType, toSourceName } = collection;
  // v1 takes probabilities in steps of 0.1 only.
  const lists = stageLists(
    toSourceName === 'hubspot-v1'
      ? { ...collection, meta: fc.record({ probability: fc.integer({ min: 0, max: 10 }).map((n) => n / 10) }) }
      : collection,
  );

  test('leaves the ids equal again and again, as its plan says, and its before undoes it', async () => {
    const property = fc.asyncProperty(lists, lists, lists, async (first, second, foreign) => {
      await gateway.sandbox.reset();
      const named = first.map((stage, index) => ({ ...stage, stageId: `stage-${index}` }));
      const input = { sourceName, objectType, label: 'Twin', pipelineId: 'twin', stages: named };
      const original = await createPipeline(gateway, input);
      const sending = { id: original.id, toSourceName };
      const made = await sync(sending);
      expect(made).toMatchObject({ errors: [], before: null, notCarried: [] });
      expect(essence(made.pipeline)).toEqual(essence(original));
      const again = await sync(sending);
      expect(again).toMatchObject({ errors: [], changes: [] });

      // Both sides go their own ways, and come together again.
      const edit = await mutate(gateway, 'replacePipeline', { id: original.id, label: 'Twin 2', stages: second });
      const drift = { id: made.pipeline.id, label: 'Drifted', stages: foreign };
      const { errors } = await mutate(gateway, 'replacePipeline', drift);
      // Labels that differ in case only are refused.
      fc.pre(edit.errors.length + errors.length === 0);
      const drifted = await readPipeline(gateway, made.pipeline.id);
      const now = await readPipeline(gateway, original.id);
      const plan = await planOf(sending);
      const synced = await sync(sending);
      expect(synced).toMatchObject({ errors: [], overwrote: [] });
      expect(essence(synced.pipeline)).toEqual(essence(now as PipelineOfAnswer));
      expect(plan).toMatchObject({ errors: [], changes: synced.changes, warnings: synced.warnings });

      const snapshot = synced.before.document;
      const undone = await mutate(gateway, 'restorePipeline', { snapshot }, `pipeline { ${pipelineFields} }`);
      expect(undone.errors).toEqual([]);
      expect(essence(undone.pipeline)).toEqual(essence(drifted as PipelineOfAnswer));
    });
    await fc.assert(property, { numRuns: 8 });
  });
});

const deals = (more: object = {}) => ({
  sourceName: 'hubspot',
  objectType: 'deals',
  label: 'Sales',
  pipelineId: 'sales',
  stages: [
    { stageId: 'a', label: 'A', meta: { probability: 0.5 } },
    { stageId: 'won', label: 'Won', meta: { probability: 1 } },
  ],
  ...more,
});

describe('a sync', () => {
  test('with a label of its own keeps that label apart from the original’s', async () => {
    const original = await createPipeline(gateway, deals());
    const payload = await sync({ id: original.id, toSourceName: 'production', label: 'Sales live' });
    expect(payload).toMatchObject({ errors: [], pipeline: { label: 'Sales live', pipelineId: 'sales' } });
    const refused = await sync({ id: original.id, toSourceName: 'production', label: '' });
    expect(refused.errors).toMatchObject([{ code: 'INVALID_INPUT', path: ['label'] }]);
  });

  test('with ifRevision writes only if the other pipeline is as it was, and there', async () => {
    const original = await createPipeline(gateway, deals());
    const input = { id: original.id, toSourceName: 'production' };
    const stale = { errors: [{ code: 'STALE_OBJECT', path: ['ifRevision'], mayHaveBeenApplied: false }] };
    expect(await sync({ ...input, ifRevision: 'x' })).toMatchObject(stale);
    const { pipeline } = await sync(input);
    await mutate(gateway, 'patchPipeline', { id: pipeline.id, label: 'Theirs' });
    expect(await sync({ ...input, ifRevision: 'x' })).toMatchObject(stale);
    expect(await planOf({ ...input, ifRevision: 'x' })).toMatchObject(stale);
    const { data } = await gateway.ask('query ($id: ID!) { pipeline(id: $id) { revision } }', { id: pipeline.id });
    expect(await sync({ ...input, ifRevision: data.pipeline.revision })).toMatchObject({ errors: [] });
  });

  test('does not remove a stage that records are in, and leaves what was there', async () => {
    const original = await createPipeline(gateway, deals());
    const { pipeline } = await sync({ id: original.id, toSourceName: 'production' });
    const stage = { label: 'Busy', meta: { probability: 0.2 } };
    const added = await mutate(
      gateway,
      'createPipelineStage',
      { pipeline: pipeline.id, ...stage },
      'stage { stageId }',
    );
    const records = { pipelineId: 'sales', stageId: added.stage.stageId, recordIds: ['7'] };
    await gateway.sandbox.addRecords({ token: 'production-token', objectType: 'deals', ...records });
    const payload = await sync({ id: original.id, toSourceName: 'production' });
    expect(payload.errors).toMatchObject([{ code: 'STAGE_IN_USE', recordIds: ['7'] }]);
    const labels = (await readPipeline(gateway, pipeline.id))?.stages.map(({ label }) => label);
    expect(labels).toEqual(['A', 'Won', 'Busy']);
  });

  test('of what cannot be carried is refused unless the input allows it, and leaves the other’s own metadata', async () => {
    const stages = [
      { stageId: 'a', label: 'A', meta: { probability: 0.5 } },
      { stageId: 'won', label: 'Won', meta: { probability: 1 } },
    ];
    const original = await createPipeline(gateway, deals({ stages }));
    const input = { id: original.id, toSourceName: 'production', toObjectType: 'leads' };
    const refused = await sync(input);
    expect(refused.errors).toMatchObject([
      { code: 'INVALID_INPUT', path: ['stages', '0', 'meta', 'state'] },
      { code: 'INVALID_INPUT', path: ['stages', '1', 'meta', 'state'] },
    ]);
    expect((await planOf(input)).errors).toMatchObject(refused.errors);
    const allowed = await sync({ ...input, allowLoss: true });
    expect(allowed.errors).toEqual([]);
    const won = allowed.pipeline.stages.find(({ stageId }: { stageId: string }) => stageId === 'won');
    await mutate(gateway, 'patchPipelineStage', { id: won.id, meta: { state: 'CLOSED' } });
    const again = await sync({ ...input, allowLoss: true });
    expect(again.errors).toEqual([]);
    expect(again.notCarried).toEqual(allowed.notCarried);
    expect(again.pipeline.stages[1].meta).toMatchObject({ state: 'CLOSED' });
  });

  test('into where the pipeline is, or into a source that gives ids itself, is refused, and nothing is asked', async () => {
    const original = await createPipeline(gateway, deals());
    await gateway.sandbox.emptyLog();
    for (const input of [
      { toSourceName: 'nowhere' },
      { toSourceName: 'hubspot' },
      { toSourceName: 'organization', toObjectType: 'Contact' },
    ]) {
      const { errors } = await sync({ id: original.id, ...input });
      expect(errors).toMatchObject([{ code: 'INVALID_INPUT', path: ['toSourceName'] }]);
    }
    expect(await gateway.sandbox.requests()).toEqual([]);
  });

  test('of a pipeline that is gone is NOT_FOUND, and nothing is written', async () => {
    const original = await createPipeline(gateway, deals());
    await mutate(gateway, 'archivePipeline', { id: original.id });
    await gateway.sandbox.emptyLog();
    const { errors } = await sync({ id: original.id, toSourceName: 'production' });
    expect(errors).toMatchObject([{ code: 'NOT_FOUND', id: original.id }]);
    expect(await gateway.sandbox.writes()).toEqual([]);
  });
});
