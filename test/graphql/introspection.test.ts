import { describe, expect, test } from 'vitest';
import { ask, startTestGateway } from '../support/gateway.ts';
import { useGateway } from '../support/use-gateway.ts';

describe('with introspection off', () => {
  const gateway = useGateway({ env: { GATEWAY_INTROSPECTION: 'false' } });

  test('the schema cannot be asked for, but types of answers can', async () => {
    for (const query of ['{ __schema { types { name } } }', '{ __type(name: "Stage") { name } }']) {
      const { errors } = await gateway.ask(query);
      expect(errors?.[0]?.extensions['code']).toBe('GRAPHQL_VALIDATION_FAILED');
    }
    expect((await gateway.ask('{ __typename }')).data).toEqual({ __typename: 'Query' });
  });

  test.each<[string, string, object?]>([
    ['a field', '{ pipelinSources { name } }'],
    ['a type', '{ pipelineSources { ... on PipelineSourc { name } } }'],
    ['an argument', '{ pipelines(fist: 1) { totalCount } }'],
    ['an input field', '{ pipelines(where: { labelContain: "a" }) { totalCount } }'],
    [
      'an input field of a variable',
      'query ($w: PipelineFilter) { pipelines(where: $w) { totalCount } }',
      { w: { labelContain: 'a' } },
    ],
  ])('an error does not tell how %s is spelt', async (_, query, variables = {}) => {
    const { text, errors } = await gateway.ask(query, variables);
    expect(errors).toHaveLength(1);
    expect(text).not.toContain('Did you mean');
  });
});

describe('batches', () => {
  const operation = (index: number) => ({ query: `{ a${index}: __typename }` });
  const operations = (count: number) => Array.from({ length: count }, (_, index) => operation(index));

  test('are refused where nothing is set', async () => {
    const gateway = await startTestGateway();
    const { status, errors } = await ask(gateway.url, operations(1));
    expect([status, errors?.[0]?.extensions]).toEqual([400, { code: 'BAD_REQUEST' }]);
    await gateway.close();
  });

  test('are answered up to the limit, each operation for itself, and each is held to the other limits', async () => {
    const gateway = await startTestGateway({ env: { GATEWAY_MAX_BATCH: '3' } });
    const { status, text } = await ask(gateway.url, [...operations(2), { query: '{ nothing }' }]);
    expect(status).toBe(400);
    expect(JSON.parse(text)).toMatchObject([{ data: { a0: 'Query' } }, { data: { a1: 'Query' } }, { errors: [{}] }]);
    const tooMany = await ask(gateway.url, operations(4));
    expect(tooMany.errors?.[0]?.extensions).toEqual({
      code: 'OPERATION_TOO_COMPLEX',
      limit: { name: 'batch', max: 3, actual: 4 },
    });
    const tooDeep = await ask(gateway.url, [operation(0), { query: `${'{ a'.repeat(30)}${' }'.repeat(30)}` }]);
    expect(tooDeep.errors?.[0]?.extensions['limit']).toEqual({ name: 'depth', max: 20, actual: 30 });
    await gateway.close();
  });
});
