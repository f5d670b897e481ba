import { describe, expect, test } from 'vitest';
import { toAuditEntryGlobalId, toCursor, toPipelineGlobalId, toStageGlobalId } from '../../src/domain/ids.ts';
import { openCaller } from '../support/caller.ts';
import { closedWonId, deals, salesPipelineId, toPipelineId } from '../support/seed.ts';
import { expectUndisturbed, twoHubSpots } from '../support/two-hubspots.ts';
import { useGateway } from '../support/use-gateway.ts';

const gateway = useGateway(twoHubSpots);

describe.concurrent('arguments of a query', () => {
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
    ['goes on after a pipeline’s id', list, { after: salesPipelineId }, 'after: '],
    [
      'goes on after a cursor of a history',
      list,
      { after: toAuditEntryGlobalId({ ...deals, pipelineId: 'default', stageId: null, timestamp: null, hash: 'x' }) },
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
      { id: toPipelineGlobalId({ ...deals, sourceName: 'x', pipelineId: 'y' }) },
      'id: ',
    ],
    ['has the id of an object type that the source has not', one, { id: toPipelineId('x', 'orders') }, 'id: '],
    ['has the id of a stage for a pipeline', one, { id: closedWonId }, 'id: '],
    ['has the id of a pipeline for a stage', oneStage, { id: salesPipelineId }, 'id: '],
    [
      'has the id of a stage of a source that there is not',
      oneStage,
      { id: toStageGlobalId({ ...deals, sourceName: 'x', pipelineId: 'y', stageId: 'z' }) },
      'id: ',
    ],
  ])('a query that %s is refused by name, and nothing is sent', async (_, query, variables, message) => {
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
  ])('a query with %s is GraphQL’s own 400, and nothing is sent', async (_, query, variables) => {
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
      `after: "${toAuditEntryGlobalId({ ...deals, pipelineId: 'x', stageId: null, timestamp: null, hash: 'x' })}"`,
      'after: ',
    ],
    [
      'goes on after an entry of a stage',
      `after: "${toAuditEntryGlobalId({ ...deals, pipelineId: 'default', stageId: 'x', timestamp: null, hash: 'x' })}"`,
      'after: ',
    ],
  ])('a query of a history that %s is refused by name, and no history is asked for', async (_, args, message) => {
    const caller = openCaller(gateway);
    const { data, errors } = await caller.ask(
      `{ pipeline(id: "${salesPipelineId}") { label audit(${args}) { totalCount } } }`,
    );
    expect(data.pipeline).toEqual({ label: 'Sales Pipeline', audit: null });
    expect(errors).toMatchObject([
      { message: expect.stringContaining(message), extensions: { code: 'BAD_USER_INPUT' } },
    ]);
    expect(await caller.requestLines()).toEqual(['GET /crm/pipelines/2026-09/deals/default']);
  });

  test('a list whose filter names no source or no object type is empty, without a call', async () => {
    const caller = openCaller(gateway);
    for (const where of [{ sourceNames: [] }, { objectTypes: [] }]) {
      expect((await caller.ask(list, { where })).data).toEqual({ pipelines: { totalCount: 0 } });
    }
    expect(await caller.requests()).toEqual([]);
  });

  test('a list by object type skips the sources that lack it', async () => {
    const caller = openCaller(gateway);
    const { data } = await caller.ask(list, { where: { objectTypes: ['courses'] }, first: 0 });
    expect(data).toEqual({ pipelines: { totalCount: 1 } });
    expect(await caller.requestLines()).toEqual(['GET /crm/pipelines/2026-09/courses']);
  });

  test('a source that there is not is null, even by a prototype’s key', async () => {
    expect(await gateway.ask('{ pipelineSource(name: "constructor") { name } }')).toMatchObject({
      data: { pipelineSource: null },
      errors: undefined,
    });
  });
});

test('whatever argument is wrong leaves nothing unexpected in the log, and the gateway as it was', () =>
  expectUndisturbed(gateway));
