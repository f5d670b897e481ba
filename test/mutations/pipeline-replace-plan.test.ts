import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { collections, stageLists } from '../support/arbitraries.ts';
import { mutate } from '../support/mutate.ts';
import { createPipeline } from '../support/pipelines.ts';
import { changeFields, errorFields } from '../support/selections.ts';
import { useGateway } from '../support/use-gateway.ts';

const gateway = useGateway();
beforeEach(() => gateway.sandbox.reset());

async function plan(input: object) {
  const answer = await gateway.ask(
    `query($input: ReplacePipelineInput!) {
      pipelineReplacePlan(input: $input) { changes { ${changeFields} } errors { ${errorFields} } }
    }`,
    { input },
  );
  expect(answer.errors).toBeUndefined();
  return answer.data.pipelineReplacePlan;
}

/** New stages have no id before the upstream gives them one. */
const withoutNewIds = (changes: { kind: string; stageId: string }[]) =>
  changes.map((change) => (change.kind === 'ADDED' ? { ...change, stageId: null } : change));

test.each(collections)('the plan for $sourceName $objectType is what the replace then does', async (collection) => {
  const { sourceName, objectType } = collection;
  let count = 0;
  await fc.assert(
    fc.asyncProperty(
      stageLists(collection),
      stageLists(collection),
      fc.array(fc.nat({ max: 7 }), { maxLength: 4 }),
      fc.array(fc.option(fc.nat({ max: 4 }), { nil: undefined }), { minLength: 10, maxLength: 10 }),
      async (first, second, keptPlaces, orders) => {
        count += 1;
        const pipeline = await createPipeline(gateway, {
          sourceName,
          objectType,
          label: `Plan ${count}`,
          stages: first,
        });
        const kept = [...new Set(keptPlaces)].flatMap((at) => pipeline.stages[at] ?? []);
        const labels = new Set(second.map(({ label }) => label.trim().toLowerCase()));
        const stages = [
          ...second.map((stage, index) => ({ ...stage, displayOrder: orders[index] })),
          ...kept
            .filter(({ label }) => !labels.has(label.trim().toLowerCase()))
            .map(({ stageId, label }, index) => ({ stageId, label: `${label} x`, displayOrder: orders[9 - index] })),
        ];
        const input = { id: pipeline.id, label: `Planned ${count}`, stages };
        await gateway.sandbox.emptyLog();
        const planned = await plan(input);
        const log = await gateway.sandbox.requests();
        expect(log.every(({ method }) => method === 'GET')).toBe(true);

        const done = await mutate(gateway, 'replacePipeline', input, `changes { ${changeFields} }`);
        expect(planned.errors.map(({ code }: { code: string }) => code)).toEqual(
          done.errors.map(({ code }: { code: string }) => code),
        );
        expect(planned.changes).toEqual(withoutNewIds(done.changes));
        await mutate(gateway, 'archivePipeline', { id: pipeline.id }, 'archivedId');
      },
    ),
    { numRuns: 25 },
  );
});

test('a plan names what would make the upstream refuse, and changes nothing', async () => {
  const stages = [{ label: 'Only', meta: { probability: 1 } }];
  const pipeline = await createPipeline(gateway, { sourceName: 'hubspot', objectType: 'deals', label: 'Mine', stages });
  await gateway.sandbox.emptyLog();
  const cases = [
    [{ label: ' sales PIPELINE ', stages }, ['LABEL_TAKEN', ['label']]],
    [{ label: 'Mine', stages: [{ label: 'New' }] }, ['INVALID_INPUT', ['stages', '0', 'meta', 'probability']]],
    [{ label: 'Mine', stages: [{ stageId: 'none', label: 'New' }] }, ['INVALID_INPUT', ['stages', '0', 'stageId']]],
    [{ label: 'Mine', stages, ifUpdatedAt: '2020-01-01T00:00:00Z' }, ['STALE_OBJECT', ['ifUpdatedAt']]],
    [{ label: '', stages: [] }, ['INVALID_INPUT', ['label']]],
  ] as const;
  for (const [input, [code, path]] of cases) {
    const { changes, errors } = await plan({ id: pipeline.id, ...input });
    expect(changes).toEqual([]);
    expect(errors[0]).toMatchObject({ code, path, mayHaveBeenApplied: false });
  }
  expect((await gateway.sandbox.requests()).every(({ method }) => method === 'GET')).toBe(true);
});

test('a plan for a pipeline that is gone is NOT_FOUND, and one for a source that is down says so', async () => {
  const stages = [{ label: 'Only', meta: { probability: 1 } }];
  const pipeline = await createPipeline(gateway, { sourceName: 'hubspot', objectType: 'deals', label: 'Mine', stages });
  await mutate(gateway, 'archivePipeline', { id: pipeline.id }, 'archivedId');
  expect(await plan({ id: pipeline.id, label: 'Mine', stages })).toMatchObject({
    changes: [],
    errors: [{ __typename: 'PipelineNotFoundError', id: pipeline.id }],
  });
  await gateway.sandbox.fault({ fault: 'status', status: 503 });
  expect(await plan({ id: pipeline.id, label: 'Mine', stages })).toMatchObject({
    changes: [],
    errors: [{ code: 'UPSTREAM_UNAVAILABLE', mayHaveBeenApplied: false }],
  });
});
