import { describe, expect, test } from 'vitest';
import { useGateway } from '../support/use-gateway.ts';

describe('introspection', () => {
  const gateway = useGateway({ env: { GATEWAY_INTROSPECTION: 'false' } });

  test('with introspection off the schema cannot be asked for, but types of answers can', async () => {
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
  ])('with introspection off an error does not tell how %s is spelt', async (_, query, variables = {}) => {
    const { text, errors } = await gateway.ask(query, variables);
    expect(errors).toHaveLength(1);
    expect(text).not.toContain('Did you mean');
  });
});
