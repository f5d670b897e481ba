import { describe, expect, test } from 'vitest';
import { readCase, readCases } from './corpus.ts';
import type { RecordedCase } from './corpus.ts';
import { mutate } from './mutate.ts';
import type { Served } from './upstream.ts';
import { openRecordedWorld } from './world.ts';
import type { RecordedWorld } from './world.ts';

const listPath = '/crm/pipelines/2026-09/deals';
const keeping = { isCached: true };
const lists = readCases('hubspot-errors').filter(({ name }) => name.startsWith('missing: the list itself'));
const deals = readCase('hubspot-writes', 'a read with the headers of the rate limits');
const renters = readCase('hubspot-lists', 'the pipeline of the guide’s in-use sample');
const blurred = readCase('hubspot-odd-content', 'deals: a stage that cannot be read');
const nameless = readCase('hubspot-odd-content', 'deals: the same pipeline alone');
const listWithNameless = readCase('hubspot-odd-content', 'deals: a pipeline that cannot be read');

async function ask(world: RecordedWorld, query: string) {
  const { data, errors } = await world.ask(query);
  return {
    data,
    codes: errors?.map(({ extensions }) => extensions['code']),
    messages: errors?.map(({ message }) => message),
  };
}

/** Ids of that pipeline and of one of its stages, learnt where everything can be read. */
async function learnIds() {
  const world = await openRecordedWorld([renters]);
  const { data } = await world.ask(
    '{ pipelineByKey(objectType: "deals", pipelineId: "renters") { id stages { id } } }',
  );
  return { pipeline: data.pipelineByKey.id as string, stage: data.pipelineByKey.stages[0].id as string };
}

describe('a 404 of the list says nothing about one object', () => {
  const missing = lists.map((recorded) => ({
    title: recorded.name,
    served: [{ at: `GET ${listPath}`, as: recorded }] as readonly Served[],
  }));
  const options = { objectTypes: ['deals'] };

  test.each(missing)('$title: look-ups by key and representations are errors', async ({ served }) => {
    const world = await openRecordedWorld(served, options);
    const two = await ask(
      world,
      `{
      a: pipelineByKey(objectType: "deals", pipelineId: "one") { id }
      b: pipelineByKey(objectType: "deals", pipelineId: "two") { id }
      c: pipelineStageByKey(objectType: "deals", stageId: "three") { id }
    }`,
    );
    expect(two.data).toEqual({ a: null, b: null, c: null });
    expect(two.codes).toEqual(['UPSTREAM_REJECTED', 'UPSTREAM_REJECTED', 'UPSTREAM_REJECTED']);
    const entities = await ask(
      world,
      '{ _entities(representations: [{ __typename: "Stage", sourceName: "crm", objectType: "deals", stageId: "three" }]) { __typename } }',
    );
    expect(entities.codes).toEqual(['UPSTREAM_REJECTED']);
  });

  test.each(missing)('$title: a plan is an error that is no NOT_FOUND', async ({ served }) => {
    const { pipeline: id } = await learnIds();
    const world = await openRecordedWorld(served, options);
    const { data } = await world.ask(
      'query ($input: ReplacePipelineInput!) { pipelineReplacePlan(input: $input) { errors { code } } }',
      {
        input: { id, label: 'X', stages: [{ label: 'A', meta: { probability: 0.5 } }] },
      },
    );
    expect(data.pipelineReplacePlan.errors).toMatchObject([{ code: 'UPSTREAM_REJECTED' }]);
  });

  test.each(['after its end: 404', 'after its end: a page'])(
    'v1, %s: look-ups and mutations are errors',
    async (name) => {
      const world = await openRecordedWorld([readCase('hubspot-v1', 'ids in capitals'), readCase('hubspot-v1', name)]);
      const learnt = await world.ask('{ pipelines { nodes { id stages { id } } } }');
      const { id } = learnt.data.pipelines.nodes[0];
      expect((await ask(world, `{ pipeline(id: "${id}") { label } }`)).codes).toEqual(['UPSTREAM_REJECTED']);
      expect((await mutate(world, 'patchPipeline', { id, label: 'X' })).errors).toMatchObject([
        { code: 'UPSTREAM_REJECTED' },
      ]);
    },
  );
});

describe('what the upstream has and cannot be read is an error, whatever is kept', () => {
  test.each([
    ['nothing is kept', { isCached: false }],
    ['the list is kept', keeping],
  ])('%s', async (_, options) => {
    const world = await openRecordedWorld([listWithNameless, nameless], { objectTypes: ['deals'], ...options });
    await world.ask('{ pipelines { totalCount } }');
    const one = await ask(world, '{ pipelineByKey(objectType: "deals", pipelineId: "nameless") { id } }');
    expect(one.codes).toEqual(['UPSTREAM_CONTRACT']);
    const two = await ask(
      world,
      `{
      a: pipelineByKey(objectType: "deals", pipelineId: "nameless") { id }
      b: pipelineByKey(objectType: "deals", pipelineId: "default") { id }
    }`,
    );
    expect(two.codes).toEqual(['UPSTREAM_CONTRACT']);
    expect(two.data.b).not.toBeNull();
  });

  test('a stage that the upstream has without a label', async () => {
    const world = await openRecordedWorld([{ at: `GET ${listPath}`, as: asList(blurred) }, blurred], {
      objectTypes: ['deals'],
    });
    const { codes } = await ask(world, '{ pipelineStageByKey(objectType: "deals", stageId: "ghost") { id } }');
    expect(codes).toEqual(['UPSTREAM_CONTRACT']);
  });
});

test('what a kept list does not have is asked for once by itself before it is null', async () => {
  const world = await openRecordedWorld([deals, renters], { objectTypes: ['deals'], ...keeping });
  await world.ask('{ pipelines { totalCount } }');
  const found = await ask(world, '{ pipelineByKey(objectType: "deals", pipelineId: "renters") { label } }');
  expect(found.data.pipelineByKey).toEqual({ label: 'Renters' });
  const absent = await ask(world, '{ pipelineByKey(objectType: "deals", pipelineId: "nobody") { label } }');
  expect(absent).toMatchObject({ data: { pipelineByKey: null }, codes: undefined });
  expect(world.upstream.requests.map(({ path }) => path)).toEqual([
    listPath,
    `${listPath}/renters`,
    `${listPath}/nobody`,
  ]);
});

describe('no write removes a stage that cannot be read', () => {
  const stages = [
    { stageId: 'open', label: 'Open' },
    { stageId: 'won', label: 'Won' },
  ];

  async function open() {
    const world = await openRecordedWorld([blurred, { at: `GET ${listPath}`, as: asList(blurred) }], {
      objectTypes: ['deals'],
    });
    const { data } = await world.ask('{ pipelines { nodes { id stages { id stageId } } } }');
    return {
      world,
      id: data.pipelines.nodes[0].id as string,
      stageIds: data.pipelines.nodes[0].stages.map(({ id }: { id: string }) => id) as string[],
    };
  }

  test.each([
    ['replacePipeline', (id: string) => ({ id, label: 'Blurred', stages })],
    ['archivePipeline', (id: string) => ({ id })],
    ['reorderPipelineStages', (pipeline: string, ids: string[]) => ({ pipeline, stages: ids.toReversed() })],
  ])('%s', async (mutation, toInput) => {
    const { world, id, stageIds } = await open();
    const { errors } = await mutate(world, mutation, toInput(id, stageIds));
    expect(errors).toMatchObject([{ code: 'UPSTREAM_CONTRACT', mayHaveBeenApplied: false }]);
    expect(errors[0]?.message).toContain('ghost');
    expect(world.upstream.writes()).toEqual([]);
  });

  test('pipelineReplacePlan', async () => {
    const { world, id } = await open();
    const { data } = await world.ask(
      'query ($input: ReplacePipelineInput!) { pipelineReplacePlan(input: $input) { changes { kind } errors { code message } } }',
      {
        input: { id, label: 'Blurred', stages },
      },
    );
    expect(data.pipelineReplacePlan).toMatchObject({ changes: [], errors: [{ code: 'UPSTREAM_CONTRACT' }] });
  });
});

function asList(recorded: RecordedCase): RecordedCase {
  return { ...recorded, answer: { ...recorded.answer, body: { results: [recorded.answer.body] } } };
}
