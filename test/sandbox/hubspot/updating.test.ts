import { describe, expect, test } from 'vitest';
import { dealPipeline, dealStage, march, openSandbox, orders, september, v3 } from '../open-sandbox.ts';
import type { TestSandbox } from '../open-sandbox.ts';

const deals = `${september}/deals`;

/** A pipeline `p` with the stages a, b and c on 0, 1 and 2. */
async function openWithPipeline(): Promise<TestSandbox> {
  const sandbox = await openSandbox();
  const stages = ['a', 'b', 'c'].map((id, place) => dealStage(id.toUpperCase(), place, { stageId: id }));
  await sandbox.post(deals, dealPipeline('P', { pipelineId: 'p', stages }));
  return sandbox;
}

describe.each([v3, march, september])('%s: PATCH of a pipeline', (api) => {
  test('a PATCH of a pipeline changes what is sent, and moves updatedAt of the pipeline and of every stage', async () => {
    const sandbox = await openWithPipeline();
    const before = (await sandbox.get(`${api}/deals/p`)).body;
    const patched = await sandbox.call('PATCH', `${api}/deals/p`, { body: { displayOrder: 9, id: 'other', foo: 1 } });
    expect(patched.status).toBe(200);
    const after = (await sandbox.get(`${api}/deals/p`)).body;
    expect(after).toMatchObject({ id: 'p', label: 'P', displayOrder: 9, createdAt: before.createdAt });
    expect(after.updatedAt > before.updatedAt).toBe(true);
    expect(after.stages.map((stage) => stage.updatedAt)).toEqual(after.stages.map(() => after.updatedAt));
  });
});

describe('PATCH of a pipeline', () => {
  test.each([true, false])(
    'a PATCH of a pipeline is refused with archived %s, as there is nothing to restore',
    async (archived) => {
      const sandbox = await openWithPipeline();
      const { status, body } = await sandbox.call('PATCH', `${deals}/p`, { body: { archived } });
      expect([status, body.category]).toEqual([400, 'VALIDATION_ERROR']);
    },
  );

  test('a PATCH of a pipeline is refused with another pipeline’s label, but may repeat its own in another case', async () => {
    const sandbox = await openWithPipeline();
    expect((await sandbox.call('PATCH', `${deals}/p`, { body: { label: 'sales PIPELINE' } })).status).toBe(400);
    expect((await sandbox.call('PATCH', `${deals}/p`, { body: { label: 'p' } })).status).toBe(200);
  });

  test('a PATCH of a missing pipeline is an empty 404, whatever the client accepts', async () => {
    const sandbox = await openSandbox();
    for (const accept of ['application/json', '*/*']) {
      const { status, text } = await sandbox.call('PATCH', `${deals}/nix`, { body: {}, headers: { accept } });
      expect([status, text]).toEqual([404, '']);
    }
  });
});

describe('PUT of a pipeline', () => {
  test('a PUT of a pipeline keeps a stage that is named by stageId, gives others new numeric ids, and deletes the rest for good', async () => {
    const sandbox = await openWithPipeline();
    const before = (await sandbox.get(`${deals}/p/stages/a`)).body;
    const stages = [
      dealStage('Kept', 0, { stageId: 'a' }),
      dealStage('B', 1),
      dealStage('New', 2, { stageId: 'chosen' }),
    ];
    const put = await sandbox.call('PUT', `${deals}/p`, { body: { label: 'Q', displayOrder: 3, stages } });
    expect(put.status).toBe(200);
    const after = (await sandbox.get(`${deals}/p`)).body;
    expect(after).toMatchObject({ label: 'Q', displayOrder: 3 });
    const [kept, ...made] = after.stages.toSorted((x, y) => x.displayOrder - y.displayOrder);
    expect(kept).toMatchObject({ id: 'a', label: 'Kept', createdAt: before.createdAt });
    expect(made.map((stage) => stage.label)).toEqual(['B', 'New']);
    for (const { id } of made) expect(id).toMatch(/^\d+$/);
    for (const gone of ['b', 'c']) expect((await sandbox.get(`${deals}/p/stages/${gone}`)).status).toBe(404);
  });

  test('a PUT that sends back what a GET gave, with id in place of stageId, destroys every stage and makes it anew', async () => {
    const sandbox = await openWithPipeline();
    const read = (await sandbox.get(`${deals}/p`)).body;
    expect((await sandbox.call('PUT', `${deals}/p`, { body: read })).status).toBe(200);
    const after = (await sandbox.get(`${deals}/p`)).body;
    expect(after.stages.map((stage) => stage.label).toSorted()).toEqual(['A', 'B', 'C']);
    for (const { id } of after.stages) expect(id).toMatch(/^\d+$/);
  });

  test('a PUT of a pipeline echoes the request over the old row: the spelling as sent, and isClosed as it was', async () => {
    const sandbox = await openWithPipeline();
    const stages = [dealStage('A', 0, { stageId: 'a', metadata: { probability: '1' } })];
    const put = await sandbox.call('PUT', `${deals}/p`, { body: { label: 'P', displayOrder: 0, stages } });
    expect(put.body.stages[0]!.metadata).toEqual({ probability: '1', isClosed: 'false' });
    const read = await sandbox.get(`${deals}/p/stages/a`);
    expect(read.body.metadata).toEqual({ probability: '1.0', isClosed: 'true' });
  });

  test('a PUT of a missing pipeline is an empty 404', async () => {
    const sandbox = await openSandbox();
    const { status, text } = await sandbox.call('PUT', `${deals}/nix`, { body: dealPipeline('P') });
    expect([status, text]).toEqual([404, '']);
  });

  test('a PUT of deals does not carry old metadata over: a kept stage needs its probability too', async () => {
    const sandbox = await openWithPipeline();
    const stages = [{ label: 'A', displayOrder: 0, stageId: 'a', metadata: {} }];
    const { status } = await sandbox.call('PUT', `${deals}/p`, { body: { label: 'P', displayOrder: 0, stages } });
    expect(status).toBe(400);
  });
});

describe.each(['PATCH', 'PUT'] as const)('%s of a stage', (method) => {
  const full = { label: 'A', displayOrder: 0 };

  test(`a ${method} of a stage merges metadata: {} keeps the probability, unknown keys are dropped`, async () => {
    const sandbox = await openWithPipeline();
    await sandbox.call(method, `${deals}/p/stages/a`, { body: { ...full, metadata: {} } });
    await sandbox.call(method, `${deals}/p/stages/a`, { body: { ...full, metadata: { foo: 'bar' } } });
    const { body } = await sandbox.get(`${deals}/p/stages/a`);
    expect(body.metadata).toEqual({ probability: '0.5', isClosed: 'false' });
  });

  test(`a ${method} of a stage answers with the request laid over the old row, a stale isClosed included`, async () => {
    const sandbox = await openWithPipeline();
    const sent = { ...full, metadata: { probability: '1.00', foo: 'bar' } };
    const { status, body } = await sandbox.call(method, `${deals}/p/stages/a`, { body: sent });
    expect([status, body.metadata]).toEqual([200, { probability: '1.00', foo: 'bar', isClosed: 'false' }]);
    const read = await sandbox.get(`${deals}/p/stages/a`);
    expect(read.body.metadata).toEqual({ probability: '1.0', isClosed: 'true' });
  });

  test(`a ${method} of a stage with a null probability is a 400`, async () => {
    const sandbox = await openWithPipeline();
    const body = { ...full, metadata: { probability: null } };
    expect((await sandbox.call(method, `${deals}/p/stages/a`, { body })).status).toBe(400);
  });

  test(`a ${method} of a stage with a label that another one has is a 400 with its own subCategory`, async () => {
    const sandbox = await openWithPipeline();
    const body = { ...full, label: ' b ', metadata: {} };
    const refused = await sandbox.call(method, `${deals}/p/stages/a`, { body });
    expect([refused.status, refused.body.subCategory]).toEqual([400, 'PipelineError.STAGE_LABEL_EXISTS']);
  });

  test(`a ${method} of a stage onto a taken number puts it right after the holder and renumbers the pipeline`, async () => {
    const sandbox = await openWithPipeline();
    const { body } = await sandbox.call(method, `${deals}/p/stages/a`, {
      body: { ...full, displayOrder: 2, metadata: {} },
    });
    expect(body.displayOrder).toBe(2);
    expect(orders((await sandbox.get(`${deals}/p`)).body)).toEqual([['b', 0], ['c', 1], ['a', 2]]); // prettier-ignore
    await sandbox.call(method, `${deals}/p/stages/a`, { body: { ...full, displayOrder: 0, metadata: {} } });
    expect(orders((await sandbox.get(`${deals}/p`)).body)).toEqual([['b', 0], ['a', 1], ['c', 2]]); // prettier-ignore
  });

  test(`a ${method} of a stage onto a free number moves that stage alone, and the gap stays`, async () => {
    const sandbox = await openWithPipeline();
    await sandbox.call(method, `${deals}/p/stages/a`, { body: { ...full, displayOrder: 8, metadata: {} } });
    expect(orders((await sandbox.get(`${deals}/p`)).body)).toEqual([['b', 1], ['c', 2], ['a', 8]]); // prettier-ignore
  });

  test(`a ${method} of a stage to a negative number is a 400`, async () => {
    const sandbox = await openWithPipeline();
    const body = { ...full, displayOrder: -1, metadata: {} };
    expect((await sandbox.call(method, `${deals}/p/stages/a`, { body })).status).toBe(400);
  });

  test(`a ${method} that leaves a tickets pipeline without a closed stage is a 400`, async () => {
    const sandbox = await openSandbox();
    const body = { label: 'Closed', displayOrder: 3, metadata: { ticketState: 'OPEN' } };
    const refused = await sandbox.call(method, `${september}/tickets/0/stages/4`, { body });
    expect([refused.status, refused.body.subCategory]).toEqual([400, 'PipelineError.MISSING_CLOSED_STAGE']);
  });

  test.each(['deals/p/stages/nix', 'deals/nix/stages/a', 'deals/default/stages/a'])(
    `a ${method} of a missing stage, %s, is an empty 404`,
    async (path) => {
      const sandbox = await openWithPipeline();
      const { status, text } = await sandbox.call(method, `${september}/${path}`, { body: { ...full, metadata: {} } });
      expect([status, text]).toEqual([404, '']);
    },
  );
});

test('a stage PATCH with archived is a 400', async () => {
  const sandbox = await openWithPipeline();
  const { status } = await sandbox.call('PATCH', `${deals}/p/stages/a`, { body: { metadata: {}, archived: false } });
  expect(status).toBe(400);
});

test('a stage PATCH needs neither label nor displayOrder nor, against the specification, metadata', async () => {
  const sandbox = await openWithPipeline();
  expect((await sandbox.call('PATCH', `${deals}/p/stages/a`, { body: { label: 'Z' } })).status).toBe(200);
  const metadata = { probability: '0.7' };
  expect((await sandbox.call('PATCH', `${deals}/p/stages/a`, { body: { metadata } })).status).toBe(200);
  const { body } = await sandbox.get(`${deals}/p/stages/a`);
  expect(body).toMatchObject({ label: 'Z', displayOrder: 0, metadata: { probability: '0.7' } });
});

test('a stage write moves updatedAt of its pipeline, but not of the stages that it leaves alone', async () => {
  const sandbox = await openWithPipeline();
  const before = (await sandbox.get(`${deals}/p`)).body;
  await sandbox.call('PATCH', `${deals}/p/stages/a`, { body: { metadata: { probability: '0.7' } } });
  const after = (await sandbox.get(`${deals}/p`)).body;
  expect(after.updatedAt > before.updatedAt).toBe(true);
  const moved = after.stages.filter((stage) => stage.updatedAt > before.updatedAt);
  expect(moved.map((stage) => stage.id)).toEqual(['a']);
});

describe('POST of a stage', () => {
  test.each([v3, march, september])(
    'a POST of a stage at %s is a 201 with a Location that leads to it',
    async (api) => {
      const sandbox = await openWithPipeline();
      const made = await sandbox.post(`${api}/deals/p/stages`, dealStage('New', 7, { stageId: 'n/1' }));
      expect([made.status, made.body.id]).toEqual([201, 'n/1']);
      expect((await sandbox.get(String(made.headers['location']))).body).toMatchObject({ id: 'n/1', label: 'New' });
    },
  );

  test('a POST of a stage echoes what was sent, and gives a numeric id if none was', async () => {
    const sandbox = await openWithPipeline();
    const { body } = await sandbox.post(
      `${deals}/p/stages`,
      dealStage('N', 1, { metadata: { probability: '0.50', x: 'y' } }),
    );
    expect(body).toMatchObject({ displayOrder: 1, metadata: { probability: '0.50', x: 'y' } });
    expect(orders((await sandbox.get(`${deals}/p`)).body)).toEqual([['a', 0], ['b', 1], [body.id, 2], ['c', 3]]); // prettier-ignore
  });

  test.each([
    ['its own pipeline', 'a'],
    ['another pipeline', 'closedwon'],
  ])('a POST of a stage with a stageId of %s is a 400 without a category', async (_name, stageId) => {
    const sandbox = await openWithPipeline();
    const refused = await sandbox.post(`${deals}/p/stages`, dealStage('N', 7, { stageId }));
    expect(refused.status).toBe(400);
    expect(refused.body.message).toContain('already using stage id');
    expect(refused.body).not.toHaveProperty('category');
  });

  test('a POST of a stage with a taken label is a 400 with its own subCategory', async () => {
    const sandbox = await openWithPipeline();
    const refused = await sandbox.post(`${deals}/p/stages`, dealStage('a ', 7));
    expect([refused.status, refused.body.subCategory]).toEqual([400, 'PipelineError.STAGE_LABEL_EXISTS']);
  });

  test('a POST of a stage with an over-long id is a 500 and makes nothing', async () => {
    const sandbox = await openWithPipeline();
    expect((await sandbox.post(`${deals}/p/stages`, dealStage('N', 7, { stageId: 's'.repeat(101) }))).status).toBe(500);
    expect((await sandbox.get(`${deals}/p/stages`)).body.results).toHaveLength(3);
  });

  test('a POST of a stage in a missing pipeline is a 404', async () => {
    const sandbox = await openSandbox();
    expect((await sandbox.post(`${deals}/nix/stages`, dealStage('N', 7))).status).toBe(404);
  });
});
