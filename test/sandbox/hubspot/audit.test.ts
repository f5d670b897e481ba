import { expect, test } from 'vitest';
import { dealPipeline, dealStage, march, openSandbox, september, v3 } from '../open-sandbox.ts';
import type { TestSandbox } from '../open-sandbox.ts';

const deals = `${september}/deals`;

async function openWithPipeline(): Promise<TestSandbox> {
  const sandbox = await openSandbox();
  const stages = [dealStage('A', 0, { stageId: 'a' }), dealStage('B', 1, { stageId: 'b' })];
  await sandbox.post(deals, dealPipeline('P', { pipelineId: 'p', stages }));
  return sandbox;
}

test.each([v3, march, september])('an audit entry of %s has the members of the specification', async (api) => {
  const sandbox = await openWithPipeline();
  await sandbox.call('PATCH', `${api}/deals/p`, { body: { label: 'Q' } });
  const { status, body } = await sandbox.get(`${api}/deals/p/audit`);
  expect(status).toBe(200);
  expect(Object.keys(body)).toEqual(['results']);
  expect(body.results[0]).toMatchObject({
    portalId: expect.any(Number),
    identifier: expect.stringMatching(/^\d+:p$/),
    action: 'UPDATE',
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*\.\d{3}Z$/),
    message: 'Pipeline update',
    fromUserId: expect.any(Number),
  });
});

test('audit entries come newest first', async () => {
  const sandbox = await openWithPipeline();
  for (const label of ['Q', 'R']) await sandbox.call('PATCH', `${deals}/p`, { body: { label } });
  const { results } = (await sandbox.get(`${deals}/p/audit`)).body;
  expect(results.map((entry) => entry.action)).toEqual(['UPDATE', 'UPDATE', 'CREATE']);
  const labels = results.map((entry) => (JSON.parse(entry.rawObject) as { label: string }).label);
  expect(labels).toEqual(['R', 'Q', 'P']);
});

test('rawObject of an audit entry is a JSON string of the internal form, after the change', async () => {
  const sandbox = await openWithPipeline();
  await sandbox.call('PATCH', `${deals}/p`, { body: { label: 'Q' } });
  const [entry] = (await sandbox.get(`${deals}/p/audit`)).body.results;
  const raw = JSON.parse(entry!.rawObject) as Record<string, unknown>;
  expect(raw).toMatchObject({
    pipelineId: 'p',
    label: 'Q',
    objectType: 'DEAL',
    objectTypeId: '0-3',
    active: true,
    default: false,
    version: 1,
    limitExempt: false,
    autoCloseDateEnabled: true,
    clearCloseDateWhenMovingClosedToOpen: false,
    createdAt: expect.any(Number),
    stages: [{ stageId: 'a', pipelineId: 'p', label: 'A', metadata: { probability: '0.5' } }, { stageId: 'b' }],
  });
  expect(raw).not.toHaveProperty('id');
});

test('the audit entry of a creation has the whole pipeline, as it was made', async () => {
  const sandbox = await openWithPipeline();
  const [entry] = (await sandbox.get(`${deals}/p/audit`)).body.results;
  expect(entry).toMatchObject({ action: 'CREATE', message: 'User defined. pipeline created' });
  expect(JSON.parse(entry!.rawObject)).toMatchObject({
    label: 'P',
    version: 0,
    stages: [{ label: 'A' }, { label: 'B' }],
  });
});

test('isClosed in the rawObject of an audit entry is still that of before the change', async () => {
  const sandbox = await openWithPipeline();
  for (const probability of ['1.0', '0.8']) {
    await sandbox.call('PATCH', `${deals}/p/stages/a`, { body: { metadata: { probability } } });
  }
  const { results } = (await sandbox.get(`${deals}/p/stages/a/audit`)).body;
  const metadata = results.map((entry) => (JSON.parse(entry.rawObject) as { metadata: object }).metadata);
  expect(metadata).toEqual([
    { isClosed: 'true', probability: '0.8' },
    { isClosed: 'false', probability: '1.0' },
    { isClosed: 'false', probability: '0.5' },
  ]);
});

test('an audit entry is a little later than the updatedAt of its object', async () => {
  const sandbox = await openWithPipeline();
  const [entry] = (await sandbox.get(`${deals}/p/audit`)).body.results;
  const { updatedAt } = JSON.parse(entry!.rawObject) as { updatedAt: number };
  expect(Date.parse(entry!.timestamp)).toBeGreaterThan(updatedAt);
});

test('an untouched default pipeline has no audit entries, and its first one says that it is the default', async () => {
  const sandbox = await openSandbox();
  expect((await sandbox.get(`${deals}/default/audit`)).body).toEqual({ results: [] });
  await sandbox.call('PATCH', `${deals}/default`, { body: { label: 'Sales' } });
  const [entry] = (await sandbox.get(`${deals}/default/audit`)).body.results;
  expect(JSON.parse(entry!.rawObject)).toMatchObject({ default: true, label: 'Sales', createdAt: 0 });
});

test('a stage write shows in the stage’s audit and in that of its pipeline', async () => {
  const sandbox = await openWithPipeline();
  await sandbox.call('PATCH', `${deals}/p/stages/a`, { body: { label: 'Z' } });
  const ofStage = (await sandbox.get(`${deals}/p/stages/a/audit`)).body.results;
  expect(ofStage.map((entry) => entry.action)).toEqual(['UPDATE', 'CREATE']);
  expect(JSON.parse(ofStage[0]!.rawObject)).toMatchObject({ stageId: 'a', label: 'Z', displayOrder: 0 });
  const ofPipeline = (await sandbox.get(`${deals}/p/audit`)).body.results;
  expect(ofPipeline.map((entry) => entry.action)).toEqual(['UPDATE', 'CREATE']);
  expect((await sandbox.get(`${deals}/p/stages/b/audit`)).body.results).toHaveLength(1);
});

test('a deleted stage is missing from its pipeline’s next audit entry', async () => {
  const sandbox = await openWithPipeline();
  await sandbox.call('DELETE', `${deals}/p/stages/b`);
  const [entry] = (await sandbox.get(`${deals}/p/audit`)).body.results;
  expect(JSON.parse(entry!.rawObject)).toMatchObject({ stages: [{ stageId: 'a' }] });
  expect((await sandbox.get(`${deals}/p/stages/b/audit`)).status).toBe(404);
});

test('a write that was refused leaves no audit entry', async () => {
  const sandbox = await openWithPipeline();
  await sandbox.call('PATCH', `${deals}/p/stages/a`, { body: { label: 'b' } });
  await sandbox.call('DELETE', `${deals}/p/stages/nix`);
  expect((await sandbox.get(`${deals}/p/audit`)).body.results).toHaveLength(1);
});

test('the audit of one account says nothing of another', async () => {
  const sandbox = await openWithPipeline();
  await sandbox.call('PATCH', `${deals}/default`, { body: { label: 'Sales' } });
  expect((await sandbox.get(`${deals}/default/audit`, { token: 'other' })).body.results).toEqual([]);
});
