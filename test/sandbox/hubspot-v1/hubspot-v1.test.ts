import { describe, expect, test } from 'vitest';
import { openSandbox, september, v1, v3 } from '../open-sandbox.ts';

const stage = (stageId: string, displayOrder: number, more: object = {}) => ({
  stageId,
  label: `Stage ${stageId}`,
  displayOrder,
  metadata: { probability: 0.5 },
  active: true,
  ...more,
});
const pipeline = (label: string, more: object = {}) => ({
  label,
  displayOrder: 1,
  active: true,
  stages: [stage('one', 0), stage('two', 1)],
  ...more,
});

test('v1 lists pipelines under its own names, times as numbers, metadata as strings, stages unsorted', async () => {
  const sandbox = await openSandbox();
  const { status, body } = await sandbox.get(`${v1}/deals`);
  expect(status).toBe(200);
  const [first] = body.results;
  expect(first).toMatchObject({
    pipelineId: 'default',
    label: 'Sales Pipeline',
    displayOrder: 0,
    active: true,
    default: true,
    objectType: 'DEAL',
    objectTypeId: '0-3',
    createdAt: 0,
    updatedAt: null,
  });
  expect(first!.stages).toContainEqual({
    stageId: 'closedwon',
    label: 'Closed Won',
    displayOrder: 5,
    active: true,
    createdAt: 0,
    updatedAt: null,
    metadata: { isClosed: 'true', probability: '1.0' },
  });
  expect(first!.stages.map((each) => each.displayOrder)).not.toEqual([0, 1, 2, 3, 4, 5, 6]);
});

test('v1 takes an object type’s singular too, and no other object type', async () => {
  const sandbox = await openSandbox();
  expect((await sandbox.get(`${v1}/deal`)).body).toEqual((await sandbox.get(`${v1}/deals`)).body);
  expect((await sandbox.get(`${v1}/tickets`)).body.results).toMatchObject([{ objectType: 'TICKET', pipelineId: '0' }]);
  for (const name of ['orders', '0-3']) expect((await sandbox.get(`${v1}/${name}`)).status).toBe(400);
});

test('v1 has no GET of one pipeline, no stage and no audit endpoints', async () => {
  const sandbox = await openSandbox();
  for (const path of ['deals/default', 'deals/default/stages', 'deals/default/audit']) {
    expect((await sandbox.get(`${v1}/${path}`)).status).toBe(404);
  }
});

test('v1 creates with a 200, generates the pipelineId, and the other versions show it', async () => {
  const sandbox = await openSandbox();
  const { status, body } = await sandbox.post(`${v1}/deals`, pipeline('P'));
  expect(status).toBe(200);
  expect(body.pipelineId).toMatch(/^\d+$/);
  expect(body.stages.map((each) => each.metadata)).toContainEqual({ isClosed: 'false', probability: '0.5' });
  const inSeptember = await sandbox.get(`${september}/deals/${body.pipelineId}`);
  expect(inSeptember.body.stages.map((each) => each.id).toSorted()).toEqual(['one', 'two']);
});

describe('creates that v1 refuses', () => {
  test('v1 refuses a create with an upper-case stage id by a complaint about a property, without a category', async () => {
    const sandbox = await openSandbox();
    const { status, body } = await sandbox.post(`${v1}/deals`, pipeline('P', { stages: [stage('One', 0)] }));
    expect(status).toBe(400);
    expect(body).toEqual({
      status: 'error',
      message: 'Property name must be lowercase, but given: hs_date_entered_One',
      correlationId: expect.any(String),
      requestId: expect.any(String),
    });
  });

  test.each([
    ['with a dot in a stage id', { stages: [stage('a.b', 0)] }],
    ['with a stage id of 37 characters', { stages: [stage('s'.repeat(37), 0)] }],
    ['with a pipelineId of 37 characters', { pipelineId: 'p'.repeat(37) }],
    ['with a label of 37 characters', { label: 'x'.repeat(37) }],
    ['with a stage label of 37 characters', { stages: [stage('a', 0, { label: 'x'.repeat(37) })] }],
    ['without active', { active: undefined }],
    ['without a stageId', { stages: [{ label: 'a', displayOrder: 0, metadata: { probability: 0.5 } }] }],
    ['without stages', { stages: [] }],
    ['with 101 stages', { stages: Array.from({ length: 101 }, (_, place) => stage(`s${place}`, place)) }],
    ['without a probability', { stages: [stage('a', 0, { metadata: {} })] }],
    ['with a probability between two tenths', { stages: [stage('a', 0, { metadata: { probability: 0.25 } })] }],
    ['with a taken label', { label: 'sales pipeline' }],
    ['with a taken pipelineId', { pipelineId: 'default' }],
  ])('v1 refuses a create %s by a 400 without a category', async (_name, more) => {
    const sandbox = await openSandbox();
    const { status, body } = await sandbox.post(`${v1}/deals`, pipeline('P', more));
    expect(status).toBe(400);
    expect(Object.keys(body)).toEqual(['status', 'message', 'correlationId', 'requestId']);
  });

  test('v1 refuses a create with a stage id that another pipeline has', async () => {
    const sandbox = await openSandbox();
    const { status } = await sandbox.post(`${v1}/deals`, pipeline('P', { stages: [stage('closedwon', 0)] }));
    expect(status).toBe(409);
  });
});

describe('PUT', () => {
  test('v1’s PUT replaces the stages as a whole: named ones keep their id, chosen ids are taken, the rest is gone', async () => {
    const sandbox = await openSandbox();
    await sandbox.post(`${v1}/deals`, pipeline('P', { pipelineId: 'p' }));
    const stages = [stage('two', 0, { label: 'Kept' }), stage('three', 1)];
    const { status, body } = await sandbox.call('PUT', `${v1}/deals/p`, { body: pipeline('Q', { stages }) });
    expect(status).toBe(200);
    expect(body.label).toBe('Q');
    const labels = Object.fromEntries(body.stages.map((each) => [each.stageId, each.label]));
    expect(labels).toEqual({ two: 'Kept', three: 'Stage three' });
  });

  test('v1’s PUT takes ids as they are that exist already, upper case and all', async () => {
    const sandbox = await openSandbox();
    const stages = [{ stageId: 'ODD.Id', label: 'a', displayOrder: 0, metadata: { probability: '0.1' } }];
    await sandbox.post(`${v3}/deals`, { label: 'P', displayOrder: 0, pipelineId: 'P.1', stages });
    const put = await sandbox.call('PUT', `${v1}/deals/P.1`, { body: pipeline('Q', { stages: [stage('ODD.Id', 0)] }) });
    expect([put.status, put.body.stages[0]!.stageId]).toEqual([200, 'ODD.Id']);
  });

  test('v1’s PUT takes long labels and odd probabilities that are there already, and no new ones', async () => {
    const sandbox = await openSandbox();
    const long = 'x'.repeat(57);
    const stages = [{ stageId: 'a', label: long, displayOrder: 0, metadata: { probability: '0.25' } }];
    await sandbox.post(`${v3}/deals`, { label: `P${long}`, displayOrder: 0, pipelineId: 'p', stages });
    const put = (body: object) => sandbox.call('PUT', `${v1}/deals/p`, { body });
    expect((await put({ label: `P${long}`, stages: [{ stageId: 'a', label: long, displayOrder: 3 }] })).status).toBe(
      200,
    );
    expect((await put({ label: `Q${long}` })).status).toBe(400);
    expect((await put({ stages: [{ stageId: 'a', label: `${long}y` }] })).status).toBe(400);
    expect((await put({ stages: [{ stageId: 'a', metadata: { probability: 0.35 } }] })).status).toBe(400);
  });

  test('v1’s PUT leaves alone what it does not name', async () => {
    const sandbox = await openSandbox();
    const { status, body } = await sandbox.call('PUT', `${v1}/deals/default`, { body: { label: 'Renamed' } });
    expect(status).toBe(200);
    expect(body).toMatchObject({ label: 'Renamed', displayOrder: 0, active: true });
    expect(body.stages).toHaveLength(7);
  });

  test('v1’s PUT of a missing pipeline is a 404 without a category', async () => {
    const sandbox = await openSandbox();
    const { status, body } = await sandbox.call('PUT', `${v1}/deals/nix`, { body: pipeline('P') });
    expect(status).toBe(404);
    expect(body).not.toHaveProperty('category');
  });
});

describe('DELETE', () => {
  test('v1’s DELETE hides the pipeline: later versions do not have it, and v1 shows it inactive if asked to', async () => {
    const sandbox = await openSandbox();
    await sandbox.post(`${v1}/deals`, pipeline('P', { pipelineId: 'p' }));
    const gone = await sandbox.call('DELETE', `${v1}/deals/p`);
    expect([gone.status, gone.text]).toEqual([204, '']);
    expect((await sandbox.get(`${september}/deals/p`)).status).toBe(404);
    expect((await sandbox.get(`${v1}/deals`)).body.results).toHaveLength(1);
    const all = (await sandbox.get(`${v1}/deals?includeInactive=INCLUDE_DELETED`)).body.results;
    expect(all.find((each) => each.pipelineId === 'p')).toMatchObject({ active: false });
    expect((await sandbox.call('DELETE', `${v1}/deals/p`)).status).toBe(404);
  });

  test('v1’s DELETE can be undone by a PUT with active', async () => {
    const sandbox = await openSandbox();
    await sandbox.post(`${v1}/deals`, pipeline('P', { pipelineId: 'p' }));
    await sandbox.call('DELETE', `${v1}/deals/p`);
    await sandbox.call('PUT', `${v1}/deals/p`, { body: { active: true } });
    expect((await sandbox.get(`${september}/deals/p`)).status).toBe(200);
  });

  test('v1’s DELETE of a missing pipeline is a 404', async () => {
    const sandbox = await openSandbox();
    expect((await sandbox.call('DELETE', `${v1}/deals/nix`)).status).toBe(404);
  });
});

test('v1’s includeInactive is a word, not a boolean', async () => {
  const sandbox = await openSandbox();
  expect((await sandbox.get(`${v1}/deals?includeInactive=EXCLUDE_DELETED`)).status).toBe(200);
  expect((await sandbox.get(`${v1}/deals?includeInactive=true`)).status).toBe(400);
});

test('v1 answers everything with a 410 after the day of its end, and the other versions go on', async () => {
  const yesterday = new Date(Date.now() - 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
  const sandbox = await openSandbox({ v1Sunset: yesterday });
  expect((await sandbox.get(`${v1}/deals`)).status).toBe(410);
  expect((await sandbox.post(`${v1}/deals`, pipeline('P'))).status).toBe(410);
  expect((await sandbox.get(`${september}/deals`)).body.results).toHaveLength(1);
});

test('v1 goes on until the day of its end is over, and for ever if there is none', async () => {
  for (const options of [{ v1Sunset: '9999-12-31' }, {}]) {
    const sandbox = await openSandbox(options);
    expect((await sandbox.get(`${v1}/deals`)).status).toBe(200);
  }
});

test('v1 answers malformed JSON with a 400 in its own form', async () => {
  const sandbox = await openSandbox();
  const { status, body } = await sandbox.post(`${v1}/deals`, '{');
  expect([status, Object.keys(body)]).toEqual([400, ['status', 'message', 'correlationId', 'requestId']]);
});
