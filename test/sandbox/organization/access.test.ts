import { describe, expect, test } from 'vitest';
import { refusal, token, unknownId, useOrganization } from './open-organization.ts';

const organization = useOrganization();
const { call, readPipeline } = organization;

describe('access to the organization API', () => {
  test.each([
    ['no token', null, 401, 'Invalid or expired token'],
    ['an expired token', 'sandbox-expired', 401, 'Invalid or expired token'],
    ['an invalid token', 'sandbox-invalid', 401, 'Invalid or expired token'],
    ['a token without a role', 'sandbox-no-scopes', 403, 'Insufficient permissions'],
  ])(
    'the organization API refuses %s on every route, before it reads the body',
    async (_name, bearer, status, error) => {
      const routes = [
        ['GET', '/auth/verify-token'],
        ['GET', '/pipelines'],
        ['POST', '/pipelines'],
        ['POST', '/pipelines/create'],
        ['POST', '/pipelines/stages/reassign'],
        ['DELETE', `/pipelines/${unknownId}`],
      ] as const;
      for (const [method, path] of routes) {
        const body = method === 'GET' ? undefined : '{not json';
        expect(await call(method, path, body, bearer)).toEqual({ status, body: { error } });
      }
    },
  );

  test('the organization API hides what went wrong inside', async () => {
    organization.database.exec('DROP TABLE organization_pipelines');
    expect(await call('GET', '/pipelines')).toEqual({ status: 500, body: { error: 'Internal server error' } });
  });

  test('the organization API refuses an Authorization header of another scheme', async () => {
    const response = await fetch(`${organization.origin}/api/pipelines`, {
      headers: { authorization: `Basic ${token}` },
    });
    expect(response.status).toBe(401);
  });

  test('the organization API tells of a good token that it is good', async () => {
    expect(await call('GET', '/auth/verify-token')).toEqual({ status: 200, body: { message: 'Token is good' } });
  });

  test('the organization API lets a user log in without a token, always as the same one, into the organization of the token', async () => {
    const login = () => call('POST', '/auth/login', { email: 'Ada@example.com', password: 'secret' }, null);
    const first = await login();
    expect(first).toEqual(await login());
    expect(first).toMatchObject({ status: 200, body: { user: { email: 'ada@example.com', fullName: 'ada' } } });
    const { token: bearer, user } = first.body as { token: string; user: { organizationId: string; id: string } };
    const pipeline = await readPipeline('', bearer);
    expect(pipeline).toMatchObject({ organizationId: user.organizationId, createdBy: user.id });
  });

  test.each([{}, { email: 'nobody', password: 'secret' }, { email: 'ada@example.com' }])(
    'the organization API refuses the login %j',
    async (body) => {
      expect(await call('POST', '/auth/login', body, null)).toEqual(refusal(400));
    },
  );
});

test('the organization API keeps its own bodies, errors and data in a server that treats all three differently', async () => {
  const { name } = await readPipeline();
  await call('POST', '/pipelines', { name: `${name}, kept` });
  await organization.moveTo((app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('application/json', { parseAs: 'string' }, async () => ({ name: 'Read by the server' }));
    app.setErrorHandler(async () => ({ message: 'Told by the server' }));
  });
  expect(await readPipeline()).toMatchObject({ name: `${name}, kept` });
  expect(await call('POST', '/pipelines', '{"name":')).toEqual(refusal(400));
  await call('POST', '/pipelines', { name: 'Read by the API' });
  expect(await readPipeline()).toMatchObject({ name: 'Read by the API' });
});
