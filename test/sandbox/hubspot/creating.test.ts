import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dealPipeline, dealStage, march, openSandbox, orders, september, v3 } from '../open-sandbox.ts';

const inUse = 'PipelineError.STAGE_ID_EXISTS_IN_ANOTHER_PIPELINE';

test.each([v3, march, september])('a create at %s is a 201 with a Location that leads to the pipeline', async (api) => {
  const sandbox = await openSandbox();
  const made = await sandbox.post(`${api}/deals`, dealPipeline('New'));
  expect(made.status).toBe(201);
  const read = await sandbox.get(String(made.headers['location']));
  expect(read.body).toMatchObject({ id: made.body.id, label: 'New', displayOrder: 1 });
});

test('a create keeps ids verbatim, and missing ones are generated numbers', async () => {
  const sandbox = await openSandbox();
  const stages = [dealStage('a', 0, { stageId: 'Stage A/1.x' }), dealStage('b', 1)];
  const made = await sandbox.post(`${september}/deals`, dealPipeline('P', { pipelineId: 'My. Pipe-LINE', stages }));
  expect(made.body).toMatchObject({ id: 'My. Pipe-LINE', stages: [{ id: 'Stage A/1.x' }, {}] });
  expect(made.body.stages[1]!.id).toMatch(/^\d+$/);
  expect((await sandbox.post(`${september}/deals`, dealPipeline('Q'))).body.id).toMatch(/^\d+$/);
});

test('a created pipeline and its stage are read back under the ids that were chosen, whatever they are', async () => {
  const sandbox = await openSandbox();
  let count = 0;
  const id = (maxLength: number) =>
    fc
      .string({ unit: 'grapheme', minLength: 1, maxLength })
      .filter((text) => text.isWellFormed() && text.length <= maxLength && !/^\.{1,2}$/.test(text));
  await fc.assert(
    fc.asyncProperty(id(20), id(90), async (pipelineId, stageId) => {
      const token = `token-${(count += 1)}`;
      const input = dealPipeline('P', { pipelineId, stages: [dealStage('a', 0, { stageId })] });
      expect((await sandbox.post(`${september}/deals`, input, { token })).status).toBe(201);
      const path = `${september}/deals/${encodeURIComponent(pipelineId)}`;
      const read = await sandbox.get(`${path}/stages/${encodeURIComponent(stageId)}`, { token });
      expect(read.body).toMatchObject({ id: stageId });
      expect((await sandbox.get(path, { token })).body).toMatchObject({ id: pipelineId });
    }),
    { numRuns: 60 },
  );
});

test.each([
  ['pipelineId of 37 characters', { pipelineId: 'p'.repeat(37) }],
  ['stageId of 101 characters', { stages: [dealStage('a', 0, { stageId: 's'.repeat(101) })] }],
])('a create with a %s is a 500 and makes nothing', async (_name, more) => {
  const sandbox = await openSandbox();
  expect((await sandbox.post(`${september}/deals`, dealPipeline('P', more))).status).toBe(500);
  expect((await sandbox.get(`${september}/deals`)).body.results).toHaveLength(1);
});

test('a create takes ids of exactly 36 and 100 characters', async () => {
  const sandbox = await openSandbox();
  const stages = [dealStage('a', 0, { stageId: 's'.repeat(100) })];
  const made = await sandbox.post(`${september}/deals`, dealPipeline('P', { pipelineId: 'p'.repeat(36), stages }));
  expect(made.status).toBe(201);
});

describe('answers that echo the request', () => {
  test('a create’s answer echoes the spelling as sent, dropped keys and no computed key; a read shows what is stored', async () => {
    const sandbox = await openSandbox();
    const stages = [
      dealStage('half', 0, { stageId: 'half', metadata: { probability: '0.50', colour: 'red' } }),
      dealStage('won', 1, { stageId: 'won', metadata: { probability: 1, isClosed: 'false' } }),
    ];
    const { body } = await sandbox.post(`${september}/deals`, dealPipeline('P', { pipelineId: 'p', stages }));
    expect(body.stages.map((stage) => stage.metadata)).toEqual([
      { probability: '0.50', colour: 'red' },
      { probability: '1', isClosed: 'false' },
    ]);
    const half = await sandbox.get(`${september}/deals/p/stages/half`);
    expect(half.body.metadata).toEqual({ probability: '0.5', isClosed: 'false' });
    const won = await sandbox.get(`${september}/deals/p/stages/won`);
    expect(won.body.metadata).toEqual({ probability: '1.0', isClosed: 'true' });
  });

  test('a create’s answer echoes display orders as sent, although ties were renumbered', async () => {
    const sandbox = await openSandbox();
    const stages = [dealStage('a', 5), dealStage('b', 5)];
    const { body } = await sandbox.post(`${september}/deals`, dealPipeline('P', { stages }));
    expect(body.stages.map((stage) => stage.displayOrder)).toEqual([5, 5]);
    const read = await sandbox.get(`${september}/deals/${body.id}`);
    expect(orders(read.body).map(([, order]) => order)).toEqual([0, 1]);
  });
});

describe('display orders', () => {
  test('gaps between display orders stay if nothing ties', async () => {
    const sandbox = await openSandbox();
    const stages = [dealStage('a', 7, { stageId: 'a' }), dealStage('b', 3, { stageId: 'b' })];
    await sandbox.post(`${september}/deals`, dealPipeline('P', { pipelineId: 'p', stages }));
    expect(orders((await sandbox.get(`${september}/deals/p`)).body)).toEqual([['b', 3], ['a', 7]]); // prettier-ignore
  });

  test('the later stage of a tie inside one create comes first, and all are renumbered', async () => {
    const sandbox = await openSandbox();
    const numbers = { a: 4, b: 4, c: 9, d: 4 };
    const stages = Object.entries(numbers).map(([id, order]) => dealStage(id, order, { stageId: id }));
    await sandbox.post(`${september}/deals`, dealPipeline('P', { pipelineId: 'p', stages }));
    const read = await sandbox.get(`${september}/deals/p`);
    expect(orders(read.body)).toEqual([['d', 0], ['b', 1], ['a', 2], ['c', 3]]); // prettier-ignore
  });

  test('the display orders of pipelines themselves may tie', async () => {
    const sandbox = await openSandbox();
    await sandbox.post(`${september}/deals`, dealPipeline('P', { displayOrder: 0 }));
    const { body } = await sandbox.get(`${september}/deals`);
    expect(body.results.map((pipeline) => pipeline.displayOrder)).toEqual([0, 0]);
  });
});

describe('creates that are refused', () => {
  test.each([
    ['without stages', { stages: [] }, { message: 'Pipeline must have at least one stage' }],
    ['with stages left out', { stages: undefined }, { message: 'Pipeline must have at least one stage' }],
    ['with a negative order', { displayOrder: -1 }, { message: 'Pipeline display order cannot be negative' }],
    [
      'with a negative stage order',
      { stages: [dealStage('a', -1)] },
      { message: 'Pipeline display order cannot be negative' },
    ],
    [
      'without a probability',
      { stages: [dealStage('a', 0, { metadata: {} })] },
      { message: 'must specify probability when writing a dealstage' },
    ],
    [
      'with a null probability',
      { stages: [dealStage('a', 0, { metadata: { probability: null } })] },
      { message: 'must specify probability when writing a dealstage' },
    ],
    [
      'with a probability of 1.5',
      { stages: [dealStage('a', 0, { metadata: { probability: '1.5' } })] },
      { message: 'dealstage probability is not valid, must be between 0.0 and 1.0 (inclusive)' },
    ],
    [
      'with a probability that is no number',
      { stages: [dealStage('a', 0, { metadata: { probability: 'x' } })] },
      { message: 'dealstage probability is not valid, must be between 0.0 and 1.0 (inclusive)' },
    ],
  ])('a create %s is refused by a 400 without a category', async (_name, more, body) => {
    // prettier-ignore
    const sandbox = await openSandbox();
    const refused = await sandbox.post(`${september}/deals`, dealPipeline('P', more));
    expect(refused.status).toBe(400);
    expect(refused.body).toEqual({ status: 'error', correlationId: refused.body.correlationId, ...body });
  });

  test('a create with a label that an active pipeline of the object has in another case is a 400 without a subCategory', async () => {
    const sandbox = await openSandbox();
    const refused = await sandbox.post(`${september}/deals`, dealPipeline('SALES pipeline'));
    expect(refused.status).toBe(400);
    expect(refused.body).toMatchObject({ category: 'VALIDATION_ERROR' });
    expect(refused.body.message).toMatch(/^An active pipeline with label SALES pipeline already exists/);
    expect(refused.body).not.toHaveProperty('subCategory');
  });

  test('a create with two stage labels that differ in case and outer spaces is a 400 without a subCategory', async () => {
    const sandbox = await openSandbox();
    const stages = [dealStage('One', 0), dealStage(' one ', 1)];
    const refused = await sandbox.post(`${september}/deals`, dealPipeline('P', { stages }));
    expect(refused.status).toBe(400);
    expect(refused.body).not.toHaveProperty('subCategory');
  });

  test('a create with a pipelineId that the object has is a 400', async () => {
    const sandbox = await openSandbox();
    const refused = await sandbox.post(`${september}/deals`, dealPipeline('P', { pipelineId: 'default' }));
    expect(refused.status).toBe(400);
    expect(refused.body.message).toMatch(/There's another pipeline .* with pipelineId .*default/);
  });

  test('a create with a pipelineId that the other of deals and tickets has is a misleading 409 that lists stages existing nowhere', async () => {
    const sandbox = await openSandbox();
    const refused = await sandbox.post(`${september}/deals`, dealPipeline('P', { pipelineId: '0' }));
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({ category: 'OBJECT_ALREADY_EXISTS', subCategory: inUse });
    for (const id of refused.body.context['stageIds']![0]!.match(/\d+/g)!) {
      for (const name of ['deals', 'tickets'])
        expect((await sandbox.get(`${september}/${name}`)).text).not.toContain(id);
    }
  });

  test('a create with a stageId that another pipeline of the object has is a 409', async () => {
    const sandbox = await openSandbox();
    const stages = [dealStage('a', 0, { stageId: 'closedwon' })];
    const refused = await sandbox.post(`${september}/deals`, dealPipeline('P', { stages }));
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({ subCategory: inUse, context: { stageIds: ['[closedwon]'] } });
  });

  test('a create with malformed JSON is a 400 VALIDATION_ERROR', async () => {
    const sandbox = await openSandbox();
    const refused = await sandbox.post(`${september}/deals`, '{"label":');
    expect(refused.status).toBe(400);
    expect(refused.body).toMatchObject({ message: 'Invalid input JSON', category: 'VALIDATION_ERROR' });
  });

  test('a create with wrong types or without a label is a 400 that names every member', async () => {
    const sandbox = await openSandbox();
    const refused = await sandbox.post(`${september}/deals`, { displayOrder: 'first', stages: [{ label: 1 }] });
    expect(refused.status).toBe(400);
    expect(refused.body.message).toMatch(/^Invalid input JSON/);
    const named = refused.body.errors.map((error) => error.in);
    expect(named).toEqual(['label', 'displayOrder', 'stages.0.label', 'stages.0.displayOrder']);
  });

  test('a create with a label over the limit is refused, unless the sandbox has none', async () => {
    const label = 'x'.repeat(101);
    const strict = await openSandbox();
    expect((await strict.post(`${september}/deals`, dealPipeline(label))).status).toBe(400);
    const lax = await openSandbox({ labelLimit: 0 });
    expect((await lax.post(`${september}/deals`, dealPipeline(label))).status).toBe(201);
  });
});

test.each([
  ['deals', 100, { probability: '0.1' }],
  ['tickets', 100, { ticketState: 'CLOSED' }],
  ['2-77', 100, {}],
  ['orders', 30, {}],
  ['0-123', 30, {}],
  ['0-136', 30, {}],
  ['0-162', 30, {}],
  ['0-410', 30, {}],
  ['0-420', 30, {}],
  ['0-421', 30, {}],
])('%s pipelines have at most %i stages', async (name, limit, metadata) => {
  const sandbox = await openSandbox();
  const stages = Array.from({ length: limit + 1 }, (_, place) => ({
    label: `s${place}`,
    displayOrder: place,
    metadata,
  }));
  const over = await sandbox.post(`${september}/${name}`, { label: 'P', displayOrder: 0, stages });
  expect([over.status, over.body.category]).toEqual([400, 'VALIDATION_ERROR']);
  const full = await sandbox.post(`${september}/${name}`, { label: 'P', displayOrder: 0, stages: stages.slice(1) });
  expect(full.status).toBe(201);
  const more = await sandbox.post(`${september}/${name}/${full.body.id}/stages`, {
    label: 'x',
    displayOrder: 999,
    metadata,
  });
  expect([more.status, more.body.category]).toEqual([400, 'VALIDATION_ERROR']);
});

test('the object type orders has at most 50 pipelines', async () => {
  const sandbox = await openSandbox();
  const input = (label: string) => ({
    label,
    displayOrder: 0,
    stages: [{ label: 'x', displayOrder: 0, metadata: {} }],
  });
  for (let place = 1; place < 50; place += 1) await sandbox.post(`${september}/orders`, input(`P${place}`));
  const over = await sandbox.post(`${september}/orders`, input('one more'));
  expect(over.status).toBe(400);
  expect(over.body.subCategory).toBe('PipelineError.PIPELINE_LIMIT_EXCEEDED');
});

describe('metadata', () => {
  const create = async (name: string, ...metadata: object[]) => {
    const sandbox = await openSandbox();
    const stages = metadata.map((each, place) => ({ label: `s${place}`, displayOrder: place, metadata: each }));
    const made = await sandbox.post(`${september}/${name}`, { label: 'P', displayOrder: 0, pipelineId: 'p', stages });
    const read = await sandbox.get(`${september}/${name}/p`);
    const stored = read.body?.stages.toSorted((a, b) => a.displayOrder - b.displayOrder);
    return { made, stored: stored?.map((stage) => stage.metadata) };
  };

  test('isClosed of deals is true exactly at a probability of 0 or 1', async () => {
    const { stored } = await create(
      'deals',
      ...[0, '0.3', 1].map((probability) => ({ probability, isClosed: 'true' })),
    );
    expect(stored).toEqual([
      { isClosed: 'true', probability: '0.0' },
      { isClosed: 'false', probability: '0.3' },
      { isClosed: 'true', probability: '1.0' },
    ]);
  });

  test('a missing ticketState of tickets is OPEN', async () => {
    const { stored } = await create('tickets', {}, { ticketState: 'CLOSED', foo: 'bar' });
    expect(stored).toEqual([
      { isClosed: 'false', ticketState: 'OPEN' },
      { isClosed: 'true', ticketState: 'CLOSED' },
    ]);
  });

  test('the state of tickets is case-sensitive', async () => {
    const { made } = await create('tickets', { ticketState: 'closed' });
    expect([made.status, made.body.subCategory]).toEqual([400, 'PipelineError.INVALID_PIPELINE_STAGE_METADATA']);
  });

  test('a pipeline of tickets needs a closed stage', async () => {
    const { made } = await create('tickets', { ticketState: 'OPEN' });
    expect([made.status, made.body.subCategory]).toEqual([400, 'PipelineError.MISSING_CLOSED_STAGE']);
  });

  test('a missing state of custom objects is OPEN, and no stage needs to be closed', async () => {
    const { stored } = await create('2-77', {}, { state: 'OPEN', ticketState: 'CLOSED' });
    expect(stored).toEqual([
      { isClosed: 'false', state: 'OPEN' },
      { isClosed: 'false', state: 'OPEN' },
    ]);
  });

  test('a wrong state of custom objects is refused', async () => {
    const { made } = await create('2-77', { state: 'DONE' });
    expect(made.body.subCategory).toBe('PipelineError.INVALID_PIPELINE_STAGE_METADATA');
  });

  test('metadata of other objects has a state like that of custom objects, and keys that nobody knows stay', async () => {
    const { stored } = await create('leads', { leadState: 'NEW', isClosed: 'true' }, { state: 'CLOSED', more: 1 });
    expect(stored).toEqual([
      { isClosed: 'false', state: 'OPEN', leadState: 'NEW' },
      { isClosed: 'true', state: 'CLOSED', more: '1' },
    ]);
    const { made } = await create('orders', { state: 'closed' });
    expect(made.body.subCategory).toBe('PipelineError.INVALID_PIPELINE_STAGE_METADATA');
  });

  test('metadata keys that nobody knows survive a PATCH, and a PUT that has them', async () => {
    const sandbox = await openSandbox();
    const leads = `${september}/leads/lead-pipeline-id`;
    const metadata = async () => (await sandbox.get(`${leads}/stages/new-stage-id`)).body.metadata;
    await sandbox.call('PATCH', `${leads}/stages/new-stage-id`, { body: { metadata: { state: 'CLOSED' } } });
    expect(await metadata()).toEqual({ isClosed: 'true', state: 'CLOSED', leadState: 'NEW' });
    const replace = (sent: object) => ({
      label: 'Lead Pipeline',
      displayOrder: 0,
      stages: [{ stageId: 'new-stage-id', label: 'New', displayOrder: 0, metadata: sent }],
    });
    await sandbox.call('PUT', leads, { body: replace({ leadState: 'NEW' }) });
    expect(await metadata()).toEqual({ isClosed: 'false', state: 'OPEN', leadState: 'NEW' });
    await sandbox.call('PUT', leads, { body: replace({}) });
    expect(await metadata()).toEqual({ isClosed: 'false', state: 'OPEN' });
  });

  test('metadata numbers beyond 2^53 keep their digits', async () => {
    const sandbox = await openSandbox();
    const stages = '[{"label":"a","displayOrder":0,"stageId":"a","metadata":{"more":12345678901234567890}}]';
    await sandbox.post(`${september}/leads`, `{"label":"P","displayOrder":0,"pipelineId":"p","stages":${stages}}`);
    const read = await sandbox.get(`${september}/leads/p/stages/a`);
    expect(read.body.metadata['more']).toBe('12345678901234567890');
  });
});

test('stage ids are unique within an object type only: a ticket stage may have a deal stage’s', async () => {
  const sandbox = await openSandbox();
  const stages = [{ label: 'a', displayOrder: 0, stageId: 'closedwon', metadata: { ticketState: 'CLOSED' } }];
  expect((await sandbox.post(`${september}/tickets`, { label: 'P', displayOrder: 0, stages })).status).toBe(201);
});

test('a label that another object’s pipeline has is taken, and stored untrimmed', async () => {
  const sandbox = await openSandbox();
  const stages = [{ label: ' a ', displayOrder: 0, metadata: {} }];
  const made = await sandbox.post(`${september}/orders`, { label: 'Sales Pipeline', displayOrder: 0, stages });
  expect((await sandbox.get(`${september}/orders/${made.body.id}`)).body.stages[0]!.label).toBe(' a ');
});
