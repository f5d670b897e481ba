import { Client } from '@hubspot/api-client';
import { describe, expect, test } from 'vitest';
import { openSandbox, v3 } from '../open-sandbox.ts';
import type { TestSandbox } from '../open-sandbox.ts';

// HubSpot's own client, unchanged, is the proof that the sandbox is not made for one client. It knows v3 only, and its
// models have neither pipelineId nor stageId, so it cannot choose ids.

async function openWithClient(options: Parameters<typeof openSandbox>[0] = {}): Promise<{
  sandbox: TestSandbox;
  client: Client;
}> {
  const sandbox = await openSandbox(options);
  return { sandbox, client: new Client({ accessToken: 'test', basePath: sandbox.url }) };
}

const input = (label: string) => ({
  label,
  displayOrder: 1,
  stages: [
    { label: 'Open', displayOrder: 0, metadata: { ticketState: 'OPEN' } },
    { label: 'Done', displayOrder: 1, metadata: { ticketState: 'CLOSED' } },
  ],
});

test('HubSpot’s own client creates, lists, gets, updates, replaces and archives pipelines', async () => {
  const { client } = await openWithClient();
  const { pipelinesApi } = client.crm.pipelines;
  const made = await pipelinesApi.create('tickets', input('P'));
  expect(made.createdAt).toBeInstanceOf(Date);
  const { results } = await pipelinesApi.getAll('tickets');
  expect(results.map((pipeline) => pipeline.label).toSorted()).toEqual(['P', 'Support Pipeline']);
  const read = await pipelinesApi.getById('tickets', made.id);
  expect(read.stages.find((stage) => stage.label === 'Done')).toMatchObject({ metadata: { isClosed: 'true' } });
  expect(await pipelinesApi.update('tickets', made.id, { label: 'Q' })).toMatchObject({ label: 'Q', displayOrder: 1 });
  const replaced = await pipelinesApi.replace('tickets', made.id, input('R'));
  const oldIds = new Set(read.stages.map((stage) => stage.id));
  expect(replaced.stages.filter((stage) => oldIds.has(stage.id))).toEqual([]);
  await pipelinesApi.archive('tickets', made.id);
  expect((await pipelinesApi.getAll('tickets')).results).toHaveLength(1);
});

test('HubSpot’s own client archives a pipeline with validation parameters, which meet the records', async () => {
  const { client } = await openWithClient();
  const { pipelinesApi } = client.crm.pipelines;
  await pipelinesApi.create('tickets', input('P'));
  await expect(pipelinesApi.archive('tickets', '0', true, true)).rejects.toMatchObject({
    code: 400,
    body: { subCategory: 'PipelineError.STAGE_ID_IN_USE', context: { stageIds: ['[1, 4]'] } },
  });
  await pipelinesApi.archive('tickets', '0');
});

test('HubSpot’s own client creates, lists, gets, updates, replaces and archives stages', async () => {
  const { client } = await openWithClient();
  const { pipelineStagesApi } = client.crm.pipelines;
  const stage = { label: 'Escalated', displayOrder: 2, metadata: { ticketState: 'OPEN' } };
  const made = await pipelineStagesApi.create('tickets', '0', stage);
  expect(made).toMatchObject({ label: 'Escalated', metadata: { ticketState: 'OPEN' } });
  expect((await pipelineStagesApi.getAll('tickets', '0')).results).toHaveLength(5);
  await pipelineStagesApi.update('tickets', '0', made.id, { metadata: { ticketState: 'CLOSED' } });
  const read = await pipelineStagesApi.getById('tickets', '0', made.id);
  expect(read).toMatchObject({ displayOrder: 3, metadata: { ticketState: 'CLOSED', isClosed: 'true' } });
  await pipelineStagesApi.replace('tickets', '0', made.id, { ...stage, label: 'Raised' });
  expect(await pipelineStagesApi.getById('tickets', '0', made.id)).toMatchObject({ label: 'Raised' });
  await pipelineStagesApi.archive('tickets', '0', made.id);
  expect((await pipelineStagesApi.getAll('tickets', '0')).results).toHaveLength(4);
});

test('HubSpot’s own client gets a pipeline’s audit, rawObject as a string', async () => {
  const { client } = await openWithClient();
  await client.crm.pipelines.pipelinesApi.update('tickets', '0', { label: 'Q' });
  const { results } = await client.crm.pipelines.pipelineAuditsApi.getAudit('tickets', '0');
  expect(results).toMatchObject([{ action: 'UPDATE', rawObject: expect.any(String) }]);
  expect(results[0]!.timestamp).toBeInstanceOf(Date);
});

test('HubSpot’s own client leaves {pipelineId} in the path of a stage’s audit, so the call is made by hand', async () => {
  const { sandbox, client } = await openWithClient({ empty404ContentType: 'text/plain' });
  await client.crm.pipelines.pipelineStagesApi.update('tickets', '0', '1', { label: 'Q', metadata: {} });
  const broken = client.crm.pipelines.pipelineStageAuditsApi.getAudit('tickets', '1');
  await expect(broken).rejects.toMatchObject({ code: 404 });
  const { requests } = (await sandbox.get('/__sandbox/requests')).body;
  expect(requests.at(-1)!.path).toMatch(/\/tickets\/(\{pipelineId\}|%7BpipelineId%7D)\/stages\/1\/audit$/);
  const response = await client.apiRequest({ method: 'GET', path: `${v3}/tickets/0/stages/1/audit` });
  expect(await response.json()).toMatchObject({ results: [{ action: 'UPDATE', message: 'Pipeline stage update' }] });
});

describe('errors of HubSpot’s own client', () => {
  test.each([
    ['sandbox-expired', 401, 'EXPIRED_AUTHENTICATION'],
    ['sandbox-invalid', 401, 'INVALID_AUTHENTICATION'],
    ['sandbox-no-scopes', 403, 'MISSING_SCOPES'],
  ])('the token %s is an ApiException with code %i to HubSpot’s own client', async (accessToken, code, category) => {
    const sandbox = await openSandbox();
    const client = new Client({ accessToken, basePath: sandbox.url });
    const call = client.crm.pipelines.pipelinesApi.getAll('deals');
    await expect(call).rejects.toMatchObject({ code, body: { category } });
  });

  test('an empty 404 has no Content-Type, and makes HubSpot’s own client throw an Error without a code', async () => {
    const { client } = await openWithClient();
    const error: unknown = await client.crm.pipelines.pipelinesApi
      .getById('deals', 'nix')
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ message: expect.stringContaining('No Content-Type defined') });
    expect(error).not.toHaveProperty('code');
  });

  test('an empty 404 with a Content-Type is an ApiException with a code to HubSpot’s own client', async () => {
    const { client } = await openWithClient({ empty404ContentType: 'text/plain' });
    const call = client.crm.pipelines.pipelinesApi.getById('deals', 'nix');
    await expect(call).rejects.toMatchObject({ code: 404 });
  });
});
