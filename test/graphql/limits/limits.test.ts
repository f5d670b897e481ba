import { getIntrospectionQuery } from 'graphql';
import { describe, expect, test } from 'vitest';
import { startTestGateway } from '../../support/gateway.ts';
import type { Answer } from '../../support/gateway.ts';
import { times } from '../../support/times.ts';
import { useGateway } from '../../support/use-gateway.ts';

const gateway = useGateway();

/** A field at a depth of 3 + 2 × `pairs`. */
const nested = (pairs: number) =>
  `{ pipelines { nodes { ${'stages { pipeline { '.repeat(pairs)}id${' } }'.repeat(pairs)} } } }`;

const representations = (count: number) => ({
  r: Array.from({ length: count }, (_, index) => ({
    __typename: 'Stage',
    sourceName: 'hubspot',
    objectType: 'deals',
    stageId: index % 2 === 0 ? 'appointmentscheduled' : `unknown-${index}`,
  })),
});
const entities = (selection: string) => `query ($r: [_Any!]!) { _entities(representations: $r) { ${selection} } }`;

async function expectRefused(answer: Answer, limit: object): Promise<void> {
  expect(answer.errors).toEqual([
    { message: expect.any(String), extensions: { code: 'OPERATION_TOO_COMPLEX', limit } },
  ]);
  expect(answer.status).toBe(400);
  expect(answer.data).toBeUndefined();
}

describe('operations above a limit', () => {
  test.each<[string, string, number, number, string, object?]>([
    ['depth', 'fields in fields', 20, 21, nested(9)],
    [
      'depth',
      'fields in fields, by fragments',
      20,
      22,
      `{ pipelines { nodes { ...F0 } } } ${times(10, (i) => `fragment F${i} on Pipeline { stages { pipeline { ${i < 9 ? `...F${i + 1}` : ''} } } }`).replace('pipeline {  }', 'id')}`,
    ],
    ['depth', 'lists in a literal', 20, 201, `{ pipeline(id: ${'['.repeat(5000)}${']'.repeat(5000)}) { id } }`],
    [
      'depth',
      'fragments in fragments',
      20,
      201,
      `{ ...F0 } ${times(1000, (i) => `fragment F${i} on Query { ...F${i + 1} }`)} fragment F1000 on Query { __typename }`,
    ],
    [
      'depth',
      'fragments in fragments, the last one first',
      20,
      201,
      `${times(300, (i) => `fragment F${i + 1} on Query { ...F${i} }`)} fragment F0 on Query { __typename } { ...F300 }`,
    ],
    [
      'depth',
      'lists in a variable',
      20,
      21,
      'query ($id: ID!) { pipeline(id: $id) { id } }',
      { id: JSON.parse('['.repeat(30) + ']'.repeat(30)) },
    ],
    ['tokens', 'names', 15_000, 15_001, `{ ${'id '.repeat(20_000)} }`],
    [
      'tokens',
      'comments, which the parser skips at its own expense',
      15_000,
      20_000,
      `{ __typename } ${'#\n'.repeat(20_000)}`,
    ],
    ['aliases', 'of one field', 200, 201, `{ pipelines { nodes { ${times(201, (i) => `a${i}: label`)} } } }`],
    [
      'aliases',
      'by fragments that multiply',
      200,
      1110,
      `{ ${times(10, (i) => `a${i}: pipelineSources { ...A }`)} } fragment A on PipelineSource { ${times(10, (i) => `a${i}: objectTypes { ...B }`)} } fragment B on PipelineObjectType { ${times(10, (i) => `a${i}: name`)} }`,
    ],
    [
      'rootFields',
      'by a fragment',
      100,
      101,
      `{ ...F } fragment F on Query { ${times(101, (i) => `a${i}: __typename`)} }`,
    ],
    ['fields', 'all the same', 4000, 4003, `{ pipelines { nodes { ${'label '.repeat(4001)} } } }`],
    [
      'fields',
      'by fragments that multiply',
      4000,
      9090,
      `{ ${'pipelineSources { ...A } '.repeat(90)} } fragment A on PipelineSource { ${'name '.repeat(100)} }`,
    ],
    ['directives', 'of one field', 200, 201, `{ __typename ${'@include(if: true) '.repeat(201)} }`],
    [
      'listSize',
      'in a literal',
      1000,
      1001,
      `{ pipelines(where: { pipelineIds: [${'"a" '.repeat(1001)}] }) { totalCount } }`,
    ],
    [
      'listSize',
      'in a variable',
      1000,
      1001,
      'query ($w: PipelineFilter) { pipelines(where: $w) { totalCount } }',
      { w: { pipelineIds: Array(1001).fill('a') } },
    ],
    ['listSize', 'of representations', 1000, 1001, entities('__typename'), representations(1001)],
  ])(
    'an operation above the limit of %s is refused with the figure, before any upstream call: %s',
    async (name, _, max, actual, query, variables = {}) => {
      await gateway.sandbox.emptyLog();
      await expectRefused(await gateway.ask(query, variables), { name, max, actual });
      expect(await gateway.sandbox.requests()).toEqual([]);
    },
  );
});

describe('the cost of an operation', () => {
  test.each<[string, number, string, object?]>([
    ['an object', 1, '{ pipelineByKey(objectType: "deals", pipelineId: "default") { id label } }'],
    [
      'as many stages as a pipeline can have',
      1 + 100 * 2,
      '{ pipelineByKey(objectType: "deals", pipelineId: "a") { stages { meta { __typename } } } }',
    ],
    ['the default page', 1 + 50 + 1 + 5, '{ pipelines { nodes { id } pageInfo { hasNextPage } failures { code } } }'],
    [
      'the page asked for',
      1 + 7 * (1 + 1),
      'query ($n: Int) { pipelines(first: $n) { edges { node { id } } } }',
      { n: 7 },
    ],
    ['a variable’s default', 1 + 9, 'query ($n: Int = 9) { pipelines(first: $n) { nodes { id } } }'],
    ['the default page for a null', 1 + 50, '{ pipelines(first: null) { nodes { id } } }'],
    ['no larger page than there is', 1 + 500, '{ pipelines(first: 100000) { nodes { id } } }'],
    [
      'a field with a weight',
      1 + 400 + 3,
      '{ pipelineByKey(objectType: "deals", pipelineId: "a") { audit(first: 3) { nodes { id } } } }',
    ],
    [
      'what is selected twice',
      1 + 100,
      '{ ...A ...B } fragment A on Query { pipelineByKey(objectType: "deals", pipelineId: "a") { stages { id } } } fragment B on Query { pipelineByKey(objectType: "deals", pipelineId: "a") { stages { label } } }',
    ],
    [
      'what is left out',
      1,
      'query ($no: Boolean = false) { pipelineByKey(objectType: "deals", pipelineId: "a") { id stages @include(if: $no) { id } source @skip(if: true) { name } } }',
    ],
    [
      'entities, by their number and the dearest type',
      3 * (1 + 101),
      entities('... on Stage { pipeline { id } } ... on Pipeline { source { name } stages { id } }'),
      representations(3),
    ],
    ['a write', 20 + 5, 'mutation { archivePipeline(input: { id: "x" }) { errors { code } } }'],
  ])('the cost of an operation counts %s, before any upstream call', async (_, cost, query, variables = {}) => {
    const [above, fitting] = await Promise.all(
      [cost - 1, cost].map((max) => startTestGateway({ env: { GATEWAY_MAX_COST: String(max || 1) } })),
    );
    try {
      if (cost > 1)
        await expectRefused(await above!.ask(query, variables), { name: 'cost', max: cost - 1, actual: cost });
      expect(await above!.sandbox.requests()).toEqual([]);
      const { errors = [] } = await fitting!.ask(query, variables);
      expect(errors.map(({ extensions }) => extensions['code'])).not.toContain('OPERATION_TOO_COMPLEX');
    } finally {
      await Promise.all([above!.close(), fitting!.close()]);
    }
  });

  test('many pages of audit cost too much, and so does the whole schema over and over', async () => {
    const audit = '{ pipelines(first: 500) { nodes { audit(first: 100) { nodes { id } } } } }';
    expect((await gateway.ask(audit)).errors?.[0]?.extensions).toMatchObject({ limit: { name: 'cost', max: 250_000 } });
    const types = '__schema { types { fields { args { name } type { name ofType { name } } } } }';
    const schemas = await gateway.ask(`{ ${times(20, (i) => `s${i}: ${types}`)} }`);
    expect(schemas.errors?.[0]?.extensions).toMatchObject({ limit: { name: 'cost' } });
    expect(await gateway.sandbox.requests()).toEqual([]);
  });
});

describe('what the default limits leave room for', () => {
  test('the default limits leave room for any tool’s introspection, and for 60 pipelines with all that belongs to them', async () => {
    const type = `${'ofType { '.repeat(14)}name${' }'.repeat(14)}`;
    expect((await gateway.ask(`{ __schema { types { fields { type { ${type} } } } } }`)).errors).toBeUndefined();
    const introspection = getIntrospectionQuery({
      descriptions: true,
      directiveIsRepeatable: true,
      inputValueDeprecation: true,
      oneOf: true,
      schemaDescription: true,
      specifiedByUrl: true,
    });
    expect((await gateway.ask(introspection)).errors).toBeUndefined();
    const pipeline = 'pipelineByKey(sourceName: "hubspot", objectType: "deals", pipelineId: "default") { ...P }';
    const fragment = `fragment P on Pipeline { id label source { name kind capabilities } findings { message }
      stages { id label outcome meta { ... on DealStageMeta { probability } } pipeline { id } } audit { nodes { id changes { summary } } } }`;
    const answer = await gateway.ask(`{ ${times(60, (i) => `p${i}: ${pipeline}`)} } ${fragment}`);
    expect(answer.errors).toBeUndefined();
    expect(Object.keys(answer.data)).toHaveLength(60);
  });

  test('the default limits leave room for 1,000 representations, with their pipelines and all stages of these', async () => {
    const selection = '... on Stage { label pipeline { label stages { label meta { __typename } } } }';
    const answer = await gateway.ask(entities(selection), representations(1000));
    expect(answer.errors).toBeUndefined();
    expect(answer.data['_entities']).toHaveLength(1000);
    const one = '{ __typename: "Stage", sourceName: "hubspot", objectType: "deals", stageId: "closedwon" }';
    const written = await gateway.ask(`{ _entities(representations: [${times(1000, () => one)}]) { __typename } }`);
    expect(written.errors).toBeUndefined();
  });
});

test('operations that passed pass again, and do not let others through', async () => {
  const query = `{ ${times(3, (i) => `a${i}: __typename`)} }`;
  for (const _ of [1, 2]) expect((await gateway.ask(query)).status).toBe(200);
  await expectRefused(await gateway.ask(nested(20)), { name: 'depth', max: 20, actual: 43 });
  await expectRefused(await gateway.ask(nested(20)), { name: 'depth', max: 20, actual: 43 });
});

describe('nulls that only execution finds', () => {
  test('a null in the place of a variable’s default is an error of its field, and does not hide what the others cost', async () => {
    const query = (more: string) => `query ($id: ID = "x") { pipeline(id: $id) { id } ${more} }`;
    const { status, data, errors } = await gateway.ask(query('pipelineSources { name }'), { id: null });
    expect([status, data.pipeline, data.pipelineSources.length]).toEqual([200, null, 3]);
    expect(errors?.map(({ extensions }) => extensions)).toEqual([{ code: 'BAD_USER_INPUT' }]);
    const audit = 'pipelines(first: 500) { nodes { audit(first: 500) { nodes { id } } } }';
    const costly = await gateway.ask(query(audit), { id: null });
    expect(costly.errors?.[0]?.extensions).toMatchObject({ limit: { name: 'cost' } });
  });

  test('a null in a directive is an error of the operation, and no defect of the gateway', async () => {
    const query = 'query ($no: Boolean = false) { pipelineSources @include(if: $no) { name } }';
    const { errors } = await gateway.ask(query, { no: null });
    expect(errors?.map(({ extensions }) => extensions)).toEqual([{ code: 'BAD_USER_INPUT' }]);
    expect(gateway.logLines.filter((line) => JSON.parse(line).level >= 50)).toEqual([]);
  });
});

describe('texts that are not GraphQL', () => {
  test.each([
    ['a syntax error', '{ pipelines { nodes { id }', 'GRAPHQL_PARSE_FAILED'],
    ['a character that there is not', '{ ~ }', 'GRAPHQL_PARSE_FAILED'],
    [
      'fragments in a circle',
      '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'a fragment in itself',
      '{ pipelines { nodes { ...A } } } fragment A on Pipeline { stages { pipeline { ...A } } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
  ])('%s is named as what it is, and not as beyond a limit', async (_, query, code) => {
    const { errors } = await gateway.ask(query);
    expect(errors?.map(({ extensions }) => extensions['code'])).toEqual([code]);
  });
});
