import { beforeAll, describe, expect, test } from 'vitest';
import { toPipelineGlobalId, toStageGlobalId } from '../../src/domain/ids.ts';
import { openCaller } from '../support/caller.ts';
import type { Caller } from '../support/caller.ts';
import { forwardingHubSpotAt } from '../support/sources.ts';
import { useGateway } from '../support/use-gateway.ts';

const entities = /* GraphQL */ `
  query ($representations: [_Any!]!) {
    _entities(representations: $representations) {
      __typename
      ... on Pipeline {
        id
        label
      }
      ... on Stage {
        id
        label
        pipeline {
          pipelineId
        }
      }
      ... on PipelineSource {
        name
        kind
      }
    }
  }
`;

const closedWon = { __typename: 'Stage', sourceName: 'hubspot', objectType: 'deals', stageId: 'closedwon' };
const salesPipeline = { __typename: 'Pipeline', sourceName: 'hubspot', objectType: 'deals', pipelineId: 'default' };
const closedWonId = toStageGlobalId({ ...closedWon, pipelineId: 'default' });
const salesPipelineId = toPipelineGlobalId(salesPipeline);

const gateway = useGateway({ sources: (url) => [forwardingHubSpotAt(url)] });
/** Resolves representations for a caller of their own, whose upstream requests are counted apart from all others'. */
let caller: Caller;
const resolve = (...representations: unknown[]) => caller.ask(entities, { representations });

describe('entities', () => {
  beforeAll(() => {
    caller = openCaller(gateway);
  });

  const stage = { __typename: 'Stage', id: closedWonId, label: 'Closed Won', pipeline: { pipelineId: 'default' } };
  const pipeline = { __typename: 'Pipeline', id: salesPipelineId, label: 'Sales Pipeline' };

  test.each([
    ['a stage, by its id', { __typename: 'Stage', id: closedWonId }, stage],
    ['a stage, by its upstream id', closedWon, stage],
    ['a pipeline, by its id', { __typename: 'Pipeline', id: salesPipelineId }, pipeline],
    ['a pipeline, by its upstream id', salesPipeline, pipeline],
    [
      'a source, by its name',
      { __typename: 'PipelineSource', name: 'hubspot' },
      { __typename: 'PipelineSource', name: 'hubspot', kind: 'HUBSPOT' },
    ],
  ])('an entity is found: %s', async (_, representation, entity) => {
    const { data, errors } = await resolve(representation);
    expect(errors).toBeUndefined();
    expect(data._entities).toEqual([entity]);
  });

  test('entities come in the order asked for, as often as asked for', async () => {
    const { data } = await resolve(salesPipeline, closedWon, { ...closedWon, stageId: 'nowhere' }, closedWon);
    expect(data._entities).toEqual([pipeline, stage, null, stage]);
  });
});

describe('upstream requests for entities', () => {
  test('entities take one upstream request for each object type, however many stages and pipelines are asked for', async () => {
    caller = openCaller(gateway);
    const stages = Array.from({ length: 25 }, (_, index) => [
      { ...closedWon, stageId: index % 2 === 0 ? 'closedwon' : `unknown-${index}` },
      { ...closedWon, objectType: 'tickets', stageId: String((index % 4) + 1) },
    ]).flat();
    const { data, errors } = await resolve(...stages, salesPipeline, { __typename: 'Stage', id: closedWonId });
    expect(errors).toBeUndefined();
    expect(data._entities.filter((entity: unknown) => entity === null)).toHaveLength(12);
    expect((await caller.requestLines()).toSorted()).toEqual([
      'GET /crm/pipelines/2026-09/deals',
      'GET /crm/pipelines/2026-09/tickets',
    ]);
  });

  test('a thousand representations take one upstream request, and no limit refuses them', async () => {
    caller = openCaller(gateway);
    const stages = Array.from({ length: 1000 }, (_, index) => ({ ...closedWon, stageId: `unknown-${index}` }));
    const { data, errors } = await resolve(closedWon, ...stages.slice(1));
    expect(errors).toBeUndefined();
    expect(data._entities).toHaveLength(1000);
    expect(await caller.requestLines()).toEqual(['GET /crm/pipelines/2026-09/deals']);
  });

  test('representations that cannot name anything take no upstream request', async () => {
    caller = openCaller(gateway);
    await resolve(
      { ...closedWon, stageId: '..' },
      { __typename: 'Stage', id: 'WzFd' },
      { ...closedWon, objectType: 'x' },
    );
    expect(await caller.requestLines()).toEqual([]);
  });

  test('an upstream request that fails is the error of its own object type’s entities alone', async () => {
    caller = openCaller(gateway);
    await caller.fault({ match: { path: 'tickets' }, fault: 'status', status: 403 });
    const { data, errors } = await resolve({ ...closedWon, objectType: 'tickets', stageId: '1' }, closedWon);
    expect(data._entities).toEqual([null, expect.objectContaining({ label: 'Closed Won' })]);
    expect(errors).toMatchObject([
      { path: ['_entities', 0], extensions: { code: 'UPSTREAM_FORBIDDEN', sourceName: 'hubspot' } },
    ]);
  });
});

describe('representations that name nothing', () => {
  beforeAll(() => {
    caller = openCaller(gateway);
  });

  const foreign = { ...closedWon, pipelineId: 'default', sourceName: 'elsewhere' };
  const cutId = closedWonId.slice(0, -2);

  test.each<[string, Record<string, unknown>]>([
    ['an unknown stage', { ...closedWon, stageId: 'nowhere' }],
    ['an unknown pipeline', { ...salesPipeline, pipelineId: 'nowhere' }],
    ['an unknown source', { __typename: 'PipelineSource', name: 'nowhere' }],
    ['a source that is not configured', { ...closedWon, sourceName: 'nowhere' }],
    ['an object type that the source lacks', { ...closedWon, objectType: 'contacts' }],
    ['an object type in another spelling', { ...closedWon, objectType: 'DEALS' }],
    ['a prototype’s property as source', { ...closedWon, sourceName: '__proto__' }],
    ['a prototype’s property as object type', { ...closedWon, objectType: 'constructor' }],
    ['a prototype’s property as stage', { ...closedWon, stageId: 'toString' }],
    ['no key at all', { __typename: 'Stage' }],
    ['half a key', { __typename: 'Stage', sourceName: 'hubspot', stageId: 'closedwon' }],
    ['a key of null', { ...closedWon, stageId: null }],
    ['a key of a number', { ...salesPipeline, pipelineId: 0 }],
    ['a key of a list', { ...closedWon, stageId: ['closedwon'] }],
    ['a key of an object', { ...closedWon, sourceName: { toString: 'hubspot' } }],
    ['a source’s name of an object', { __typename: 'PipelineSource', name: { name: 'hubspot' } }],
    ['an id of null', { __typename: 'Stage', id: null }],
    ['an id of a number', { __typename: 'Pipeline', id: 1 }],
    ['an id of an object', { __typename: 'Pipeline', id: { id: salesPipelineId } }],
    ['no id', { __typename: 'Pipeline', id: 'nonsense' }],
    ['the id of a pipeline for a stage', { __typename: 'Stage', id: salesPipelineId }],
    ['the id of a stage for a pipeline', { __typename: 'Pipeline', id: closedWonId }],
    ['an id that was cut', { __typename: 'Stage', id: cutId }],
    ['the id of a source that is not configured', { __typename: 'Stage', id: toStageGlobalId(foreign) }],
    ['an empty upstream id', { ...closedWon, stageId: '' }],
    ['a path', { ...salesPipeline, pipelineId: '../../../contacts' }],
    ['a path’s dots', { ...salesPipeline, pipelineId: '..' }],
    ['a line break', { ...salesPipeline, pipelineId: 'default\r\nx-evil: 1' }],
    ['a lone surrogate', { ...salesPipeline, pipelineId: '\ud800' }],
    ['a very long upstream id', { ...salesPipeline, pipelineId: 'x'.repeat(10_000) }],
  ])('a representation that names nothing is null and spoils no other: %s', async (_, representation) => {
    const { data, errors } = await resolve(closedWon, representation, salesPipeline);
    expect(errors).toBeUndefined();
    expect(data._entities).toEqual([
      expect.objectContaining({ id: closedWonId }),
      null,
      expect.objectContaining({ id: salesPipelineId }),
    ]);
  });

  test.each<[string, unknown]>([
    ['a type that does not exist', { ...closedWon, __typename: 'Deal' }],
    ['a type that is no entity', { __typename: 'PageInfo', hasNextPage: true }],
    ['a type that is no object', { __typename: 'DateTime' }],
    ['the query itself', { __typename: 'Query' }],
    ['GraphQL’s own type', { __typename: '__Schema' }],
    ['a prototype’s property as type', { __typename: 'constructor' }],
    ['no type', { id: closedWonId }],
    ['a type of null', { ...closedWon, __typename: null }],
    ['a type of a list', { ...closedWon, __typename: ['Stage'] }],
    ['a text', 'Stage'],
    ['a number', 0],
    ['a list', [closedWon]],
  ])('a representation that cannot be read is an error at its own place: %s', async (_, representation) => {
    const { data, errors } = await resolve(closedWon, representation, salesPipeline);
    expect(errors).toMatchObject([{ path: ['_entities', 1], extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(data._entities).toEqual([
      expect.objectContaining({ id: closedWonId }),
      null,
      expect.objectContaining({ id: salesPipelineId }),
    ]);
  });

  test('a representation that is null is refused with the request, because the type of the argument says so', async () => {
    const { status, errors } = await resolve(closedWon, null);
    expect({ status, code: errors?.[0]?.extensions['code'] }).toEqual({ status: 400, code: 'BAD_USER_INPUT' });
  });
});
