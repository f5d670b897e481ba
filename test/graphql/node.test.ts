import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { salesPipelineId, closedWonId } from '../support/seed.ts';
import { useGateway } from '../support/use-gateway.ts';

const query = `query ($id: ID!) {
  node(id: $id) { __typename id ... on Pipeline { label } ... on Stage { label pipeline { id } } }
}`;

describe('an object is found by its id alone', () => {
  const gateway = useGateway();

  test('a pipeline, and a stage', async () => {
    expect((await gateway.ask(query, { id: salesPipelineId })).data.node).toEqual({
      __typename: 'Pipeline',
      id: salesPipelineId,
      label: 'Sales Pipeline',
    });
    expect((await gateway.ask(query, { id: closedWonId })).data.node).toEqual({
      __typename: 'Stage',
      id: closedWonId,
      label: 'Closed Won',
      pipeline: { id: salesPipelineId },
    });
  });

  test('what a fragment on Node refetches is paged like the object itself', async () => {
    const { data } = await gateway.ask(
      `query ($id: ID!, $after: String) { node(id: $id) { ... on Pipeline { audit(first: 1, after: $after) { edges { cursor } pageInfo { endCursor hasNextPage } } } } }`,
      { id: salesPipelineId },
    );
    expect(data.node.audit.pageInfo).toHaveProperty('hasNextPage');
  });

  test('null if there is no such object; an error if the id is of none', async () => {
    const gone = Buffer.from('[1,"pipeline","hubspot","deals","gone"]').toString('base64url');
    expect(await gateway.ask(query, { id: gone })).toMatchObject({ data: { node: null }, errors: undefined });
    const { data, errors } = await gateway.ask(query, { id: 'x' });
    expect(data.node).toBeNull();
    expect(errors).toMatchObject([{ path: ['node'], extensions: { code: 'BAD_USER_INPUT', path: ['id'] } }]);
  });

  test('two ids of one collection cost one upstream request', async () => {
    await gateway.sandbox.emptyLog();
    const { errors } = await gateway.ask(
      `{ a: node(id: "${salesPipelineId}") { id } b: node(id: "${closedWonId}") { id } }`,
    );
    expect(errors).toBeUndefined();
    expect(await gateway.sandbox.requests()).toHaveLength(1);
  });

  test('routers do not see it', async () => {
    const { data } = await gateway.ask('{ _service { sdl } }');
    expect(data._service.sdl).not.toMatch(/\bNode\b/);
  });
});

describe('with GATEWAY_NODE=false', () => {
  const gateway = useGateway({ env: { GATEWAY_NODE: 'false' } });

  test('there is no node', async () => {
    expect(readConfig({ GATEWAY_NODE: 'false' }).node).toBe(false);
    expect((await gateway.ask(query, { id: salesPipelineId })).errors).toMatchObject([
      { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
    ]);
  });
});
