import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { collections, stageLists } from '../support/arbitraries.ts';
import type { TestCollection } from '../support/arbitraries.ts';
import { errorFields } from '../support/selections.ts';
import { mutate, problemsOf } from '../support/mutate.ts';
import type { Payload } from '../support/mutate.ts';
import { createPipeline, readPipeline } from '../support/pipelines.ts';
import type { PipelineOfAnswer } from '../support/pipelines.ts';
import { useGateway } from '../support/use-gateway.ts';

const gateway = useGateway();
beforeEach(() => gateway.sandbox.reset());

const selection = 'pipeline { id } before { document } changes { kind summary } overwrote { summary }';

/** What an undo brings back; the organization API gives ids itself. */
function essence(pipeline: PipelineOfAnswer | null) {
  if (pipeline === null) return null;
  const keepsIds = pipeline.sourceName !== 'organization';
  const { label, displayOrder, stages } = pipeline;
  return {
    label,
    displayOrder,
    stages: stages
      .filter((stage) => !(stage as { archived?: boolean }).archived)
      .map((stage) => ({
        ...(keepsIds ? { stageId: stage.stageId } : {}),
        label: stage.label,
        displayOrder: stage.displayOrder,
        meta: stage.meta,
      })),
  };
}

/** What a caller may do to a pipeline whose stages there are at least two of. */
type Edit = (pipeline: PipelineOfAnswer, stages: readonly { label: string; meta: unknown }[]) => [string, object];
const first = ({ stages }: PipelineOfAnswer) => stages[0]?.id;
const edits: Readonly<Record<string, Edit>> = {
  patchPipeline: ({ id }) => ['patchPipeline', { id, label: 'Other' }],
  replacePipeline: ({ id }, stages) => ['replacePipeline', { id, label: 'Other', stages }],
  createPipelineStage: ({ id }, stages) => [
    'createPipelineStage',
    { pipeline: id, label: 'One more', meta: stages[0]?.meta },
  ],
  patchPipelineStage: (pipeline, stages) => [
    'patchPipelineStage',
    { id: first(pipeline), label: 'Renamed', meta: stages.at(-1)?.meta },
  ],
  replacePipelineStage: (pipeline, stages) => [
    'replacePipelineStage',
    { id: first(pipeline), label: 'Replaced', displayOrder: 1, meta: stages.at(-1)?.meta },
  ],
  archivePipelineStage: (pipeline) => ['archivePipelineStage', { id: first(pipeline), validateReferences: false }],
  reorderPipelineStages: ({ id, stages }) => [
    'reorderPipelineStages',
    { pipeline: id, stages: stages.toReversed().map((stage) => stage.id) },
  ],
};

async function planOf(input: object) {
  const query = `query ($input: RestorePipelineInput!) {
    restorePipelinePlan(input: $input) { changes { kind summary } undoes { id } warnings { code } errors { ${errorFields} } }
  }`;
  return (await gateway.ask(query, { input })).data.restorePipelinePlan;
}

async function newestEntry(id: string): Promise<string> {
  const query = 'query ($id: ID!) { pipeline(id: $id) { audit(first: 1) { nodes { id } } } }';
  return (await gateway.ask(query, { id })).data.pipeline.audit.nodes[0].id;
}

/** Restores from what a write left, as its plan said, and gives the payload. */
async function undo(before: { readonly document: unknown }): Promise<Payload> {
  const plan = await planOf({ snapshot: before.document });
  const payload = await mutate(gateway, 'restorePipeline', { snapshot: before.document }, selection);
  expect(payload.errors).toEqual([]);
  expect(payload.overwrote).toEqual([]);
  expect(plan).toMatchObject({ errors: [], changes: payload.changes });
  return payload;
}

/** A list of two stages or more, so that one can go. Tickets need a stage that stays closed. */
const lists = (collection: TestCollection) => stageLists(collection).filter((stages) => stages.length > 1);

describe.each(collections)('every write at $sourceName $objectType can be taken back', (collection) => {
  const { sourceName, objectType } = collection;

  test.each(Object.entries(edits))('the before of a %s brings back all that it changed', async (_, edit) => {
    const property = fc.asyncProperty(lists(collection), stageLists(collection), async (stages, others) => {
      await gateway.sandbox.reset();
      const original = await createPipeline(gateway, { sourceName, objectType, label: 'Undo', stages });
      const [name, input] = edit(original, others);
      const fields = 'pipeline { id } before { document } changes { kind }';
      const written = await mutate(gateway, name, input, fields);
      // The last closed stage of tickets, say, cannot go.
      if (written.errors.length === 0) {
        await undo(written.before);
        expect(essence(await readPipeline(gateway, original.id))).toEqual(essence(original));
      }
      const archived = await mutate(gateway, 'archivePipeline', { id: original.id }, 'before { document }');
      const restored = await mutate(gateway, 'restorePipeline', { snapshot: archived.before.document }, selection);
      expect(restored.errors).toEqual([]);
      expect(essence(await readPipeline(gateway, restored.pipeline.id))).toEqual(essence(original));
    });
    await fc.assert(property, { numRuns: 4 });
  });

  test('one undo of a restore undoes the whole of it', async () => {
    const property = fc.asyncProperty(lists(collection), lists(collection), async (stages, others) => {
      await gateway.sandbox.reset();
      const original = await createPipeline(gateway, { sourceName, objectType, label: 'Undo', stages });
      const input = { id: original.id, label: 'Redone', stages: others };
      const replaced = await mutate(gateway, 'replacePipeline', input, 'before { document }');
      // Labels that differ in case only are refused.
      fc.pre(replaced.errors.length === 0);
      const redone = await readPipeline(gateway, original.id);
      const restored = await undo(replaced.before);
      await undo(restored.before);
      expect(essence(await readPipeline(gateway, original.id))).toEqual(essence(redone));
    });
    await fc.assert(property, { numRuns: 6 });
  });
});

const deals = { sourceName: 'hubspot', objectType: 'deals' };
const open = (label: string, probability = 0.5) => ({ label, meta: { probability } });

describe('a restore of a pipeline that still exists', () => {
  test('ifRevision protects what somebody else did, also if the pipeline is gone', async () => {
    const original = await createPipeline(gateway, { ...deals, label: 'Guarded', stages: [open('A')] });
    const { before } = await mutate(gateway, 'patchPipeline', { id: original.id, label: 'B' }, 'before { document }');
    const { data } = await gateway.ask('query ($id: ID!) { pipeline(id: $id) { revision } }', { id: original.id });
    const input = { snapshot: before.document, ifRevision: data.pipeline.revision };
    await mutate(gateway, 'patchPipeline', { id: original.id, label: 'C' });
    const stale = { errors: [{ code: 'STALE_OBJECT', path: ['ifRevision'], mayHaveBeenApplied: false }] };
    expect(await mutate(gateway, 'restorePipeline', input)).toMatchObject(stale);
    expect(await planOf(input)).toMatchObject({ ...stale, changes: [] });
    await mutate(gateway, 'archivePipeline', { id: original.id });
    expect(await mutate(gateway, 'restorePipeline', input)).toMatchObject(stale);
  });

  test('a plan names the newer edits that a restore would undo, and writes nothing', async () => {
    const original = await createPipeline(gateway, { ...deals, label: 'Planned', stages: [open('A')] });
    const { before } = await mutate(gateway, 'patchPipeline', { id: original.id, label: 'B' }, 'before { document }');
    const mine = await newestEntry(original.id);
    await mutate(gateway, 'createPipelineStage', { pipeline: original.id, ...open('Theirs') });
    const theirs = await newestEntry(original.id);
    await gateway.sandbox.emptyLog();
    const expected = {
      undoes: [{ id: theirs }, { id: mine }],
      changes: [{ summary: 'Pipeline: label "B" → "Planned"' }, { summary: 'Stage "Theirs" removed' }],
      errors: [],
    };
    expect(await planOf({ snapshot: before.document })).toMatchObject(expected);
    expect(await planOf({ auditEntryId: mine })).toMatchObject(expected);
    expect(await gateway.sandbox.writes()).toEqual([]);
  });
});

describe('a restore into another place', () => {
  test('a snapshot of v1 comes back at the current version, under the same ids', async () => {
    const stages = [
      { stageId: 'a', ...open('A') },
      { stageId: 'b', ...open('B', 1) },
    ];
    const input = { sourceName: 'hubspot-v1', objectType: 'deals', label: 'Outlives', pipelineId: 'outlives', stages };
    const original = await createPipeline(gateway, input);
    const archived = await mutate(gateway, 'archivePipeline', { id: original.id }, 'before { document }');
    const snapshot = archived.before.document;
    const restored = await mutate(gateway, 'restorePipeline', { snapshot, toSourceName: 'hubspot' }, selection);
    expect(restored.errors).toEqual([]);
    const now = await readPipeline(gateway, restored.pipeline.id);
    expect(now).toMatchObject({ sourceName: 'hubspot', pipelineId: 'outlives' });
    expect(essence(now)?.stages).toEqual(essence(original)?.stages);
  });

  test('what the other source would not take is named at its place in the snapshot, and nothing is written', async () => {
    const stages = [{ stageId: 'Capital', ...open('A label of more than thirty-six letters', 0.55) }];
    const original = await createPipeline(gateway, { ...deals, label: 'Backwards', pipelineId: 'back', stages });
    const { before } = await mutate(gateway, 'patchPipeline', { id: original.id, label: 'B' }, 'before { document }');
    await gateway.sandbox.emptyLog();
    const { errors } = await mutate(gateway, 'restorePipeline', {
      snapshot: before.document,
      toSourceName: 'hubspot-v1',
    });
    const place = 'INVALID_INPUT snapshot.stages.0';
    expect(problemsOf(errors)).toEqual([`${place}.label`, `${place}.meta.probability`, `${place}.stageId`]);
    expect(await gateway.sandbox.writes()).toEqual([]);
  });

  test('a label of one’s own is taken, and checked like any other', async () => {
    const original = await createPipeline(gateway, { ...deals, label: 'Old name', stages: [open('A')] });
    const archived = await mutate(gateway, 'archivePipeline', { id: original.id }, 'before { document }');
    const snapshot = archived.before.document;
    const refused = await mutate(gateway, 'restorePipeline', { snapshot, label: ' ' });
    expect(refused.errors).toMatchObject([{ code: 'INVALID_INPUT', path: ['label'] }]);
    const fields = 'pipeline { label }';
    const payload = await mutate(gateway, 'restorePipeline', { snapshot, label: 'New name' }, fields);
    expect(payload).toMatchObject({ errors: [], pipeline: { label: 'New name' } });
  });

  test('a source that is not there or lacks the object type is named, and so is one for an audit entry', async () => {
    const original = await createPipeline(gateway, { ...deals, label: 'Nowhere', stages: [open('A')] });
    const auditEntryId = await newestEntry(original.id);
    const archived = await mutate(gateway, 'archivePipeline', { id: original.id }, 'before { document }');
    const snapshot = archived.before.document;
    await gateway.sandbox.emptyLog();
    for (const input of [
      { snapshot, toSourceName: 'nowhere' },
      { snapshot, toSourceName: 'organization' },
      { auditEntryId, toSourceName: 'hubspot-v1' },
    ]) {
      const { errors } = await mutate(gateway, 'restorePipeline', input);
      expect(errors).toMatchObject([{ code: 'INVALID_INPUT', path: ['toSourceName'] }]);
    }
    expect(await gateway.sandbox.requests()).toEqual([]);
  });
});

test('the before of a new pipeline is null: archiving is its undo', async () => {
  const input = { ...deals, label: 'New', stages: [open('A')] };
  expect(await mutate(gateway, 'createPipeline', input, 'before { label }')).toEqual({ before: null, errors: [] });
});
