import { describe, expect, test } from 'vitest';
import { readCase, readCases } from './corpus.ts';
import type { RecordedCase } from './corpus.ts';
import { mutate, pipelineIdOf } from './mutate.ts';
import type { Served } from './upstream.ts';
import { objectTypeOf, openRecordedWorld } from './world.ts';

interface WirePipeline {
  readonly id: string;
  readonly label: string;
  readonly displayOrder: number;
  readonly stages: readonly (WireStage & { readonly label: string; readonly displayOrder: number })[];
}

interface WireStage {
  readonly id: string;
  readonly stageId: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

const gone = readCase('hubspot-writes', 'a pipeline DELETE');
const created = readCase('hubspot-writes', 'a pipeline POST that chose ids');

/** What exists, although nobody could write all of it today; a pipeline that cannot be read whole is not among them. */
const existing = [...readCases('hubspot-object-types'), ...readCases('hubspot-odd-content')]
  .filter(({ name }) => !/cannot be read$|the same pipeline alone/.test(name) || /probabilities/.test(name))
  .map((recorded) => ({ recorded, title: recorded.name }));

/** A case that reads one pipeline, whether the corpus has it alone or in a list. */
function alone(recorded: RecordedCase): {
  readonly read: RecordedCase;
  readonly listPath: string;
  readonly pipeline: WirePipeline;
} {
  const body = recorded.answer.body as WirePipeline & { readonly results?: readonly WirePipeline[] };
  const pipeline = body.results?.[0] ?? body;
  const { path } = recorded.request;
  const listPath = body.results === undefined ? path.slice(0, path.lastIndexOf('/')) : path;
  const request = { ...recorded.request, path: `${listPath}/${encodeURIComponent(pipeline.id)}` };
  return { read: { ...recorded, request, answer: { ...recorded.answer, body: pipeline } }, listPath, pipeline };
}

/** Archives the pipeline of a case whatever the upstream may say of a restore, and restores it. */
async function archiveAndRestore(recorded: RecordedCase) {
  const { read, listPath, pipeline } = alone(recorded);
  const served: readonly Served[] = [
    read,
    { at: `DELETE ${read.request.path}`, as: gone },
    { at: `POST ${listPath}`, as: created },
  ];
  const world = await openRecordedWorld(served);
  const id = await pipelineIdOf(world, objectTypeOf(recorded), pipeline.id);
  const archived = await mutate(world, 'archivePipeline', { id, archiveAnyway: true }, 'snapshot { document }');
  expect(archived.errors).toEqual([]);
  // What a client keeps is JSON.
  const snapshot = JSON.parse(JSON.stringify(archived['snapshot'].document));
  const restored = await mutate(world, 'restorePipeline', { snapshot });
  return { pipeline, restored, sent: world.upstream.writes().find(({ method }) => method === 'POST')?.body };
}

describe('a snapshot of what exists always comes back', () => {
  test.each(existing)('$title', async ({ recorded }) => {
    const { pipeline, restored, sent } = await archiveAndRestore(recorded);
    expect(restored.errors).toEqual([]);
    expect(sent).toMatchObject({ pipelineId: pipeline.id, label: pipeline.label, displayOrder: pipeline.displayOrder });
    const inOrder = pipeline.stages.toSorted((a, b) => a.displayOrder - b.displayOrder);
    expect(sent.stages.map(({ stageId }: WireStage) => stageId)).toEqual(inOrder.map(({ id }) => id));
    expect(sent.stages.map(({ metadata }: WireStage) => metadata)).toEqual(
      inOrder.map(({ metadata }) => expectedMeta(metadata)),
    );
  });

  /** To the letter; HubSpot computes isClosed itself and ignores what is sent, so both ways are right. */
  function expectedMeta({ isClosed, ...others }: Readonly<Record<string, unknown>>): unknown {
    return expect.toSatisfy((sent: Record<string, unknown>) => {
      const { isClosed: sentClosed = isClosed, ...rest } = sent;
      expect(rest).toEqual(others);
      return sentClosed === isClosed;
    });
  }
});

describe('archive says before it deletes that the upstream would refuse the restore', () => {
  test.each([
    ['tickets: no closed stage', 'stages'],
    ['deals: probabilities that cannot be read', 'probability'],
    ['tickets: a state that nobody knows', 'ticketState'],
  ])('%s', async (name, word) => {
    const { read, listPath, pipeline } = alone(readCase('hubspot-odd-content', name));
    const world = await openRecordedWorld([
      read,
      { at: `DELETE ${read.request.path}`, as: gone },
      { at: `POST ${listPath}`, as: created },
    ]);
    const id = await pipelineIdOf(world, objectTypeOf(read), pipeline.id);
    const { errors } = await mutate(world, 'archivePipeline', { id });
    expect(errors).not.toEqual([]);
    expect(JSON.stringify(errors)).toContain(word);
    expect(world.upstream.writes()).toEqual([]);
  });
});

describe('at v1', () => {
  const withOlderIds = readCase('hubspot-v1', 'ids in capitals');
  const path = '/crm-pipelines/v1/pipelines/deals';
  const at = `${path}/Pipeline-2019.A`;
  const deleted = { at: `DELETE ${at}`, as: readCase('hubspot-v1', 'a delete') };

  async function archiveAndRestoreAt(put: RecordedCase, afterwards: RecordedCase) {
    const posted = { at: `POST ${path}`, as: readCase('hubspot-v1', 'a create') };
    const world = await openRecordedWorld([
      withOlderIds,
      withOlderIds,
      afterwards,
      { at: `PUT ${at}`, as: put },
      deleted,
      posted,
    ]);
    const id = await pipelineIdOf(world, 'deals', 'Pipeline-2019.A');
    const archived = await mutate(world, 'archivePipeline', { id, archiveAnyway: true }, 'snapshot { document }');
    expect(archived.errors).toEqual([]);
    const restored = await mutate(world, 'restorePipeline', { snapshot: archived['snapshot'].document });
    return { restored, writes: world.upstream.writes().slice(1) };
  }

  test('a pipeline that was deactivated comes back by a PUT', async () => {
    const { restored, writes } = await archiveAndRestoreAt(readCase('hubspot-v1', 'a replace'), inactive());
    // What is recorded goes on showing it as inactive, which the read back tells.
    expect(restored.errors).toMatchObject([{ code: 'UPSTREAM_OUTCOME_UNKNOWN' }]);
    expect(writes.map(({ method }) => method)).toEqual(['PUT']);
    expect(writes[0]?.body).toMatchObject({ active: true, stages: [{ stageId: 'Stage-A' }, {}] });
  });

  test('a pipeline that was removed comes back by a POST with the old ids', async () => {
    const missing = readCase('hubspot-v1', 'a replace of what is gone');
    const empty = readCase('hubspot-v1', 'deals of an account that was edited once');
    const { restored, writes } = await archiveAndRestoreAt(missing, empty);
    expect(restored.errors).toEqual([]);
    expect(writes.at(-1)).toMatchObject({
      method: 'POST',
      body: {
        pipelineId: 'Pipeline-2019.A',
        stages: [{ stageId: 'Stage-A' }, { stageId: 'ab17da2f-1f9e-4dc3-9d06-5c1d9a6e7f10' }],
      },
    });
  });

  test('a PUT of what the list still showed as inactive is followed by a POST if it is 404', async () => {
    const { restored, writes } = await archiveAndRestoreAt(
      readCase('hubspot-v1', 'a replace of what is gone'),
      inactive(),
    );
    expect(restored.errors).toEqual([]);
    expect(writes.map(({ method }) => method)).toEqual(['PUT', 'POST']);
  });

  function inactive(): RecordedCase {
    const { results } = withOlderIds.answer.body as { results: readonly object[] };
    return {
      ...withOlderIds,
      answer: { ...withOlderIds.answer, body: { results: results.map((it) => ({ ...it, active: false })) } },
    };
  }
});
