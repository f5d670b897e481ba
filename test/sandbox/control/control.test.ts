import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { dealPipeline, openSandbox, september } from '../open-sandbox.ts';

const deals = `${september}/deals`;

describe('requests that were logged', () => {
  test('the request log holds every request as it was received, and none of the control requests', async () => {
    const sandbox = await openSandbox();
    await sandbox.get(`${deals}/a%2Fb?x=%20&y`, { token: 'secret', headers: { 'user-agent': 'test/1' } });
    await sandbox.call('PATCH', `${deals}/default`, { body: { label: 'Q' }, token: null });
    const { body, text } = await sandbox.get('/__sandbox/requests');
    const credentialHash = createHash('sha256').update('secret').digest('hex');
    expect(body).toEqual({
      requests: [
        { method: 'GET', path: `${deals}/a%2Fb`, query: 'x=%20&y', status: 404, credentialHash, userAgent: 'test/1' },
        {
          method: 'PATCH',
          path: `${deals}/default`,
          query: '',
          status: 401,
          credentialHash: null,
          userAgent: null,
        },
      ],
    });
    expect(text).not.toContain('secret');
  });

  test('the request log is emptied by DELETE', async () => {
    const sandbox = await openSandbox();
    await sandbox.get(deals);
    await sandbox.call('DELETE', '/__sandbox/requests');
    expect((await sandbox.get('/__sandbox/requests')).body).toEqual({ requests: [] });
  });

  test('the request log has no status for what was cut', async () => {
    const sandbox = await openSandbox({ faults: [{ fault: 'reset', times: 1 }] });
    await expect(sandbox.get(deals)).rejects.toThrow();
    await sandbox.get(deals);
    const { requests } = (await sandbox.get('/__sandbox/requests')).body;
    expect(requests.map((entry) => entry.status)).toEqual([null, 200]);
  });
});

test('a reset brings every account back to the seed data, the organization API’s too', async () => {
  const sandbox = await openSandbox();
  const before = (await sandbox.get('/api/pipelines')).body;
  await sandbox.post('/api/pipelines', { name: 'Renamed' });
  await sandbox.post(deals, dealPipeline('P'), { token: 'one' });
  await sandbox.call('PATCH', `${deals}/default`, { body: { label: 'Q' }, token: 'two' });
  expect((await sandbox.call('POST', '/__sandbox/reset')).status).toBe(200);
  for (const token of ['one', 'two']) {
    expect((await sandbox.get(deals, { token })).body.results).toMatchObject([{ label: 'Sales Pipeline' }]);
    expect((await sandbox.get(`${deals}/default/audit`, { token })).body.results).toEqual([]);
  }
  expect((await sandbox.get('/api/pipelines')).body).toEqual(before);
});

describe('records that a test adds', () => {
  const records = {
    token: 'test',
    objectType: 'deals',
    pipelineId: 'default',
    stageId: 'contractsent',
    recordIds: ['7', 8],
  };

  test('records sit in their stage from then on, in that account only', async () => {
    const sandbox = await openSandbox();
    expect((await sandbox.post('/__sandbox/records', records)).status).toBe(200);
    const path = `${deals}/default/stages/contractsent`;
    const refused = await sandbox.call('DELETE', path);
    expect(refused.body.context).toEqual({ stageIds: ['[contractsent]'], objectIds: ['[7, 8]'] });
    expect((await sandbox.call('DELETE', path, { token: 'other' })).status).toBe(204);
  });

  test('records that are put into another stage leave the first one', async () => {
    const sandbox = await openSandbox();
    await sandbox.post('/__sandbox/records', records);
    await sandbox.post('/__sandbox/records', { ...records, stageId: 'qualifiedtobuy' });
    expect((await sandbox.call('DELETE', `${deals}/default/stages/contractsent`)).status).toBe(204);
  });

  test('records of type Contact go to the organization API', async () => {
    const sandbox = await openSandbox();
    const pipeline = (await sandbox.get('/api/pipelines')).body as unknown as {
      _id: string;
      pipelineStages: { _id: string }[];
    };
    const target = { objectType: 'Contact', pipelineId: pipeline._id, stageId: pipeline.pipelineStages[0]!._id };
    expect((await sandbox.post('/__sandbox/records', { ...records, ...target })).status).toBe(200);
    const wrong = { ...target, pipelineId: 'f'.repeat(24) };
    expect((await sandbox.post('/__sandbox/records', { ...records, ...wrong })).status).toBe(400);
  });

  test.each([
    [{ stageId: 'nix' }, 'nix'],
    [{ pipelineId: 'nix' }, 'nix'],
    [{ objectType: 'nix' }, 'nix'],
    [{ recordIds: [] }, 'recordIds'],
    [{ recordIds: 'x' }, 'recordIds'],
    [{ token: '' }, 'token'],
    [{ more: 1 }, 'more'],
  ])('records with %j are a 400 that names %s', async (more, named) => {
    const sandbox = await openSandbox();
    const { status, body } = await sandbox.post('/__sandbox/records', { ...records, ...more });
    expect(status).toBe(400);
    expect(body.error).toContain(named);
  });
});

describe('pipelines that are put in', () => {
  const stage = {
    id: 'ODD.1',
    label: 'x'.repeat(300),
    displayOrder: 0,
    metadata: { ticketState: 'WAITING', more: '1' },
  };
  const pipeline = {
    id: 'odd',
    label: 'Odd',
    displayOrder: -1,
    stages: [stage],
    createdAt: '2019-10-30T03:30:17.883Z',
  };
  const input = { token: 'test', objectType: 'tickets', pipeline };
  const tickets = `${september}/tickets`;

  test('a pipeline is put in although no API would take it, and read and patched as it is', async () => {
    const sandbox = await openSandbox();
    expect((await sandbox.post('/__sandbox/pipelines', input)).body).toEqual({ pipelineId: 'odd' });
    expect((await sandbox.get(`${tickets}/odd`)).body).toMatchObject(pipeline);
    expect((await sandbox.get('/crm-pipelines/v1/pipelines/tickets')).body.results).toMatchObject([
      { pipelineId: '0' },
      { pipelineId: 'odd', stages: [{ stageId: 'ODD.1' }] },
    ]);
    expect((await sandbox.call('PATCH', `${tickets}/odd`, { body: { displayOrder: 4 } })).status).toBe(200);
    expect((await sandbox.get(`${tickets}/odd/stages/ODD.1`)).body.metadata).toEqual(stage.metadata);
    const again = { label: 'Odd', displayOrder: 0, stages: [{ ...stage, stageId: 'ODD.1' }] };
    expect((await sandbox.call('PUT', `${tickets}/odd`, { body: again })).status).toBe(400);
  });

  test('an archived pipeline is put in too, and only v1 shows it', async () => {
    const sandbox = await openSandbox();
    await sandbox.post('/__sandbox/pipelines', { ...input, pipeline: { ...pipeline, archived: true } });
    expect((await sandbox.get(`${tickets}/odd`)).status).toBe(404);
    const all = await sandbox.get('/crm-pipelines/v1/pipelines/tickets?includeInactive=INCLUDE_DELETED');
    expect(all.body.results).toContainEqual(expect.objectContaining({ pipelineId: 'odd', active: false }));
  });

  test.each([
    ['without an id', { ...input, pipeline: { ...pipeline, id: undefined } }],
    ['of an unknown object type', { ...input, objectType: 'nix' }],
  ])('a pipeline %s is not put in', async (_name, body) => {
    const sandbox = await openSandbox();
    expect((await sandbox.post('/__sandbox/pipelines', body)).status).toBe(400);
  });
});

test('an unknown control endpoint is a 404', async () => {
  const sandbox = await openSandbox();
  const { status, body } = await sandbox.get('/__sandbox/nix');
  expect([status, body]).toEqual([404, { error: expect.any(String) }]);
});

test('a database file keeps the data for the next start, and holds no token', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const databasePath = join(folder, 'sandbox.db');
  const first = await openSandbox({ databasePath });
  await first.post(deals, dealPipeline('P', { pipelineId: 'p' }));
  const made = (await first.post(deals, dealPipeline('Q'))).body.id;
  await first.get(deals, { token: 'very-secret' });
  await first.get('/api/pipelines', { token: 'very-secret' });
  await first.close();
  expect((await readFile(databasePath, 'latin1')).includes('very-secret')).toBe(false);
  const second = await openSandbox({ databasePath });
  expect((await second.get(`${deals}/p`)).body.label).toBe('P');
  expect((await second.post(deals, dealPipeline('R'))).body.id).not.toBe(made);
});
