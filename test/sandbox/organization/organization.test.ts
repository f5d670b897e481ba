import { DatabaseSync } from 'node:sqlite';
import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addOrganizationRecords, organizationApi, resetOrganization } from '../../../sandbox/organization/index.ts';

type Stage = { _id: string; name: string; color: string; position: number };
type Pipeline = { _id: string; name: string; type: string; isDefault: boolean; pipelineStages: Stage[] };
type Answer = { status: number; body: Record<string, unknown> };

const token = 'token-of-a-test';
const unknownId = 'f'.repeat(24);

let app: FastifyInstance;
let database: DatabaseSync;
let origin: string;

beforeEach(async () => {
  database = new DatabaseSync(':memory:');
  app = fastify();
  organizationApi(app, database);
  origin = await app.listen({ port: 0, host: '127.0.0.1' });
});

afterEach(async () => {
  await app.close();
  database.close();
});

async function call(method: string, path: string, body?: unknown, bearer: string | null = token): Promise<Answer> {
  const headers = new Headers();
  if (bearer !== null) headers.set('authorization', `Bearer ${bearer}`);
  if (body !== undefined) headers.set('content-type', 'application/json');
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(`${origin}/api${path}`, { method, headers, body: text ?? null });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

async function readPipeline(query = '', bearer = token): Promise<Pipeline> {
  const { status, body } = await call('GET', `/pipelines${query}`, undefined, bearer);
  expect(status).toBe(200);
  return body as Pipeline;
}

async function createPipeline(name: string, more: object = {}, type = 'Contact'): Promise<Pipeline> {
  const pipelineStages = [{ name: 'Open' }, { name: 'Closed' }];
  const { status, body } = await call('POST', `/pipelines/create?type=${type}`, { name, pipelineStages, ...more });
  expect(status).toBe(201);
  return body['pipeline'] as Pipeline;
}

/** How many records are in a stage, learnt by moving them on: the API has no other way to count. */
async function countRecords(stage: Stage, others: readonly Stage[]): Promise<unknown> {
  const target = others.find(({ _id }) => _id !== stage._id)!;
  const { body } = await call('POST', '/pipelines/stages/reassign', {
    sourceStageId: stage._id,
    targetStageId: target._id,
  });
  return body['recordsTransferred'];
}

function stageNames({ pipelineStages }: Pipeline): string[] {
  return pipelineStages.map(({ name }) => name);
}

const refusal = (status: number) => ({ status, body: { error: expect.any(String) as string } });

describe('access', () => {
  test.each([
    ['no token', null, 401, 'Invalid or expired token'],
    ['an expired token', 'sandbox-expired', 401, 'Invalid or expired token'],
    ['an invalid token', 'sandbox-invalid', 401, 'Invalid or expired token'],
    ['a token without a role', 'sandbox-no-scopes', 403, 'Insufficient permissions'],
  ])('refuses %s on every route, before it reads the body', async (_name, bearer, status, error) => {
    const routes = [
      ['GET', '/auth/verify-token'],
      ['GET', '/pipelines'],
      ['POST', '/pipelines'],
      ['POST', '/pipelines/create'],
      ['POST', '/pipelines/stages/reassign'],
      ['DELETE', `/pipelines/${unknownId}`],
    ] as const;
    for (const [method, path] of routes) {
      const body = method === 'GET' ? undefined : '{not json';
      expect(await call(method, path, body, bearer)).toEqual({ status, body: { error } });
    }
  });

  test('hides what went wrong inside', async () => {
    database.exec('DROP TABLE organization_pipelines');
    expect(await call('GET', '/pipelines')).toEqual({ status: 500, body: { error: 'Internal server error' } });
  });

  test('refuses an Authorization header of another scheme', async () => {
    const response = await fetch(`${origin}/api/pipelines`, { headers: { authorization: `Basic ${token}` } });
    expect(response.status).toBe(401);
  });

  test('tells of a good token that it is good', async () => {
    expect(await call('GET', '/auth/verify-token')).toEqual({ status: 200, body: { message: 'Token is good' } });
  });

  test('lets a user log in without a token, always as the same one, into the organization of the token', async () => {
    const login = () => call('POST', '/auth/login', { email: 'Ada@example.com', password: 'secret' }, null);
    const first = await login();
    expect(first).toEqual(await login());
    expect(first).toMatchObject({ status: 200, body: { user: { email: 'ada@example.com', fullName: 'ada' } } });
    const { token: bearer, user } = first.body as { token: string; user: { organizationId: string; id: string } };
    const pipeline = await readPipeline('', bearer);
    expect(pipeline).toMatchObject({ organizationId: user.organizationId, createdBy: user.id });
  });

  test.each([{}, { email: 'nobody', password: 'secret' }, { email: 'ada@example.com' }])(
    'refuses the login %j',
    async (body) => {
      expect(await call('POST', '/auth/login', body, null)).toEqual(refusal(400));
    },
  );
});

describe('reading', () => {
  test('answers with the bare default pipeline of the type, Contact unless said', async () => {
    const pipeline = await readPipeline();
    const hexId = expect.stringMatching(/^[0-9a-f]{24}$/) as string;
    expect(pipeline).toEqual({
      _id: hexId,
      name: 'Contacts',
      description: 'From first contact to a signed contract',
      organizationId: hexId,
      type: 'Contact',
      isDefault: true,
      isActive: true,
      stages: pipeline.pipelineStages.map(({ name, color }) => ({ name, color })),
      pipelineStageIds: pipeline.pipelineStages.map(({ _id }) => _id),
      pipelineStages: [
        { _id: hexId, name: 'New Lead', color: '#3B82F6', position: 0 },
        { _id: hexId, name: 'Qualified Lead', color: '#10B981', position: 1 },
        { _id: hexId, name: 'Won', color: '#F59E0B', position: 2 },
        { _id: hexId, name: 'Lost', color: '#EF4444', position: 3 },
      ],
      createdBy: hexId,
      updatedBy: hexId,
    });
    expect(await readPipeline('?type=Application')).toMatchObject({ type: 'Application', isDefault: true });
  });

  test('trap: the id decides alone, so a pipeline is found whatever type stands beside its id', async () => {
    const { _id } = await readPipeline('?type=Application');
    expect(await readPipeline(`?type=Contact&pipelineId=${_id.toUpperCase()}`)).toMatchObject({ _id });
  });

  test.each([
    ['an unknown id', `?pipelineId=${unknownId}`, 404],
    ['an id that is not 24 hex digits', '?pipelineId=17', 400],
    ['an empty id', '?pipelineId=', 400],
    ['an unknown type', '?type=Deal', 400],
  ])('refuses %s', async (_name, query, status) => {
    expect(await call('GET', `/pipelines${query}`)).toEqual(refusal(status));
  });

  test('gives each token an organization of its own, the same again after a reset', async () => {
    const mine = await readPipeline();
    const theirs = await readPipeline('', 'another-token');
    expect(theirs._id).not.toBe(mine._id);
    expect(await call('GET', `/pipelines?pipelineId=${theirs._id}`)).toEqual(refusal(404));
    const stages = { sourceStageId: mine.pipelineStages[0]!._id, targetStageId: mine.pipelineStages[1]!._id };
    expect(await call('POST', '/pipelines/stages/reassign', stages, 'another-token')).toEqual(refusal(404));

    await call('POST', '/pipelines', { name: 'Changed' });
    resetOrganization(database);
    expect(await readPipeline()).toEqual(mine);
  });

  test('trap: there is no list call', async () => {
    await createPipeline('Second');
    expect(await readPipeline()).toMatchObject({ name: 'Contacts' });
    expect(await call('GET', '/pipelines/all')).toEqual(refusal(404));
  });
});

describe('editing', () => {
  test('trap: an edit without an id changes the default pipeline of the type', async () => {
    const other = await createPipeline('Other');
    await call('POST', '/pipelines?type=Application', { name: 'Renamed', description: null });
    expect(await readPipeline('?type=Application')).toMatchObject({ name: 'Renamed', isDefault: true });
    expect(await readPipeline('?type=Application')).not.toHaveProperty('description');
    expect(await readPipeline()).toMatchObject({ name: 'Contacts' });
    expect(await readPipeline(`?pipelineId=${other._id}`)).toMatchObject({ name: 'Other' });
  });

  test('trap: the answer to an edit holds a shortened pipeline, without stages', async () => {
    const { _id } = await createPipeline('Other');
    expect(await call('POST', '/pipelines', { pipelineId: _id, name: '  Trimmed  ' })).toEqual({
      status: 200,
      body: {
        message: 'Pipeline updated',
        pipeline: { _id, name: 'Trimmed', type: 'Contact', isDefault: false },
        contactsMigrated: {},
      },
    });
  });

  test('an edit of nothing, even without a body, changes nothing', async () => {
    const before = await readPipeline();
    expect(await call('POST', '/pipelines')).toMatchObject({ status: 200 });
    expect(await call('POST', '/pipelines', '')).toMatchObject({ status: 200 });
    expect(await readPipeline()).toEqual(before);
  });

  test('trap: stages left out are deactivated with their records, which block the deletion of the pipeline', async () => {
    const { _id, pipelineStages } = await createPipeline('Other');
    const [open, closed] = pipelineStages as [Stage, Stage];
    addOrganizationRecords(database, token, 'Contact', _id, open._id, ['1', '2']);
    await call('POST', '/pipelines', {
      pipelineId: _id,
      pipelineStages: [{ _id: closed._id, name: 'Done', color: '#000000' }, { name: 'New' }],
    });
    const edited = await readPipeline(`?pipelineId=${_id}`);
    expect(edited.pipelineStages).toEqual([
      { _id: closed._id, name: 'Done', color: '#000000', position: 0 },
      { _id: expect.any(String) as string, name: 'New', color: '#6B7280', position: 1 },
    ]);
    expect(await call('DELETE', `/pipelines/${_id}`, {})).toEqual(refusal(400));
    expect(await countRecords(open, edited.pipelineStages)).toBe(2);
  });

  test('trap: a stage sent without its _id is a new one, even under the old name', async () => {
    const { pipelineStages } = await readPipeline();
    await call('POST', '/pipelines', { pipelineStages: pipelineStages.map(({ _id, ...content }) => content) });
    const edited = await readPipeline();
    expect(stageNames(edited)).toEqual(pipelineStages.map(({ name }) => name));
    const oldIds = pipelineStages.map(({ _id }) => _id);
    expect(edited.pipelineStages.filter(({ _id }) => oldIds.includes(_id))).toEqual([]);
    expect(await countRecords(pipelineStages[0]!, edited.pipelineStages)).toBe(3);
  });

  test('a deactivated stage comes back, with its records, when it is named by its _id', async () => {
    const { pipelineStages } = await readPipeline();
    await call('POST', '/pipelines', { pipelineStages: pipelineStages.slice(1) });
    await call('POST', '/pipelines', { pipelineStages });
    expect((await readPipeline()).pipelineStages).toEqual(pipelineStages);
    expect(await countRecords(pipelineStages[0]!, pipelineStages)).toBe(3);
  });

  test('orders stages by their positions, not by their places in the list', async () => {
    await call('POST', '/pipelines', {
      pipelineStages: [
        { name: 'Last', position: 7 },
        { name: 'First', position: 2 },
      ],
    });
    expect(stageNames(await readPipeline())).toEqual(['First', 'Last']);
  });

  test.each([
    ['a taken name', { name: ' Applications ' }, 400],
    ['an empty name', { name: '  ' }, 400],
    ['an empty stage list', { pipelineStages: [] }, 400],
    ['a colour that is not #RRGGBB', { pipelineStages: [{ name: 'A', color: 'red' }] }, 400],
    ['a negative position', { pipelineStages: [{ name: 'A', position: -1 }] }, 400],
    ['a stage id of the wrong form', { pipelineStages: [{ _id: 'x', name: 'A' }] }, 400],
    ['an unknown stage', { pipelineStages: [{ name: 'A' }, { _id: unknownId, name: 'B' }] }, 404],
    ['an unknown pipeline, which it does not create', { pipelineId: unknownId, name: 'A' }, 404],
    ['a pipeline id of the wrong form', { pipelineId: 'x' }, 400],
    ['malformed JSON', '{"name":', 400],
    ['JSON that is no object', '[]', 400],
  ])('refuses %s and changes nothing', async (_name, body, status) => {
    const before = await readPipeline();
    expect(await call('POST', '/pipelines', body)).toEqual(refusal(status));
    expect(await readPipeline()).toEqual(before);
  });

  test('lets a pipeline keep its own name', async () => {
    expect(await call('POST', '/pipelines', { name: 'Contacts' })).toMatchObject({ status: 200 });
  });
});

describe('legacy stages', () => {
  test('rename a stage in place, merge into one that exists, add one, and leave the others alone', async () => {
    const [newLead, , won, lost] = (await readPipeline()).pipelineStages as [Stage, Stage, Stage, Stage];
    const { body } = await call('POST', '/pipelines', {
      stages: [
        { oldStage: 'New Lead', newStage: 'New', color: '#111111' },
        { oldStage: 'Qualified Lead', newStage: 'Won' },
        { newStage: 'Parked', color: '#222222' },
        { oldStage: 'Unheard Of', newStage: 'New' },
      ],
    });
    expect(body['contactsMigrated']).toEqual({
      'New Lead -> New': 3,
      'Qualified Lead -> Won': 2,
      'Unheard Of -> New': 0,
    });
    const edited = await readPipeline();
    expect(edited.pipelineStages).toEqual([
      { ...newLead, name: 'New', color: '#111111', position: 0 },
      { ...won, position: 1 },
      { ...lost, position: 2 },
      { _id: expect.any(String) as string, name: 'Parked', color: '#222222', position: 3 },
    ]);
    expect(await countRecords(won, edited.pipelineStages)).toBe(3);
  });

  test('swap two stages without mixing their records', async () => {
    const [newLead, qualified] = (await readPipeline()).pipelineStages as [Stage, Stage];
    const { body } = await call('POST', '/pipelines', {
      stages: [
        { oldStage: 'New Lead', newStage: 'Qualified Lead' },
        { oldStage: 'Qualified Lead', newStage: 'New Lead' },
      ],
    });
    expect(body['contactsMigrated']).toEqual({ 'New Lead -> Qualified Lead': 3, 'Qualified Lead -> New Lead': 2 });
    const edited = await readPipeline();
    expect(edited.pipelineStages[0]).toMatchObject({ _id: newLead._id, name: 'Qualified Lead' });
    expect(await countRecords(qualified, edited.pipelineStages)).toBe(2);
  });

  test('a pair that keeps the name only changes the colour', async () => {
    const stages = [{ oldStage: 'Won', newStage: 'Won', color: '#000000' }];
    const { body } = await call('POST', '/pipelines', { stages });
    expect(body['contactsMigrated']).toEqual({});
    expect((await readPipeline()).pipelineStages[2]).toMatchObject({ name: 'Won', color: '#000000', position: 2 });
  });

  test('trap: sent together, pipelineStages are the list and stages only tell where records go', async () => {
    const { body } = await call('POST', '/pipelines', {
      pipelineStages: [{ name: 'New' }, { name: 'Qualified' }],
      stages: [
        { oldStage: 'New Lead', newStage: 'New', color: '#111111' },
        { oldStage: 'Qualified Lead', newStage: 'Qualified' },
      ],
    });
    expect(body['contactsMigrated']).toEqual({ 'New Lead -> New': 3, 'Qualified Lead -> Qualified': 2 });
    const edited = await readPipeline();
    expect(edited.pipelineStages).toMatchObject([
      { name: 'New', color: '#6B7280' },
      { name: 'Qualified', color: '#6B7280' },
    ]);
    expect(await countRecords(edited.pipelineStages[0]!, edited.pipelineStages)).toBe(3);
  });

  test('reach records that an earlier edit left behind in a deactivated stage', async () => {
    await call('POST', '/pipelines', { pipelineStages: [{ name: 'New' }] });
    const { body } = await call('POST', '/pipelines', { stages: [{ oldStage: 'New Lead', newStage: 'New' }] });
    expect(body['contactsMigrated']).toEqual({ 'New Lead -> New': 3 });
  });

  test('refuse a new stage that the list beside them lacks, and an old stage named twice', async () => {
    const before = await readPipeline();
    const unlisted = { pipelineStages: [{ name: 'New' }], stages: [{ oldStage: 'New Lead', newStage: 'Newer' }] };
    const pair = { oldStage: 'Won', newStage: 'A' };
    expect(await call('POST', '/pipelines', unlisted)).toEqual(refusal(400));
    expect(await call('POST', '/pipelines', { stages: [pair, { ...pair, newStage: 'B' }] })).toEqual(refusal(400));
    expect(await readPipeline()).toEqual(before);
  });

  test('trap: the counts are called contactsMigrated for Applications too', async () => {
    const stages = [{ oldStage: 'Submitted', newStage: 'Received' }];
    const { body } = await call('POST', '/pipelines?type=Application', { stages });
    expect(body['contactsMigrated']).toEqual({ 'Submitted -> Received': 2 });
  });
});

describe('creating', () => {
  test('answers with the whole pipeline, which is not the default and is reached by its id', async () => {
    const answer = await call('POST', '/pipelines/create?type=Application', {
      name: ' Second ',
      pipelineStages: [{ _id: unknownId, name: 'A', color: '#111111', position: 0 }],
      stages: [{ newStage: 'Ignored' }],
    });
    expect(answer).toMatchObject({
      status: 201,
      body: { message: 'Pipeline created', pipeline: { name: 'Second', type: 'Application', isDefault: false } },
    });
    const pipeline = answer.body['pipeline'] as Pipeline;
    expect(stageNames(pipeline)).toEqual(['A']);
    expect(pipeline.pipelineStages[0]!._id).not.toBe(unknownId);
    expect(await readPipeline(`?pipelineId=${pipeline._id}`)).toEqual(pipeline);
  });

  test('takes the new names of legacy stages where no pipelineStages are sent', async () => {
    const stages = [{ oldStage: 'Whatever', newStage: 'A', color: '#111111' }, { newStage: 'B' }];
    const created = await createPipeline('Legacy', { pipelineStages: undefined, stages });
    expect(created.pipelineStages).toMatchObject([
      { name: 'A', color: '#111111', position: 0 },
      { name: 'B', position: 1 },
    ]);
  });

  test('trap: isDefault moves the flag, so the next edit without an id goes to the new pipeline', async () => {
    const old = await readPipeline();
    const created = await createPipeline('New default', { isDefault: true });
    await call('POST', '/pipelines', { description: 'Edited' });
    expect(await readPipeline()).toMatchObject({ _id: created._id, isDefault: true, description: 'Edited' });
    expect(await readPipeline(`?pipelineId=${old._id}`)).toEqual({ ...old, isDefault: false });
    expect(await readPipeline('?type=Application')).toMatchObject({ isDefault: true });
  });

  test.each([
    ['no name', { pipelineStages: [{ name: 'A' }] }],
    ['a name that a pipeline of the other type has', { name: 'Applications', pipelineStages: [{ name: 'A' }] }],
    ['no stages', { name: 'New' }],
    ['an empty stage list, legacy stages or not', { name: 'New', pipelineStages: [], stages: [{ newStage: 'A' }] }],
  ])('refuses %s', async (_name, body) => {
    expect(await call('POST', '/pipelines/create', body)).toEqual(refusal(400));
  });
});

describe('deleting', () => {
  test('trap: the body of the DELETE names where records go, also those in deactivated stages', async () => {
    const { _id, pipelineStages } = await createPipeline('Doomed');
    const [open, closed] = pipelineStages as [Stage, Stage];
    addOrganizationRecords(database, token, 'Contact', _id, open._id, ['1', '2']);
    addOrganizationRecords(database, token, 'Contact', _id, closed._id, ['3']);
    await call('POST', '/pipelines', { pipelineId: _id, pipelineStages: [closed] });
    expect(await call('DELETE', `/pipelines/${_id}`)).toEqual(refusal(400));
    expect(await call('DELETE', `/pipelines/${_id}`, {})).toEqual(refusal(400));

    const target = await readPipeline();
    const [first] = target.pipelineStages as [Stage];
    expect(await call('DELETE', `/pipelines/${_id}`, { targetPipelineId: target._id })).toEqual({
      status: 200,
      body: {
        message: 'Pipeline deleted',
        pipelineId: _id,
        recordsTransferred: 3,
        movedToPipeline: { id: target._id, name: 'Contacts' },
        movedToStage: { id: first._id, name: 'New Lead' },
      },
    });
    expect(await call('GET', `/pipelines?pipelineId=${_id}`)).toEqual(refusal(404));
    expect(await countRecords(first, target.pipelineStages)).toBe(6);
  });

  test('needs no target while no records are assigned, and frees the name', async () => {
    const { _id } = await createPipeline('Empty');
    expect(await call('DELETE', `/pipelines/${_id}`)).toEqual({
      status: 200,
      body: { message: 'Pipeline deleted', pipelineId: _id, recordsTransferred: 0 },
    });
    await createPipeline('Empty');
  });

  test('trap: the default pipeline cannot be deleted, target or not', async () => {
    const [{ _id }, other] = [await readPipeline(), await createPipeline('Other')];
    expect(await call('DELETE', `/pipelines/${_id}`, { targetPipelineId: other._id })).toEqual(refusal(400));
  });

  test('refuses ids and targets that do not fit', async () => {
    const { _id } = await createPipeline('Doomed');
    const application = await readPipeline('?type=Application');
    const target = async (targetPipelineId: string) => call('DELETE', `/pipelines/${_id}`, { targetPipelineId });
    expect(await call('DELETE', '/pipelines/17')).toEqual(refusal(400));
    expect(await call('DELETE', `/pipelines/${unknownId}`)).toEqual(refusal(404));
    expect(await target('17')).toEqual(refusal(400));
    expect(await target(unknownId)).toEqual(refusal(404));
    expect(await target(_id)).toEqual(refusal(400));
    expect(await target(application._id)).toEqual(refusal(400));
    expect(await readPipeline(`?pipelineId=${_id}`)).toMatchObject({ name: 'Doomed' });
  });
});

describe('reassigning a stage', () => {
  test('moves the records and deactivates the source', async () => {
    const pipeline = await readPipeline();
    const [newLead, qualified] = pipeline.pipelineStages as [Stage, Stage];
    const body = { sourceStageId: newLead._id, targetStageId: qualified._id };
    expect(await call('POST', '/pipelines/stages/reassign', body)).toEqual({
      status: 200,
      body: {
        success: true,
        recordsTransferred: 3,
        sourceStage: { id: newLead._id, name: 'New Lead' },
        targetStage: { id: qualified._id, name: 'Qualified Lead' },
      },
    });
    expect(stageNames(await readPipeline())).toEqual(['Qualified Lead', 'Won', 'Lost']);
    expect(await countRecords(qualified, pipeline.pipelineStages.slice(1))).toBe(5);
  });

  test('refuses stages that do not fit', async () => {
    const { pipelineStages } = await readPipeline();
    const [source, inactive] = pipelineStages.map(({ _id }) => _id) as [string, string];
    const foreign = (await readPipeline('?type=Application')).pipelineStages[0]!._id;
    await call('POST', '/pipelines', { pipelineStages: pipelineStages.filter(({ _id }) => _id !== inactive) });
    const before = await readPipeline();
    const target = async (targetStageId?: string) =>
      call('POST', '/pipelines/stages/reassign', { sourceStageId: source, targetStageId });
    expect(await target()).toEqual(refusal(400));
    expect(await target('17')).toEqual(refusal(400));
    expect(await target(unknownId)).toEqual(refusal(404));
    expect(await target(source)).toEqual(refusal(400));
    expect(await target(foreign)).toEqual(refusal(400));
    expect(await target(inactive)).toEqual(refusal(400));
    expect(await readPipeline()).toEqual(before);
  });
});

test('keeps its own bodies, errors and data in a server that treats all three differently', async () => {
  const { name } = await readPipeline();
  await call('POST', '/pipelines', { name: `${name}, kept` });
  await app.close();
  app = fastify();
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, async () => ({ name: 'Read by the server' }));
  app.setErrorHandler(async () => ({ message: 'Told by the server' }));
  organizationApi(app, database);
  origin = await app.listen({ port: 0, host: '127.0.0.1' });
  expect(await readPipeline()).toMatchObject({ name: `${name}, kept` });
  expect(await call('POST', '/pipelines', '{"name":')).toEqual(refusal(400));
  await call('POST', '/pipelines', { name: 'Read by the API' });
  expect(await readPipeline()).toMatchObject({ name: 'Read by the API' });
});

test('records are added only where type, pipeline and stage fit together', async () => {
  const { _id, pipelineStages } = await readPipeline();
  const { pipelineStages: others } = await readPipeline('?type=Application');
  const add = (type: 'Contact' | 'Application', stage: Stage) =>
    addOrganizationRecords(database, token, type, _id, stage._id, ['1']);
  expect(() => add('Application', pipelineStages[0]!)).toThrow('records of type Contact');
  expect(() => add('Contact', others[0]!)).toThrow('is not in pipeline');
  add('Contact', pipelineStages[0]!);
  expect(await countRecords(pipelineStages[0]!, pipelineStages)).toBe(4);
});
