import { describe, expect, test, vi } from 'vitest';
import { collections } from '../support/arbitraries.ts';
import type { TestCollection } from '../support/arbitraries.ts';
import type { TestGateway } from '../support/gateway.ts';
import { mutate, problemsOf } from '../support/mutate.ts';
import { createPipeline } from '../support/pipelines.ts';
import type { PipelineOfAnswer } from '../support/pipelines.ts';
import { provideRedisServer } from '../support/redis-server.ts';
import { startReplicas } from '../support/replicas.ts';
import { useGateway } from '../support/use-gateway.ts';

const callers = 8;

/** A pipeline with a stage for each caller. */
function createShared(gateway: TestGateway, { sourceName, objectType }: TestCollection, label: string) {
  const stages = Array.from({ length: callers }, (_, index) => ({ label: `Stage ${index}`, meta: metaOf(objectType) }));
  return createPipeline(gateway, { sourceName, objectType, label, stages });
}

function metaOf(objectType: string) {
  if (objectType === 'deals') return { probability: 0.5 };
  return objectType === 'tickets' ? { ticketState: 'CLOSED' } : { color: '#112233' };
}

async function labelsNow(gateway: TestGateway, id: string): Promise<readonly string[]> {
  const { data } = await gateway.ask('query ($id: ID!) { pipeline(id: $id) { stages { label } } }', { id });
  return data.pipeline.stages.map((stage: { label: string }) => stage.label);
}

const readRevision = async (gateway: TestGateway, id: string): Promise<string> =>
  (await gateway.ask('query ($id: ID!) { pipeline(id: $id) { revision } }', { id })).data.pipeline.revision;

/** Each caller renames its own stage; the payload of each is to show the write as it happened. */
async function renameAtOnce(gateways: readonly TestGateway[], { stages }: PipelineOfAnswer) {
  return Promise.all(
    stages.map((stage, index) =>
      mutate(
        gateways[index % gateways.length] as TestGateway,
        'patchPipelineStage',
        { id: stage.id, label: `Renamed ${index}` },
        'stage { label } changes { summary } before { label }',
      ),
    ),
  );
}

const renamed = Array.from({ length: callers }, (_, index) => `Renamed ${index}`);

describe('callers who write one pipeline at once', () => {
  const gateway = useGateway();

  for (const collection of collections) {
    const name = `${collection.sourceName} ${collection.objectType}`;

    test(`${callers} edits of one pipeline of ${name} at once all stay`, async () => {
      const pipeline = await createShared(gateway, collection, `Shared ${name}`);
      const payloads = await renameAtOnce([gateway], pipeline);
      expect(payloads.map(({ errors }) => errors)).toEqual(payloads.map(() => []));
      expect(payloads.map(({ stage }) => stage.label)).toEqual(renamed);
      expect(payloads.map(({ changes }) => changes.length)).toEqual(payloads.map(() => 1));
      expect(await labelsNow(gateway, pipeline.id)).toEqual(renamed);
    });

    test(`of ${callers} writes at ${name} with one ifRevision exactly one is accepted`, async () => {
      const pipeline = await createShared(gateway, collection, `Revised ${name}`);
      const ifRevision = await readRevision(gateway, pipeline.id);
      const payloads = await Promise.all(
        Array.from({ length: callers }, (_, index) =>
          mutate(
            gateway,
            'patchPipeline',
            { id: pipeline.id, label: `${name} by ${index}`, ifRevision },
            'pipeline { label }',
          ),
        ),
      );
      const accepted = payloads.filter(({ errors }) => errors.length === 0);
      expect(accepted).toHaveLength(1);
      for (const { errors } of payloads.filter((payload) => payload !== accepted[0])) {
        expect(problemsOf(errors)).toEqual(['STALE_OBJECT ifRevision']);
      }
    });
  }

  test('new stages of one pipeline that are added at once all stay', async () => {
    const [, , v1] = collections;
    const pipeline = await createShared(gateway, v1 as TestCollection, 'Growing');
    const payloads = await Promise.all(
      renamed.map((label) =>
        mutate(gateway, 'createPipelineStage', { pipeline: pipeline.id, label, meta: { probability: 0.2 } }),
      ),
    );
    expect(payloads.flatMap(({ errors }) => errors)).toEqual([]);
    expect((await labelsNow(gateway, pipeline.id)).toSorted()).toEqual(
      [...pipeline.stages.map((stage) => stage.label), ...renamed].toSorted(),
    );
  });
});

describe('a write that waits for another one of its pipeline', () => {
  const gateway = useGateway();

  test('a write whose turn does not come in time was not applied, and another pipeline’s does not wait', async () => {
    const { id, stages } = await createShared(gateway, collections[0] as TestCollection, 'Busy');
    const other = await createShared(gateway, collections[0] as TestCollection, 'Idle');
    await gateway.sandbox.fault({
      match: { method: 'PATCH', path: `/${stages[0]?.stageId}$` },
      fault: 'hang',
      times: 1,
    });
    await gateway.sandbox.emptyLog();
    const hanging = mutate(gateway, 'patchPipelineStage', { id: stages[0]?.id, label: 'Hangs' }, '', {
      'x-deadline-ms': '4000',
    });
    await vi.waitFor(async () => expect(await gateway.sandbox.writes()).toHaveLength(1), { timeout: 3_000 });
    const waiting = await mutate(gateway, 'patchPipeline', { id, label: 'Waits' }, '', { 'x-deadline-ms': '400' });
    expect(waiting.errors).toMatchObject([{ code: 'UPSTREAM_TIMEOUT', mayHaveBeenApplied: false }]);
    expect(await mutate(gateway, 'patchPipeline', { id: other.id, label: 'Done' })).toEqual({ errors: [] });
    expect((await hanging).errors).toMatchObject([{ mayHaveBeenApplied: true }]);
    expect(await mutate(gateway, 'patchPipeline', { id, label: 'Free again' })).toEqual({ errors: [] });
  });
});

const redisPath = await provideRedisServer();

test.skipIf(redisPath === null)(
  'callers of two replicas who write one pipeline at once all keep what they wrote',
  async () => {
    const replicas = await startReplicas(redisPath ?? '');
    try {
      const { one, other } = replicas;
      for (const collection of collections) {
        const name = `${collection.sourceName} ${collection.objectType}`;
        const pipeline = await createShared(one, collection, `Fleet ${name}`);
        const payloads = await renameAtOnce([one, other], pipeline);
        expect(payloads.flatMap(({ errors }) => errors)).toEqual([]);
        expect(await labelsNow(other, pipeline.id)).toEqual(renamed);
      }
    } finally {
      await replicas.close();
    }
  },
);
