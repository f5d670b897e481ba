import { describe, expect, test } from 'vitest';
import type { FaultRule } from '../../support/sandbox-control.ts';
import type { Kind } from '../kinds.ts';
import { useFreshWorlds } from '../world.ts';
import { createSample, readPipeline, readSeeded, toNewPipeline } from './samples.ts';

interface Failure {
  readonly what: string;
  readonly fault: FaultRule;
  readonly read: string;
  readonly write: { readonly __typename: string; readonly code: string; readonly mayHaveBeenApplied: boolean };
}

const status = (code: number, headers: Record<string, string> = {}): FaultRule => ({
  fault: 'status',
  status: code,
  headers,
});
const denied = { __typename: 'PipelineAccessDeniedError', mayHaveBeenApplied: false };
const unknown = { __typename: 'PipelineUpstreamError', code: 'UPSTREAM_OUTCOME_UNKNOWN', mayHaveBeenApplied: true };
const unavailable = { __typename: 'PipelineUpstreamError', code: 'UPSTREAM_UNAVAILABLE', mayHaveBeenApplied: false };
// Longer than any operation may take, so that nobody waits for it.
const later = { 'retry-after': '3600' };

const failures: readonly Failure[] = [
  {
    what: 'a credential that is not accepted',
    fault: status(401),
    read: 'UPSTREAM_UNAUTHENTICATED',
    write: { ...denied, code: 'UPSTREAM_UNAUTHENTICATED' },
  },
  {
    what: 'a credential that may not do this',
    fault: status(403),
    read: 'UPSTREAM_FORBIDDEN',
    write: { ...denied, code: 'UPSTREAM_FORBIDDEN' },
  },
  {
    what: 'a rate limit',
    fault: status(429, later),
    read: 'UPSTREAM_RATE_LIMITED',
    write: { __typename: 'PipelineRateLimitedError', code: 'UPSTREAM_RATE_LIMITED', mayHaveBeenApplied: false },
  },
  {
    what: 'an outage announced',
    fault: status(503, later),
    read: 'UPSTREAM_UNAVAILABLE',
    write: unavailable,
  },
  { what: 'a lock', fault: status(423, later), read: 'UPSTREAM_UNAVAILABLE', write: unavailable },
  { what: 'a server error', fault: status(500), read: 'UPSTREAM_UNAVAILABLE', write: unknown },
  { what: 'a gateway time-out', fault: status(504), read: 'UPSTREAM_UNAVAILABLE', write: unknown },
  { what: 'a cut connection', fault: { fault: 'reset' }, read: 'UPSTREAM_UNAVAILABLE', write: unknown },
  {
    what: 'a redirect',
    fault: status(302, { location: 'http://127.0.0.1:1/' }),
    read: 'UPSTREAM_CONTRACT',
    write: { __typename: 'PipelineUpstreamError', code: 'UPSTREAM_CONTRACT', mayHaveBeenApplied: true },
  },
];

/** Answers that say that a write was done, and nothing else that can be understood. */
const acknowledgements: readonly FaultRule[] = [
  { fault: 'html', when: 'after' },
  { fault: 'truncate', when: 'after' },
  { fault: 'empty', when: 'after' },
  { fault: 'wrong-shape', when: 'after' },
];

/** How failures of the upstream look to a client, whatever kind of source they arise at. */
export function describeFailing(kind: Kind): void {
  const world = useFreshWorlds(kind);
  const { objectType, metas } = kind;
  // Says all that a source would otherwise look up before the write.
  const complete = {
    ...(kind.hasDisplayOrder ? { displayOrder: 5 } : {}),
    stages: [{ label: 'One', meta: metas[0].input, ...(kind.choosesIds ? { stageId: 'one' } : {}) }],
  };
  const onWrite = (fault: FaultRule) => world.sandbox.fault({ ...fault, match: { method: 'POST' } });
  const onRead = (fault: FaultRule) => world.sandbox.fault({ ...fault, match: { method: 'GET' } });

  describe('failing', () => {
    test.each(failures)('a source tells $what by its code, and whether a write may have happened', async (failure) => {
      const { id, stages } = await readSeeded(world, kind);
      await world.sandbox.fault(failure.fault);
      const { errors: refused, pipeline } = await world.mutate('createPipeline', toNewPipeline(kind, 'New', complete));
      expect(pipeline).toBeNull();
      expect(refused).toMatchObject([failure.write]);

      const document = `query ($id: ID!, $objectType: String!, $stageId: String!, $where: PipelineFilter) {
        pipeline(id: $id) { id }
        pipelineStageByKey(objectType: $objectType, stageId: $stageId) { id }
        pipelines(where: $where) { nodes { id } failures { code sourceName } }
      }`;
      const { data, errors } = await world.ask(document, {
        id,
        objectType,
        stageId: stages[0].stageId,
        where: { objectTypes: [objectType] },
      });
      const read = { code: failure.read, sourceName: 'crm' };
      expect(data).toEqual({
        pipeline: null,
        pipelineStageByKey: null,
        pipelines: { nodes: [], failures: [read] },
      });
      const byPath = errors?.toSorted((a, b) => String(a.path).localeCompare(String(b.path)));
      expect(byPath).toMatchObject([
        { path: ['pipeline'], extensions: read },
        { path: ['pipelineStageByKey'], extensions: read },
      ]);
    });

    test('a source says which scopes are missing, if the upstream does, and how long to wait', async () => {
      await onWrite({ ...status(403), times: 1 });
      const forbidden = await world.mutate('createPipeline', toNewPipeline(kind));
      expect(forbidden.errors[0].requiredScopes.length > 0).toBe(kind.namesScopes);
      await onWrite(status(429, later));
      const limited = await world.mutate('createPipeline', toNewPipeline(kind));
      expect(limited.errors[0].retryAfterSeconds).toBeGreaterThan(3000);
    });

    test.each(acknowledgements)(
      'a source takes a 2xx answer to a write that is $fault for an acknowledgement',
      async (fault) => {
        const { id } = await createSample(world, kind);
        await world.sandbox.fault({ ...fault, match: { method: kind.patchMethod } });
        const { pipeline } = await world.do('patchPipeline', { id, label: 'Renamed' });
        expect(pipeline).toMatchObject({ id, label: 'Renamed' });
        expect(await world.writes()).toHaveLength(1);
      },
    );

    test('a source says that a create may have happened whose new id cannot be understood', async () => {
      await onWrite({ fault: 'wrong-shape', when: 'after' });
      const { errors, pipeline } = await world.mutate('createPipeline', toNewPipeline(kind));
      expect(pipeline).toBeNull();
      expect(errors).toMatchObject([{ code: 'UPSTREAM_CONTRACT', mayHaveBeenApplied: true }]);
    });

    test('a source finds a create whose answer is lost by the id that it chose', async () => {
      if (!kind.choosesIds) return;
      await onWrite({ fault: 'html', when: 'after' });
      const { pipeline } = await world.do('createPipeline', toNewPipeline(kind, 'Chosen', { pipelineId: 'chosen' }));
      expect(pipeline).toMatchObject({ pipelineId: 'chosen', label: 'Chosen' });
    });

    test('a source does not hide a write that happened behind a read that failed after it', async () => {
      const { id } = await createSample(world, kind);
      const patched = world.sandbox.fault({ match: { method: kind.patchMethod }, fault: 'latency', ms: 300 });
      await patched;
      const answer = world.mutate('patchPipeline', { id, label: 'Renamed' });
      while ((await world.writes()).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      await onRead(status(401));
      const { errors, pipeline } = await answer;
      expect(pipeline).toBeNull();
      expect(errors).toMatchObject([{ code: 'UPSTREAM_UNAUTHENTICATED', mayHaveBeenApplied: true }]);
      expect((await world.writes()).length).toBe(1);
    });

    test('a source gives the last state of a pipeline even if it is not known whether it was archived', async () => {
      const before = await createSample(world, kind);
      await world.sandbox.fault({ match: { method: 'DELETE' }, fault: 'reset', when: 'after' });
      const { errors, archivedId, snapshot } = await world.mutate('archivePipeline', { id: before.id });
      expect(errors).toMatchObject([unknown]);
      expect(archivedId).toBeNull();
      expect(snapshot).toMatchObject({ label: 'Renewals', stages: [{}, {}, {}] });
      expect((await readPipeline(world, before.id))?.archived).toBe(kind.showsArchived ? true : undefined);
    });

    test('a source shows no token, address or body of the upstream in any error', async () => {
      await world.sandbox.fault({ fault: 'wrong-shape', status: 500, body: { error: 'secret', message: 'secret' } });
      const { text } = await world.ask('{ pipelines { failures { message code correlationId } } }');
      const refused = await world.mutate('createPipeline', toNewPipeline(kind));
      const shown = text + JSON.stringify(refused);
      for (const secret of ['contract-tests', 'secret', '127.0.0.1']) expect(shown).not.toContain(secret);
    });
  });
}
