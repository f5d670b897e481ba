import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toAuditEntryGlobalId, toCursor, toPipelineGlobalId, toStageGlobalId } from '../../src/domain/ids.ts';
import { openCaller } from '../support/caller.ts';
import type { Caller } from '../support/caller.ts';
import { startTestGateway } from '../support/gateway.ts';
import type { TestGateway } from '../support/gateway.ts';
import { mutate } from '../support/mutate.ts';
import { forwardingHubSpotAt } from '../support/sources.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway({
    sources: (url) => [
      forwardingHubSpotAt(url, { objectTypes: ['deals', 'tickets', 'services', '2-7'] }),
      forwardingHubSpotAt(url, { name: 'second', objectTypes: ['deals', 'courses'] }),
    ],
  });
});
afterAll(() => gateway.close());

const place = { sourceName: 'hubspot', objectType: 'deals' };
const idOf = (pipelineId: string, objectType = 'deals') => toPipelineGlobalId({ ...place, objectType, pipelineId });
const stageIdOf = (stageId: string, pipelineId = 'default', objectType = 'deals') =>
  toStageGlobalId({ ...place, objectType, pipelineId, stageId });
const id = idOf('default');
const won = stageIdOf('closedwon');
const closedTicket = stageIdOf('4', '0', 'tickets');

const probability = (value: number) => ({ meta: { probability: value } });
const dealStage = { label: 'A', ...probability(0.5) };
const many = (count: number, more: object = probability(0.5)) =>
  Array.from({ length: count }, (_, n) => ({ label: `Stage ${n}`, ...more }));

/** The methods of what reached the upstream. */
const methodsOf = async (caller: Caller) => (await caller.requests()).map(({ method }) => method);

describe.concurrent('a query', () => {
  const list =
    'query ($first: Int, $after: String, $where: PipelineFilter) { pipelines(first: $first, after: $after, where: $where) { totalCount } }';
  const byKey =
    'query ($source: String, $type: String!, $id: String = "x") { pipelineByKey(sourceName: $source, objectType: $type, pipelineId: $id) { label } }';
  const stageByKey =
    'query ($source: String, $type: String!, $id: String = "x") { pipelineStageByKey(sourceName: $source, objectType: $type, stageId: $id) { label } }';
  const one = 'query ($id: ID!) { pipeline(id: $id) { label } }';
  const oneStage = 'query ($id: ID!) { pipelineStage(id: $id) { label } }';

  test.each<[string, string, object, string | RegExp]>([
    ['asks for fewer than none', list, { first: -1 }, /^first: .*0 and 500/],
    ['asks for more than the limit', list, { first: 501 }, /^first: .*0 and 500/],
    ['goes on after nothing', list, { after: '' }, 'after: '],
    ['goes on after what is no cursor', list, { after: 'x' }, 'after: '],
    ['goes on after a pipeline’s id', list, { after: id }, 'after: '],
    [
      'goes on after a cursor of a history',
      list,
      { after: toAuditEntryGlobalId({ ...place, pipelineId: 'default', stageId: null, timestamp: null, hash: 'x' }) },
      'after: ',
    ],
    [
      'goes on after a cursor of an object type that its filter leaves out',
      list,
      { after: toCursor(['hubspot', 'deals', 0, 'x', 'y']), where: { objectTypes: ['tickets'] } },
      'after: ',
    ],
    [
      'goes on after a cursor of a source that there is not',
      list,
      { after: toCursor(['x', 'deals', 0, 'x', 'y']) },
      'after: ',
    ],
    [
      'goes on after a cursor with a label for an order',
      list,
      { after: toCursor(['hubspot', 'deals', 'x', 'x', 'y']) },
      'after: ',
    ],
    [
      'filters by a source that there is not',
      list,
      { where: { sourceNames: ['hubspot', 'x'] } },
      'where.sourceNames.1: ',
    ],
    ['filters by a source in other letters', list, { where: { sourceNames: ['HubSpot'] } }, 'where.sourceNames.0: '],
    [
      'filters by an object type that no source has',
      list,
      { where: { objectTypes: ['deals', 'contacts'] } },
      'where.objectTypes.1: ',
    ],
    [
      'filters by an object type that the named source has not',
      list,
      { where: { sourceNames: ['second'], objectTypes: ['tickets'] } },
      'where.objectTypes.0: ',
    ],
    [
      'filters by an object type in other letters',
      list,
      { where: { objectTypes: ['Deals'] } },
      'where.objectTypes.0: ',
    ],
    ['filters by a prototype’s key', list, { where: { objectTypes: ['__proto__'] } }, 'where.objectTypes.0: '],
    [
      'filters by more ids than anybody has',
      list,
      { where: { pipelineIds: Array(501).fill('x') } },
      /^where\.pipelineIds: .*500/,
    ],
    ['filters by an id that is two dots', list, { where: { pipelineIds: ['..'] } }, 'where.pipelineIds.0: '],
    ['names a source that there is not', byKey, { source: 'x', type: 'deals' }, 'sourceName: '],
    ['names a source that is empty', stageByKey, { source: '', type: 'deals' }, 'sourceName: '],
    ['names a prototype’s key as a source', byKey, { source: '__proto__', type: 'deals' }, 'sourceName: '],
    ['names no source although two have the object type', byKey, { type: 'deals' }, /^sourceName: .*hubspot, second/],
    [
      'names no source for a stage although two have the object type',
      stageByKey,
      { type: 'deals' },
      /^sourceName: .*hubspot, second/,
    ],
    ['names an object type that the source has not', byKey, { source: 'second', type: 'tickets' }, 'objectType: '],
    ['names an object type that no source has', stageByKey, { type: 'orders' }, 'objectType: '],
    ['names a prototype’s key as an object type', stageByKey, { type: 'constructor' }, 'objectType: '],
    [
      'has the id of a source that there is not',
      one,
      { id: toPipelineGlobalId({ ...place, sourceName: 'x', pipelineId: 'y' }) },
      'id: ',
    ],
    ['has the id of an object type that the source has not', one, { id: idOf('x', 'orders') }, 'id: '],
    ['has the id of a stage for a pipeline', one, { id: won }, 'id: '],
    ['has the id of a pipeline for a stage', oneStage, { id }, 'id: '],
    [
      'has the id of a stage of a source that there is not',
      oneStage,
      { id: toStageGlobalId({ ...place, sourceName: 'x', pipelineId: 'y', stageId: 'z' }) },
      'id: ',
    ],
  ])('that %s is refused by name, and nothing is sent', async (_, query, variables, message) => {
    const caller = openCaller(gateway);
    const { status, errors } = await caller.ask(query, variables);
    expect(status).toBe(200);
    const pattern = typeof message === 'string' ? expect.stringContaining(message) : expect.stringMatching(message);
    expect(errors).toMatchObject([{ message: pattern, extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(await caller.requests()).toEqual([]);
  });

  test.each<[string, string, object]>([
    ['a fraction of a page', list, { first: 1.5 }],
    ['a page size beyond 32 bits', list, { first: 2 ** 31 }],
    ['a filter that there is not', list, { where: { label: 'x' } }],
    ['an object type that is a number', byKey, { type: 5 }],
    ['a look-up without its argument', '{ pipelineByKey(objectType: "deals") { label } }', {}],
  ])('with %s is GraphQL’s own 400', async (_, query, variables) => {
    const caller = openCaller(gateway);
    const { status, errors } = await caller.ask(query, variables);
    expect(status).toBe(400);
    expect(errors?.[0]?.extensions['code']).toMatch(/^(BAD_USER_INPUT|GRAPHQL_VALIDATION_FAILED)$/);
    expect(await caller.requests()).toEqual([]);
  });

  test.each([
    ['asks for fewer entries than none', 'first: -1', 'first: '],
    ['asks for more entries than the limit', 'first: 501', 'first: '],
    ['goes on after what is no cursor', 'after: "x"', 'after: '],
    [
      'goes on after an entry of another pipeline',
      `after: "${toAuditEntryGlobalId({ ...place, pipelineId: 'x', stageId: null, timestamp: null, hash: 'x' })}"`,
      'after: ',
    ],
    [
      'goes on after an entry of a stage',
      `after: "${toAuditEntryGlobalId({ ...place, pipelineId: 'default', stageId: 'x', timestamp: null, hash: 'x' })}"`,
      'after: ',
    ],
  ])('of a history that %s is refused by name, and no history is asked for', async (_, args, message) => {
    const caller = openCaller(gateway);
    const { data, errors } = await caller.ask(`{ pipeline(id: "${id}") { label audit(${args}) { totalCount } } }`);
    expect(data.pipeline).toEqual({ label: 'Sales Pipeline', audit: null });
    expect(errors).toMatchObject([
      { message: expect.stringContaining(message), extensions: { code: 'BAD_USER_INPUT' } },
    ]);
    expect(await caller.requestLines()).toEqual(['GET /crm/pipelines/2026-09/deals/default']);
  });

  test('of no pipelines at all is answered without a call where its filter names none', async () => {
    const caller = openCaller(gateway);
    for (const where of [{ sourceNames: [] }, { objectTypes: [] }]) {
      expect((await caller.ask(list, { where })).data).toEqual({ pipelines: { totalCount: 0 } });
    }
    expect(await caller.requests()).toEqual([]);
  });

  test('with a filter over several sources skips those that lack the object type', async () => {
    const caller = openCaller(gateway);
    const { data } = await caller.ask(list, { where: { objectTypes: ['courses'] }, first: 0 });
    expect(data).toEqual({ pipelines: { totalCount: 1 } });
    expect(await caller.requestLines()).toEqual(['GET /crm/pipelines/2026-09/courses']);
  });

  test('for a source that there is not is null', async () => {
    expect(await gateway.ask('{ pipelineSource(name: "constructor") { name } }')).toMatchObject({
      data: { pipelineSource: null },
      errors: undefined,
    });
  });
});

/** Each problem's code and path, in short. */
const problemsOf = (errors: readonly { code: string; path: readonly string[] | null }[]) =>
  errors.map(({ code, path }) => `${code} ${path?.join('.')}`);
const invalid = (...paths: string[]) => paths.map((path) => `INVALID_INPUT ${path}`);

describe.concurrent('a mutation', () => {
  const create = { ...place, label: 'New', stages: [dealStage] };
  const createTickets = { objectType: 'tickets', label: 'New' };

  /** What is refused before anybody is asked. */
  test.each<[string, string, object, readonly string[]]>([
    [
      'createPipeline, with everything wrong at once',
      'createPipeline',
      {
        ...place,
        label: ' ',
        displayOrder: -1,
        description: 'x',
        isDefault: false,
        pipelineId: '..',
        stages: [
          { label: '', displayOrder: -1, stageId: 'a/\0', meta: { probability: 1.5, color: '#FFFFFF' } },
          { label: 'Same' },
          { label: ' sAME ', stageId: 'x', meta: { probability: -0.1 } },
          { label: 'B', stageId: 'x', meta: { ticketState: 'CLOSED', state: 'OPEN' } },
        ],
      },
      invalid(
        'label',
        'displayOrder',
        'description',
        'isDefault',
        'pipelineId',
        'stages.0.label',
        'stages.0.displayOrder',
        'stages.0.meta.probability',
        'stages.0.meta.color',
        'stages.0.stageId',
        'stages.1.meta.probability',
        'stages.2.label',
        'stages.2.meta.probability',
        'stages.3.stageId',
        'stages.3.meta.ticketState',
        'stages.3.meta.state',
        'stages.3.meta.probability',
      ),
    ],
    [
      'createPipeline at a source that there is not',
      'createPipeline',
      { ...create, sourceName: 'x' },
      invalid('sourceName'),
    ],
    [
      'createPipeline of an object type that the source has not',
      'createPipeline',
      { ...create, objectType: 'orders' },
      invalid('objectType'),
    ],
    [
      'createPipeline without a source where two have the type',
      'createPipeline',
      { ...create, sourceName: null },
      invalid('sourceName'),
    ],
    ['createPipeline without stages', 'createPipeline', { ...create, stages: [] }, invalid('stages')],
    ['createPipeline with 101 stages', 'createPipeline', { ...create, stages: many(101) }, ['LIMIT_EXCEEDED stages']],
    [
      'createPipeline with 31 stages of an object type that takes 30',
      'createPipeline',
      { objectType: 'services', label: 'New', stages: many(31, {}) },
      ['LIMIT_EXCEEDED stages'],
    ],
    [
      'createPipeline with a label of 10,000 characters',
      'createPipeline',
      { ...create, label: 'x'.repeat(10_000) },
      invalid('label'),
    ],
    [
      'createPipeline with a stage’s label of 256 characters',
      'createPipeline',
      { ...create, stages: [{ ...dealStage, label: 'x'.repeat(256) }] },
      invalid('stages.0.label'),
    ],
    [
      'createPipeline with half a character in a label',
      'createPipeline',
      { ...create, label: 'x\ud800' },
      invalid('label'),
    ],
    [
      'createPipeline with ids longer than HubSpot’s',
      'createPipeline',
      { ...create, pipelineId: 'x'.repeat(37), stages: [{ ...dealStage, stageId: 'x'.repeat(101) }] },
      invalid('pipelineId', 'stages.0.stageId'),
    ],
    [
      'createPipeline with ids of 100,000 characters',
      'createPipeline',
      { ...create, pipelineId: 'x'.repeat(100_000), stages: [{ ...dealStage, stageId: '/'.repeat(100_000) }] },
      invalid('pipelineId', 'stages.0.stageId'),
    ],
    [
      'createPipeline of tickets that never close',
      'createPipeline',
      { ...createTickets, stages: [{ label: 'A' }, { label: 'B', meta: { ticketState: 'OPEN' } }] },
      invalid('stages'),
    ],
    [
      'createPipeline of tickets with a probability',
      'createPipeline',
      { ...createTickets, stages: [{ label: 'A', meta: { ticketState: 'CLOSED', probability: 1 } }] },
      invalid('stages.0.meta.probability'),
    ],
    [
      'createPipeline of a custom object with a ticket’s state',
      'createPipeline',
      { objectType: '2-7', label: 'New', stages: [{ label: 'A', meta: { ticketState: 'OPEN' } }] },
      invalid('stages.0.meta.ticketState'),
    ],
    [
      'createPipeline of services with any metadata',
      'createPipeline',
      { objectType: 'services', label: 'New', stages: [{ label: 'A', meta: { state: 'OPEN' } }] },
      invalid('stages.0.meta.state'),
    ],
    [
      'replacePipeline, with everything wrong at once',
      'replacePipeline',
      {
        id,
        label: '',
        displayOrder: -5,
        description: '',
        stages: [
          { label: 'A', displayOrder: -1 },
          { label: 'a', meta: { probability: 2 } },
          { label: 'B', stageId: 'x' },
          { label: 'C', stageId: 'x' },
        ],
      },
      invalid(
        'label',
        'displayOrder',
        'description',
        'stages.0.displayOrder',
        'stages.1.meta.probability',
        'stages.1.label',
        'stages.3.stageId',
      ),
    ],
    ['replacePipeline without stages', 'replacePipeline', { id, label: 'x', stages: [] }, invalid('stages')],
    [
      'replacePipeline with 101 stages',
      'replacePipeline',
      { id, label: 'x', stages: many(101) },
      ['LIMIT_EXCEEDED stages'],
    ],
    [
      'replacePipeline of a source that there is not',
      'replacePipeline',
      { id: toPipelineGlobalId({ ...place, sourceName: 'x', pipelineId: 'y' }), label: 'x', stages: [dealStage] },
      invalid('id'),
    ],
    ['replacePipeline of a stage', 'replacePipeline', { id: won, label: 'x', stages: [dealStage] }, invalid('id')],
    [
      'patchPipeline, with everything wrong at once',
      'patchPipeline',
      { id, label: ' ', displayOrder: -1, description: 'x' },
      invalid('label', 'displayOrder', 'description'),
    ],
    ['patchPipeline of nothing', 'patchPipeline', { id }, invalid('')],
    [
      'patchPipeline of nothing but nulls',
      'patchPipeline',
      { id, label: null, displayOrder: null, description: null, ifUpdatedAt: null },
      invalid(''),
    ],
    [
      'archivePipeline that moves records where they cannot be moved',
      'archivePipeline',
      { id, moveRecordsTo: idOf('other') },
      ['UNSUPPORTED moveRecordsTo'],
    ],
    [
      'archivePipeline of an object type that the source has not',
      'archivePipeline',
      { id: idOf('x', 'orders') },
      invalid('id'),
    ],
    [
      'createPipelineStage, with everything wrong at once',
      'createPipelineStage',
      { pipeline: id, label: '', displayOrder: -1, stageId: '.', meta: { probability: 1.01, ticketState: 'OPEN' } },
      invalid('label', 'displayOrder', 'stageId', 'meta.probability', 'meta.ticketState'),
    ],
    [
      'createPipelineStage without a probability',
      'createPipelineStage',
      { pipeline: id, label: 'x' },
      invalid('meta.probability'),
    ],
    [
      'createPipelineStage without a probability, in so many words',
      'createPipelineStage',
      { pipeline: id, label: 'x', meta: { probability: null } },
      invalid('meta.probability'),
    ],
    ['createPipelineStage in a stage', 'createPipelineStage', { pipeline: won, ...dealStage }, invalid('pipeline')],
    [
      'replacePipelineStage, with everything wrong at once',
      'replacePipelineStage',
      { id: won, label: 'x'.repeat(10_000), displayOrder: -1, meta: { probability: -0.1, state: 'OPEN' } },
      invalid('label', 'displayOrder', 'meta.probability', 'meta.state'),
    ],
    ['replacePipelineStage of a pipeline', 'replacePipelineStage', { id, label: 'x', displayOrder: 1 }, invalid('id')],
    [
      'patchPipelineStage, with everything wrong at once',
      'patchPipelineStage',
      { id: won, label: ' ', displayOrder: -1, meta: { color: 'red', probability: 7 } },
      invalid('label', 'displayOrder', 'meta.color', 'meta.probability'),
    ],
    ['patchPipelineStage of nothing', 'patchPipelineStage', { id: won, meta: {} }, invalid('')],
    [
      'archivePipelineStage that moves records where they cannot be moved',
      'archivePipelineStage',
      { id: won, moveRecordsTo: stageIdOf('closedlost') },
      ['UNSUPPORTED moveRecordsTo'],
    ],
    ['archivePipelineStage of a pipeline', 'archivePipelineStage', { id }, invalid('id')],
  ])('%s, names every problem, and nothing is sent', async (_, name, input, expected) => {
    const caller = openCaller(gateway);
    const { errors } = await mutate(caller, name, input);
    expect(problemsOf(errors).toSorted()).toEqual(expected.toSorted());
    for (const error of errors) {
      expect(error).toMatchObject({ mayHaveBeenApplied: false, correlationId: null });
      expect(error.message.length).toBeLessThan(200);
    }
    expect(await caller.requests()).toEqual([]);
  });

  test('that is refused is told by type: too many stages by how many, what a source cannot do by its name', async () => {
    const caller = openCaller(gateway);
    const tooMany = await mutate(caller, 'createPipeline', { ...create, stages: many(101) });
    expect(tooMany.errors).toMatchObject([{ __typename: 'PipelineLimitExceededError', limit: 100, actual: 101 }]);
    const unable = await mutate(caller, 'archivePipeline', { id, moveRecordsTo: idOf('other') });
    expect(unable.errors).toMatchObject([{ __typename: 'PipelineUnsupportedError', capability: 'MOVE_RECORDS' }]);
    const wrong = await mutate(caller, 'patchPipeline', { id, label: '' });
    expect(wrong.errors).toMatchObject([{ __typename: 'PipelineInvalidInputError' }]);
  });

  /** What only the present state shows: it is read, and nothing is written. */
  test.each<[string, string, object, readonly string[]]>([
    [
      'replacePipeline with stages that are not, are twice, or are new without a probability',
      'replacePipeline',
      {
        id,
        label: 'x',
        stages: [
          { label: 'Gone', stageId: 'gone' },
          { label: 'Closed Won' },
          { label: 'Again', stageId: 'closedwon' },
          { label: 'Brand new' },
        ],
      },
      invalid('stages.0.stageId', 'stages.2.stageId', 'stages.3.meta.probability'),
    ],
    [
      'replacePipeline with another type’s stages',
      'replacePipeline',
      { id, label: 'x', stages: [{ label: 'New', stageId: '1' }] },
      invalid('stages.0.stageId'),
    ],
    [
      'replacePipeline of tickets without a stage that closes them',
      'replacePipeline',
      {
        id: idOf('0', 'tickets'),
        label: 'x',
        stages: [{ label: 'New' }, { label: 'Closed', meta: { ticketState: 'OPEN' } }],
      },
      invalid('stages'),
    ],
    [
      'replacePipelineStage that reopens the last closed stage',
      'replacePipelineStage',
      { id: closedTicket, label: 'x', displayOrder: 3, meta: { ticketState: 'OPEN' } },
      invalid('meta.ticketState'),
    ],
    [
      'patchPipelineStage that reopens the last closed stage',
      'patchPipelineStage',
      { id: closedTicket, meta: { ticketState: 'OPEN' } },
      invalid('meta.ticketState'),
    ],
    ['archivePipelineStage of the last closed stage', 'archivePipelineStage', { id: closedTicket }, invalid('id')],
    [
      'patchPipeline of what was never updated, for those who saw it updated',
      'patchPipeline',
      { id, label: 'x', ifUpdatedAt: '2024-01-01T00:00:00Z' },
      ['STALE_OBJECT ifUpdatedAt'],
    ],
    [
      'archivePipeline for those who saw another state',
      'archivePipeline',
      { id, ifUpdatedAt: '2024-01-01T00:00:00Z' },
      ['STALE_OBJECT ifUpdatedAt'],
    ],
    [
      'archivePipelineStage for those who saw another state',
      'archivePipelineStage',
      { id: won, ifUpdatedAt: '2024-01-01T00:00:00Z' },
      ['STALE_OBJECT ifUpdatedAt'],
    ],
    [
      'archivePipelineStage of a stage that is not there',
      'archivePipelineStage',
      { id: stageIdOf('gone') },
      ['NOT_FOUND undefined'],
    ],
    [
      'patchPipelineStage of a stage in another pipeline',
      'patchPipelineStage',
      { id: stageIdOf('1'), label: 'x' },
      ['NOT_FOUND undefined'],
    ],
  ])('%s, is refused, and nothing is written', async (_, name, input, expected) => {
    const caller = openCaller(gateway);
    const { errors } = await mutate(caller, name, input);
    expect(problemsOf(errors)).toEqual(expected);
    expect(errors.every(({ mayHaveBeenApplied }) => !mayHaveBeenApplied)).toBe(true);
    expect(await methodsOf(caller)).toEqual(['GET']);
  });

  test('that adds a stage to a pipeline of 100 is refused, and nothing is written', async () => {
    const caller = openCaller(gateway);
    const { pipeline } = await mutate(
      caller,
      'createPipeline',
      { ...create, displayOrder: 1, stages: many(100) },
      'pipeline { id stages { id } }',
    );
    expect(pipeline.stages).toHaveLength(100);
    const before = (await caller.requests()).length;
    const { errors } = await mutate(caller, 'createPipelineStage', { pipeline: pipeline.id, ...dealStage });
    expect(errors).toMatchObject([{ code: 'LIMIT_EXCEEDED', limit: 100, actual: 101, path: ['pipeline'] }]);
    expect((await methodsOf(caller)).slice(before)).toEqual(['GET']);
  });

  test('that removes the last stage of a pipeline is refused, and nothing is written', async () => {
    const caller = openCaller(gateway);
    const { pipeline } = await mutate(caller, 'createPipeline', create, 'pipeline { stages { id } }');
    const before = (await caller.requests()).length;
    const { errors } = await mutate(caller, 'archivePipelineStage', { id: pipeline.stages[0].id });
    expect(problemsOf(errors)).toEqual(invalid('id'));
    expect((await methodsOf(caller)).slice(before)).toEqual(['GET']);
  });

  test.each<[string, string, string]>([
    ['a probability that is no number', '"NaN"', '{ probability: $value }'],
    ['a probability in words', '"high"', '{ probability: $value }'],
    ['a state that there is not', '"PAUSED"', '{ ticketState: $value }'],
  ])('with %s is GraphQL’s own 400', async (_, value, meta) => {
    const caller = openCaller(gateway);
    const literal = meta.replace('$value', value);
    const text = `mutation { patchPipelineStage(input: { id: "${won}", meta: ${literal} }) { errors { code } } }`;
    expect((await caller.ask(text)).status).toBe(400);
    expect(await caller.requests()).toEqual([]);
  });

  test.each(['NaN', '1e999', '-1e999', 'Infinity'])(
    'with the probability %s is refused, written out or as a variable',
    async (value) => {
      const caller = openCaller(gateway);
      const inline = await caller.ask(
        `mutation { patchPipelineStage(input: { id: "${won}", meta: { probability: ${value} } }) { errors { code path } } }`,
      );
      const isRefused = inline.status === 400 || inline.data.patchPipelineStage.errors[0].code === 'INVALID_INPUT';
      expect(isRefused).toBe(true);
      const variables = await caller.ask(
        'mutation ($input: PatchPipelineStageInput!) { patchPipelineStage(input: $input) { errors { code } } }',
        {
          input: { id: won, meta: { probability: value } },
        },
      );
      expect(variables.status).toBe(400);
      expect(await caller.requests()).toEqual([]);
    },
  );

  test.each(['yesterday', '2024-01-01', '2024-13-01T00:00:00Z', '', '0'])(
    'with the instant "%s" is GraphQL’s own 400',
    async (ifUpdatedAt) => {
      const caller = openCaller(gateway);
      const text = 'mutation ($input: PatchPipelineInput!) { patchPipeline(input: $input) { errors { code } } }';
      expect((await caller.ask(text, { input: { id, label: 'x', ifUpdatedAt } })).status).toBe(400);
      expect(await caller.requests()).toEqual([]);
    },
  );
});

describe.concurrent('hostile text', () => {
  const hostile: readonly (readonly [string, string])[] = [
    ['a prototype’s key', '__proto__'],
    ['a method’s name', 'hasOwnProperty'],
    ['a way out of the path', '../../../../__sandbox/reset'],
    ['an encoded way out', '%2e%2e%2f%2e%2e'],
    ['a query', 'x?validateReferencesBeforeDelete=false&a=b#c'],
    ['a header', 'x\r\nAuthorization: Bearer other'],
    ['a request of its own', 'x HTTP/1.1\r\nHost: a\r\n\r\nDELETE / HTTP/1.1'],
    ['a NUL', 'x\0y'],
    ['half a character', 'x\udfff'],
    ['a host', '//127.0.0.1:1/x'],
    ['a variable', '${HUBSPOT_TOKEN}'],
    ['a script', '<script>alert(1)</script>'],
    ['a database’s language', "'; DROP TABLE pipelines; --"],
    ['a pattern', '(a+)+$'],
    ['right-to-left text', '\u202eevil\u2066'],
    ['a hundred thousand characters', 'x'.repeat(100_000)],
  ];
  const queries = [
    'query ($text: ID!) { pipeline(id: $text) { label } }',
    'query ($text: ID!) { pipelineStage(id: $text) { label } }',
    'query ($text: String!) { pipelineSource(name: $text) { name } }',
    'query ($text: String!) { pipelineByKey(sourceName: $text, objectType: "deals", pipelineId: "x") { label } }',
    'query ($text: String!) { pipelineByKey(objectType: $text, pipelineId: "x") { label } }',
    'query ($text: String!) { pipelineByKey(objectType: "tickets", pipelineId: $text) { label } }',
    'query ($text: String!) { pipelineStageByKey(objectType: "tickets", stageId: $text) { label } }',
    'query ($text: String!) { pipelines(after: $text) { totalCount } }',
    'query ($text: String!) { pipelines(where: { sourceNames: [$text] }) { totalCount } }',
    'query ($text: String!) { pipelines(where: { objectTypes: [$text] }) { totalCount } }',
    'query ($text: String!) { pipelines(where: { pipelineIds: [$text] }) { totalCount } }',
    'query ($text: String!) { pipelines(where: { labelContains: $text }) { totalCount } }',
    `query ($text: String!) { pipeline(id: "${id}") { audit(after: $text) { totalCount } } }`,
  ];
  const base = '/crm/pipelines/2026-09/';

  test.each(hostile)('%s as any argument of a query reaches no other path, and breaks nothing', async (_, text) => {
    const caller = openCaller(gateway);
    for (const query of queries) {
      const { status, errors = [] } = await caller.ask(query, { text });
      expect(status).toBe(200);
      for (const { extensions } of errors) expect(extensions['code']).toBe('BAD_USER_INPUT');
    }
    const entity = (__typename: string, key: object) => ({ __typename, ...place, objectType: 'tickets', ...key });
    const of = [
      ...['Pipeline', 'Stage'].map((name) => ({ __typename: name, id: text })),
      { __typename: 'PipelineSource', name: text },
      ...['sourceName', 'objectType', 'pipelineId'].map((field) =>
        entity('Pipeline', { pipelineId: 'x', [field]: text }),
      ),
      ...['sourceName', 'objectType', 'stageId'].map((field) => entity('Stage', { stageId: 'x', [field]: text })),
    ];
    const { data, errors } = await caller.ask(
      'query ($of: [_Any!]!) { _entities(representations: $of) { __typename } }',
      { of },
    );
    expect({ data, errors }).toEqual({ data: { _entities: of.map(() => null) }, errors: undefined });
    for (const { path, method } of await caller.requests()) {
      expect(method).toBe('GET');
      expect(path).toMatch(/^\/crm\/pipelines\/2026-09\/[\w-]+(\/[^/]+)?$/);
    }
  });

  test.each(hostile)('%s as any text of a mutation is either refused or exactly what is stored', async (_, text) => {
    const caller = openCaller(gateway);
    const stages = [{ label: 'A', meta: { ticketState: 'CLOSED' } }, { label: 'B' }];
    const input = { objectType: 'tickets', label: 'New', displayOrder: 1, stages };
    const creates = [
      { ...input, sourceName: text },
      { ...input, objectType: text },
      { ...input, label: text },
      { ...input, label: 'One', pipelineId: text },
      { ...input, label: 'Two', stages: [{ ...stages[0], stageId: text }] },
      { ...input, label: 'Three', stages: [stages[0], { label: text }] },
    ];
    const fields = 'pipeline { label pipelineId stages { stageId label } }';
    for (const create of creates) {
      const { pipeline, errors } = await mutate(caller, 'createPipeline', create, fields);
      if (errors.length > 0)
        expect(problemsOf(errors).every((problem) => problem.startsWith('INVALID_INPUT '))).toBe(true);
      else expect(JSON.stringify(pipeline)).toContain(JSON.stringify(text));
    }
    for (const [name, more] of Object.entries({
      patchPipeline: {},
      archivePipeline: {},
      patchPipelineStage: {},
      archivePipelineStage: {},
      replacePipelineStage: { displayOrder: 1 },
      replacePipeline: { stages: [dealStage] },
    })) {
      const label = name.startsWith('archive') ? {} : { label: 'x' };
      const { errors } = await mutate(caller, name, { id: text, ...label, ...more });
      expect(problemsOf(errors)).toEqual(invalid('id'));
    }
    for (const { path, query } of await caller.requests()) {
      expect(path.startsWith(`${base}tickets`)).toBe(true);
      expect(query).toBe('');
    }
  });
});

test('all of it leaves nothing unexpected in the log, and the gateway as it was', async () => {
  expect((await gateway.ask('{ __typename }')).data).toEqual({ __typename: 'Query' });
  expect(gateway.logLines.filter((line) => line.includes('unexpected error'))).toEqual([]);
});
