import { expect, test, vi } from 'vitest';
import { mutate } from '../support/mutate.ts';
import { createPipeline } from '../support/pipelines.ts';
import { changeFields } from '../support/selections.ts';
import { useGateway } from '../support/use-gateway.ts';

const gateway = useGateway();
const token = 'sandbox-hubspot';

test('a replace that undid what somebody else changed since its read says what, with the way back to it', async () => {
  const stages = [
    { label: 'Open', meta: { probability: 0.5 } },
    { label: 'Won', meta: { probability: 1 } },
  ];
  const pipeline = await createPipeline(gateway, { sourceName: 'hubspot', objectType: 'deals', label: 'Mine', stages });
  const path = `/crm/pipelines/2026-09/deals/${pipeline.pipelineId}`;
  await gateway.sandbox.emptyLog();
  await gateway.sandbox.fault({ match: { method: 'PUT' }, fault: 'latency', ms: 400, times: 1 });
  const input = { id: pipeline.id, label: 'Ours', stages };
  const writing = mutate(
    gateway,
    'replacePipeline',
    input,
    `overwrote { ${changeFields} } changes { summary } pipeline { audit(first: 1) { nodes { id } } }`,
  );
  await vi.waitFor(async () => expect(await gateway.sandbox.writes()).toHaveLength(1));
  const added = { label: 'Colleague’s', displayOrder: 2, metadata: { probability: '0.1' } };
  expect((await gateway.sandbox.call('POST', `${path}/stages`, token, added)).status).toBe(201);

  const { overwrote, changes, errors, pipeline: after } = await writing;
  expect(errors).toEqual([]);
  expect(overwrote).toMatchObject([{ kind: 'ADDED', summary: 'Stage "Colleague’s" added' }]);
  expect(changes).toMatchObject([{ summary: 'Pipeline: label "Mine" → "Ours"' }]);

  const restored = await mutate(
    gateway,
    'restorePipeline',
    { auditEntryId: after.audit.nodes[0].id },
    'pipeline { label stages { label } }',
  );
  expect(restored).toMatchObject({
    errors: [],
    pipeline: { label: 'Mine', stages: [{ label: 'Open' }, { label: 'Won' }, { label: 'Colleague’s' }] },
  });
});

test('a replace that nobody came between says that it overwrote nothing', async () => {
  const stages = [{ label: 'Open', meta: { probability: 0.5 } }];
  const { id } = await createPipeline(gateway, { sourceName: 'hubspot', objectType: 'deals', label: 'Alone', stages });
  const input = { id, label: 'Still alone', stages };
  expect(await mutate(gateway, 'replacePipeline', input, 'overwrote { summary }')).toEqual({
    overwrote: [],
    errors: [],
  });
});
