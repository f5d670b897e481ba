import { describe, expect, test } from 'vitest';
import { mutate } from '../support/mutate.ts';
import { useGateway } from '../support/use-gateway.ts';

const gateway = useGateway();

test('the schema tells what a form for each object type needs', async () => {
  const { data } = await gateway.ask(`{ pipelineSources { name objectTypes {
    name singularLabel pluralLabel maxStages maxLabelLength maxPipelineIdLength maxStageIdLength idPattern
    metaField { name isRequired values least greatest step } validateReferences moveRecords } } }`);
  const find = (source: string, type: string) =>
    data.pipelineSources
      .find(({ name }: { name: string }) => name === source)
      .objectTypes.find(({ name }: { name: string }) => name === type);
  expect(find('hubspot', 'deals')).toEqual({
    name: 'deals',
    singularLabel: 'Deal',
    pluralLabel: 'Deals',
    maxStages: 100,
    maxLabelLength: 255,
    maxPipelineIdLength: 36,
    maxStageIdLength: 100,
    idPattern: null,
    metaField: { name: 'probability', isRequired: true, values: null, least: 0, greatest: 1, step: null },
    validateReferences: true,
    moveRecords: false,
  });
  expect(find('hubspot', 'tickets').metaField).toEqual({
    name: 'ticketState',
    isRequired: false,
    values: ['OPEN', 'CLOSED'],
    least: null,
    greatest: null,
    step: null,
  });
  expect(find('hubspot-v1', 'deals')).toMatchObject({
    maxLabelLength: 36,
    metaField: { step: 0.1 },
    validateReferences: false,
  });
  expect(find('organization', 'Contact')).toMatchObject({
    singularLabel: 'Contact',
    pluralLabel: 'Contacts',
    maxPipelineIdLength: null,
    metaField: { name: 'color', isRequired: false },
    moveRecords: true,
  });
});

describe('what is wrong with an input is told by a reason and a limit', () => {
  test.each([
    [{ label: '' }, { path: ['label'], reason: 'REQUIRED', limit: null }],
    [{ label: 'x'.repeat(256) }, { path: ['label'], reason: 'TOO_LONG', limit: 255 }],
    [{ displayOrder: -1 }, { path: ['displayOrder'], reason: 'TOO_SMALL', limit: 0 }],
    [{ description: 'x' }, { path: ['description'], reason: 'UNSUPPORTED', limit: null }],
    [{ stages: [] }, { path: ['stages'], reason: 'REQUIRED', limit: 1 }],
    [
      { stages: [{ label: 'A', meta: { probability: 1.5 } }] },
      { path: ['stages', '0', 'meta', 'probability'], reason: 'TOO_LARGE', limit: 1 },
    ],
    [
      {
        stages: [
          { label: 'A', meta: { probability: 1 } },
          { label: 'a', meta: { probability: 0 } },
        ],
      },
      { path: ['stages', '1', 'label'], reason: 'DUPLICATE', limit: null },
    ],
    [{ stages: [{ label: 'A' }] }, { path: ['stages', '0', 'meta', 'probability'], reason: 'REQUIRED', limit: null }],
  ])('%j', async (more, expected) => {
    const input = {
      sourceName: 'hubspot',
      objectType: 'deals',
      label: 'Form',
      stages: [{ label: 'A', meta: { probability: 0.5 } }],
      ...more,
    };
    const text = `mutation ($input: CreatePipelineInput!) { createPipeline(input: $input) {
      errors { path ... on PipelineInvalidInputError { reason limit } } } }`;
    expect((await gateway.ask(text, { input })).data.createPipeline.errors).toEqual([expected]);
  });

  test('a step that v1 does not take', async () => {
    const stages = [{ label: 'A', meta: { probability: 0.25 } }];
    const text = `mutation ($input: CreatePipelineInput!) { createPipeline(input: $input) {
      errors { path ... on PipelineInvalidInputError { reason limit } } } }`;
    const input = { sourceName: 'hubspot-v1', objectType: 'deals', label: 'Form', stages };
    expect((await gateway.ask(text, { input })).data.createPipeline.errors).toEqual([
      { path: ['stages', '0', 'meta', 'probability'], reason: 'NOT_A_STEP', limit: 0.1 },
    ]);
  });

  test('an argument of a query has its path in the extensions', async () => {
    const { errors } = await gateway.ask('{ pipelines(where: { pipelineIds: ["a", "\\u0000"] }) { totalCount } }');
    expect(errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', path: ['where', 'pipelineIds', '1'] });
  });
});

describe('who asks', () => {
  test('may do everything if nobody has to prove who they are', async () => {
    const { data } = await gateway.ask('{ viewer { name canRead canWrite } }');
    expect(data).toEqual({ viewer: { name: null, canRead: true, canWrite: true } });
  });
});

describe('an age that is data', () => {
  test('readAt is when what is served was read, also after a write', async () => {
    const before = Date.now() - 1;
    const { data } = await gateway.ask('{ pipelines { stale { sourceName } nodes { id readAt } } }');
    const [{ id, readAt }] = data.pipelines.nodes;
    expect(data.pipelines.stale).toEqual([]);
    expect(Date.parse(readAt)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(readAt)).toBeLessThanOrEqual(Date.now() + 1);
    const written = await mutate(gateway, 'patchPipeline', { id, label: 'Aged' }, 'pipeline { readAt }');
    expect(Date.parse(written['pipeline'].readAt)).toBeGreaterThanOrEqual(Date.parse(readAt));
  });
});

test('a history in a list of several sources is null without an error for those that have none', async () => {
  const list = await gateway.ask('{ pipelines(first: 6) { nodes { sourceName audit { totalCount } } } }');
  expect(list.errors).toBeUndefined();
  for (const { sourceName, audit } of list.data.pipelines.nodes) {
    expect(audit === null).toBe(sourceName !== 'hubspot');
  }
  const { id } = (await gateway.ask('{ pipelines(where: { sourceNames: "organization" }) { nodes { id } } }')).data
    .pipelines.nodes[0];
  const direct = await gateway.ask(`{ pipeline(id: "${id}") { audit { totalCount } } }`);
  expect(direct.errors?.[0]?.extensions['code']).toBe('UNSUPPORTED');
});
