import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { collections, hubSpotDeals, stageLists } from '../support/arbitraries.ts';
import { startTestGateway } from '../support/gateway.ts';
import { mutate } from '../support/mutate.ts';
import { createPipeline, readPipeline } from '../support/pipelines.ts';
import type { PipelineOfAnswer } from '../support/pipelines.ts';
import { deals } from '../support/seed.ts';
import { changeFields, pipelineFields } from '../support/selections.ts';
import { useGateway } from '../support/use-gateway.ts';

const gateway = useGateway();
beforeEach(() => gateway.sandbox.reset());

const selection = `pipeline { ${pipelineFields} } changes { ${changeFields} }`;
const open = (label: string, probability = 0.5) => ({ label, meta: { probability } });

/** What a restored pipeline has in common with the original. */
function essence(pipeline: PipelineOfAnswer, withIds: boolean) {
  const { label, displayOrder, stages } = pipeline;
  return {
    ...(withIds ? { id: pipeline.id } : {}),
    label,
    displayOrder,
    stages: stages.map((stage) => ({
      ...(withIds ? { id: stage.id } : {}),
      label: stage.label,
      displayOrder: stage.displayOrder,
      outcome: stage.outcome,
      meta: stage.meta,
    })),
  };
}

async function archive(id: string) {
  const payload = await mutate(gateway, 'archivePipeline', { id }, 'archivedId snapshot { label document }');
  expect(payload.errors).toEqual([]);
  return payload.snapshot.document;
}

async function newestAuditEntry(id: string): Promise<string> {
  const answer = await gateway.ask('query($id: ID!) { pipeline(id: $id) { audit(first: 1) { nodes { id } } } }', {
    id,
  });
  return answer.data.pipeline.audit.nodes[0].id;
}

describe('restorePipeline from a snapshot', () => {
  test.each(collections)('an archived pipeline of $sourceName $objectType comes back as it was', async (collection) => {
    const { sourceName, objectType } = collection;
    const keepsIds = sourceName !== 'organization';
    await fc.assert(
      fc.asyncProperty(stageLists(collection), fc.stringMatching(/^[A-Z][a-z]{2,20}$/), async (stages, label) => {
        const original = await createPipeline(gateway, { sourceName, objectType, label: `R ${label}`, stages });
        const document = await archive(original.id);
        const left = await readPipeline(gateway, original.id);
        expect(left?.archived).toBe(sourceName === 'hubspot-v1' ? true : undefined);
        const payload = await mutate(gateway, 'restorePipeline', { snapshot: document }, selection);
        expect(payload.errors).toEqual([]);
        expect(payload.changes.map(({ kind }: { kind: string }) => kind)).toEqual(stages.map(() => 'ADDED'));
        const restored = await readPipeline(gateway, payload.pipeline.id);
        if (restored === null) throw new Error('not restored');
        expect(essence(restored, keepsIds)).toEqual(essence(original, keepsIds));
        await archive(restored.id);
      }),
      { numRuns: 20 },
    );
  });

  test('a snapshot survives ids of any characters, and fields that were put in another order', async () => {
    const stages = [{ stageId: 'Stage É/1', ...open('A', 1) }];
    const original = await createPipeline(gateway, { ...deals, label: 'Odd', pipelineId: 'Pipe.Line 1', stages });
    const { digest, stages: kept, ...fields } = await archive(original.id);
    const shuffled = { digest, ...Object.fromEntries(Object.entries(fields).toReversed()), stages: kept };
    const payload = await mutate(gateway, 'restorePipeline', { snapshot: shuffled }, selection);
    expect(payload.errors).toEqual([]);
    expect(essence(payload.pipeline, true)).toEqual(essence(original, true));
  });

  test('a restore does not make a pipeline twice that still exists, and changes nothing if it is as it was', async () => {
    const original = await createPipeline(gateway, { ...deals, label: 'Twice', stages: [open('A')] });
    const document = await archive(original.id);
    await mutate(gateway, 'restorePipeline', { snapshot: document }, 'pipeline { id }');
    await gateway.sandbox.emptyLog();
    const again = await mutate(
      gateway,
      'restorePipeline',
      { snapshot: document },
      'pipeline { label } changes { kind }',
    );
    expect(again).toMatchObject({ pipeline: { label: 'Twice' }, changes: [], errors: [] });
    expect(await gateway.sandbox.writes()).toEqual([]);
  });

  test('a snapshot that is not as the gateway made it is refused by its path, and nothing is written', async () => {
    const original = await createPipeline(gateway, { ...deals, label: 'Doc', stages: [open('A')] });
    const document = await archive(original.id);
    await gateway.sandbox.emptyLog();
    const cases: readonly [unknown, readonly string[]][] = [
      [{ ...document, label: 'Tampered' }, ['snapshot', 'digest']],
      [{ ...document, version: 4 }, ['snapshot', 'version']],
      [{ ...document, version: 1 }, ['snapshot', 'stages', '0', 'meta']],
      [{ ...document, stages: 'none' }, ['snapshot', 'stages']],
      [{ ...document, more: 1 }, ['snapshot']],
      [{ ...document, stages: [{ ...document.stages[0], raw: { probability: 'high' } }] }, ['snapshot', 'digest']],
      [{ ...document, stages: [{ ...document.stages[0], raw: 'high' }] }, ['snapshot', 'stages', '0', 'raw']],
      [{ ...document, pipelineId: '..' }, ['snapshot', 'pipelineId']],
      [[], ['snapshot']],
      ['text', ['snapshot']],
      [{}, ['snapshot', 'version']],
    ];
    for (const [snapshot, path] of cases) {
      const payload = await mutate(gateway, 'restorePipeline', { snapshot }, 'pipeline { id }');
      expect(payload.errors[0]).toMatchObject({
        __typename: 'PipelineInvalidInputError',
        path,
        mayHaveBeenApplied: false,
      });
    }
    expect(await gateway.sandbox.requests()).toEqual([]);
  });

  test('a snapshot of a source that is not configured is refused', async () => {
    const other = await startTestGateway({
      sources: (url) => [
        {
          ...deals,
          kind: 'hubspot',
          name: 'sales-eu',
          url,
          apiVersion: '2026-09',
          objectTypes: ['deals'],
          credential: { mode: 'static', token: 'sandbox-eu' },
        },
      ],
    });
    try {
      const original = await createPipeline(other, { objectType: 'deals', label: 'EU', stages: [open('A')] });
      const { snapshot } = await mutate(other, 'archivePipeline', { id: original.id }, 'snapshot { document }');
      const payload = await mutate(gateway, 'restorePipeline', { snapshot: snapshot.document }, 'pipeline { id }');
      expect(payload.errors).toMatchObject([{ code: 'INVALID_INPUT', path: ['snapshot', 'sourceName'] }]);
    } finally {
      await other.close();
    }
  });

  test('a restore wants exactly one of an entry and a snapshot', async () => {
    for (const input of [{}, { auditEntryId: 'x', snapshot: {} }]) {
      const payload = await mutate(gateway, 'restorePipeline', input, 'pipeline { id }');
      expect(payload.errors).toMatchObject([{ code: 'INVALID_INPUT' }]);
    }
  });
});

describe('restorePipeline from an audit entry', () => {
  test('a restore undoes any replace: stages come back under their old ids', async () => {
    const collection = hubSpotDeals;
    await fc.assert(
      fc.asyncProperty(stageLists(collection), stageLists(collection), async (first, second) => {
        const original = await createPipeline(gateway, { ...deals, label: 'Undo', stages: first });
        const replaced = await mutate(
          gateway,
          'replacePipeline',
          { id: original.id, label: 'Redone', stages: second },
          'pipeline { id }',
        );
        expect(replaced.errors).toEqual([]);
        const payload = await mutate(
          gateway,
          'restorePipeline',
          { auditEntryId: await newestAuditEntry(original.id) },
          selection,
        );
        expect(payload.errors).toEqual([]);
        expect(essence(payload.pipeline, true)).toEqual(essence(original, true));
        await archive(original.id);
      }),
      { numRuns: 25 },
    );
  });

  test('a restore brings back tickets whose only CLOSED stage was replaced by another', async () => {
    const stage = (label: string, ticketState: string) => ({ label, meta: { ticketState } });
    const original = await createPipeline(gateway, {
      sourceName: 'hubspot',
      objectType: 'tickets',
      label: 'Help',
      stages: [stage('New', 'OPEN'), stage('Done', 'CLOSED')],
    });
    const stages = [{ stageId: original.stages[0]?.stageId, label: 'New' }, stage('Finished', 'CLOSED')];
    await mutate(gateway, 'replacePipeline', { id: original.id, label: 'Help', stages });
    const payload = await mutate(
      gateway,
      'restorePipeline',
      { auditEntryId: await newestAuditEntry(original.id) },
      selection,
    );
    expect(payload.errors).toEqual([]);
    expect(essence(payload.pipeline, true)).toEqual(essence(original, true));
  });

  test('a restore does not remove stages that records are in, and writes nothing', async () => {
    const original = await createPipeline(gateway, { ...deals, label: 'Busy', stages: [open('A')] });
    const { stage } = await mutate(
      gateway,
      'createPipelineStage',
      { pipeline: original.id, ...open('B') },
      'stage { stageId }',
    );
    const entry = await newestAuditEntry(original.id);
    const records = { pipelineId: original.pipelineId, stageId: stage.stageId, recordIds: ['7'] };
    await gateway.sandbox.addRecords({ token: 'sandbox-hubspot', objectType: 'deals', ...records });
    const payload = await mutate(gateway, 'restorePipeline', { auditEntryId: entry }, selection);
    expect(payload.errors).toMatchObject([
      { code: 'STAGE_IN_USE', stageIds: [stage.stageId], recordIds: ['7'], mayHaveBeenApplied: false },
    ]);
  });

  test('a restore that fails half way shows how far it came', async () => {
    const original = await createPipeline(gateway, {
      ...deals,
      label: 'Half',
      stages: [open('A'), open('B'), open('C')],
    });
    const kept = { stageId: original.stages[0]?.stageId, label: 'A' };
    await mutate(gateway, 'replacePipeline', { id: original.id, label: 'Quarter', stages: [kept] });
    const auditEntryId = await newestAuditEntry(original.id);
    await gateway.sandbox.fault({ match: { method: 'PUT' }, fault: 'status', status: 400, times: 1 });
    const payload = await mutate(gateway, 'restorePipeline', { auditEntryId }, selection);
    expect(payload.errors).toMatchObject([{ mayHaveBeenApplied: true }]);
    expect(payload.pipeline.stages.map(({ label }: { label: string }) => label)).toEqual(['A', 'B', 'C']);
    const again = await mutate(gateway, 'restorePipeline', { auditEntryId }, selection);
    expect(essence(again.pipeline, true)).toEqual(essence(original, true));
  });

  test('a restore from an entry that is unknown, of a stage, of a pipeline that is gone, or from no entry writes nothing', async () => {
    const pipeline = await createPipeline(gateway, { ...deals, label: 'Bad', stages: [open('A'), open('B')] });
    await mutate(gateway, 'patchPipeline', { id: pipeline.id, label: 'Bad 2' });
    const entry = await newestAuditEntry(pipeline.id);
    const stageId = pipeline.stages[0]?.id;
    await mutate(gateway, 'patchPipelineStage', { id: stageId, label: 'A 2' });
    const stage = await gateway.ask('query($id: ID!) { pipelineStage(id: $id) { audit { nodes { id } } } }', {
      id: stageId,
    });
    const unknown = Buffer.from(
      JSON.parse(`"${Buffer.from(entry, 'base64url').toString().replaceAll('"', '\\"')}"`).replace(
        /"[^"]+"\]$/,
        '"nothing"]',
      ),
    ).toString('base64url');
    await gateway.sandbox.emptyLog();
    const cases = [
      ['nonsense', 'INVALID_INPUT'],
      [stage.data.pipelineStage.audit.nodes[0].id, 'INVALID_INPUT'],
      [unknown, 'NOT_FOUND'],
    ];
    for (const [auditEntryId, code] of cases) {
      const payload = await mutate(gateway, 'restorePipeline', { auditEntryId }, 'pipeline { id }');
      expect(payload.errors[0]).toMatchObject({ code, path: ['auditEntryId'], mayHaveBeenApplied: false });
    }
    expect(await gateway.sandbox.writes()).toEqual([]);
    await archive(pipeline.id);
    const gone = await mutate(gateway, 'restorePipeline', { auditEntryId: entry }, 'pipeline { id }');
    expect(gone.errors[0]).toMatchObject({ __typename: 'PipelineNotFoundError', id: pipeline.id });
  });
});
