import { request } from 'undici';
import { expect, test } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { useGateway } from '../support/use-gateway.ts';

const gateway = useGateway({ env: { GATEWAY_MODE: 'production', GATEWAY_SANDBOX: 'true' } });

test.each([
  [{}, true],
  [{ GATEWAY_MODE: 'development' }, true],
  [{ GATEWAY_MODE: 'production', GATEWAY_SANDBOX: 'true' }, false],
])('with only %j set, GraphiQL and introspection are there: %s', (env, expected) => {
  expect(readConfig(env)).toMatchObject({ graphiql: expected, introspection: expected });
});

test.each([
  ['production', 'true', true],
  ['development', 'false', false],
])('in %s mode, GraphiQL and introspection that are set to %s are so', (GATEWAY_MODE, setting, expected) => {
  const env = { GATEWAY_MODE, GATEWAY_SANDBOX: 'true', GATEWAY_GRAPHIQL: setting, GATEWAY_INTROSPECTION: setting };
  expect(readConfig(env)).toMatchObject({ graphiql: expected, introspection: expected });
});

test('a mode that there is not is refused', () => {
  expect(() => readConfig({ GATEWAY_MODE: 'prod' })).toThrow('GATEWAY_MODE: ');
});

test('in production, nothing tells what the schema holds', async () => {
  const { errors } = await gateway.ask('{ __schema { queryType { name } } }');
  expect(errors?.[0]?.extensions['code']).toBe('GRAPHQL_VALIDATION_FAILED');
  const typo = await gateway.ask('{ pipeline { nodes { id } } pipelinez { totalCount } }');
  expect(typo.status).toBe(400);
  expect(typo.text).not.toMatch(/did you mean/i);
  const page = await request(`${gateway.url}/graphiql`);
  await page.body.dump();
  expect(page.statusCode).toBe(404);
});
