import { describe, expect, test } from 'vitest';
import { dealPipeline, openSandbox, september, v1, v3 } from '../open-sandbox.ts';

const hubspotPaths = [`${v3}/deals`, `${september}/deals`, `${v1}/deals`];

describe.each(hubspotPaths)('%s', (path) => {
  test.each([null, 'sandbox-invalid'])('the token %s is a 401 that HubSpot marks in a header', async (token) => {
    const sandbox = await openSandbox();
    const { status, body, headers } = await sandbox.get(path, { token });
    expect([status, body.category]).toEqual([401, 'INVALID_AUTHENTICATION']);
    expect(body.message).toMatch(/^Authentication credentials not found\. This API supports OAuth 2\.0 authentication/);
    expect(headers['x-hubspot-auth-failure']).toBe('401 Unauthorized');
  });

  test('the token sandbox-expired is a 401 that says when', async () => {
    const sandbox = await openSandbox();
    const { status, body } = await sandbox.get(path, { token: 'sandbox-expired' });
    expect([status, body.category]).toEqual([401, 'EXPIRED_AUTHENTICATION']);
    expect(body.context['expire time']![0]).toMatch(/^\d{4}-/);
  });

  test('the token sandbox-no-scopes is a 403 that names scopes', async () => {
    const sandbox = await openSandbox();
    const { status, body } = await sandbox.get(path, { token: 'sandbox-no-scopes' });
    expect([status, body.category]).toEqual([403, 'MISSING_SCOPES']);
    expect(body.errors).toMatchObject([
      { context: { requiredGranularScopes: [expect.any(String), expect.any(String)] } },
    ]);
  });
});

test.each([
  [null, 401],
  ['sandbox-expired', 401],
  ['sandbox-invalid', 401],
  ['sandbox-no-scopes', 403],
  ['any', 200],
])('the organization API answers the token %s with %i', async (token, expected) => {
  const sandbox = await openSandbox();
  const { status, body } = await sandbox.get('/api/pipelines', { token });
  expect(status).toBe(expected);
  if (status !== 200) expect(body).toEqual({ error: expect.any(String) });
});

test('each token has an account of its own, and all versions are views of it', async () => {
  const sandbox = await openSandbox();
  await sandbox.post(`${v3}/deals`, dealPipeline('P', { pipelineId: 'p' }), { token: 'one' });
  for (const path of [`${v3}/deals/p`, `${september}/deals/p`]) {
    expect((await sandbox.get(path, { token: 'one' })).body.label).toBe('P');
    expect((await sandbox.get(path, { token: 'two' })).status).toBe(404);
  }
  const inV1 = await sandbox.get(`${v1}/deals`, { token: 'one' });
  expect(inV1.body.results.map((pipeline) => pipeline.pipelineId)).toContain('p');
});

describe('rate limits', () => {
  test('rate limits are off by default, and then no header speaks of them', async () => {
    const sandbox = await openSandbox();
    const { headers } = await sandbox.get(`${september}/deals`);
    expect(Object.keys(headers).filter((name) => name.includes('ratelimit'))).toEqual([]);
  });

  test('the rate limit of ten seconds has headers on every answer, then HubSpot’s 429, for this token alone', async () => {
    const sandbox = await openSandbox({ rateLimitTenSecondly: 2 });
    const paths = [`${september}/deals`, `${v1}/deals`, `${v3}/deals`];
    const [first, second, third] = [
      await sandbox.get(paths[0]!),
      await sandbox.get(paths[1]!),
      await sandbox.get(paths[2]!),
    ];
    expect([first.status, second.status, third.status]).toEqual([200, 200, 429]);
    expect(first.headers).toMatchObject({
      'x-hubspot-ratelimit-interval-milliseconds': '10000',
      'x-hubspot-ratelimit-max': '2',
      'x-hubspot-ratelimit-remaining': '1',
    });
    expect(third.headers['x-hubspot-ratelimit-remaining']).toBe('0');
    expect(third.headers).not.toHaveProperty('retry-after');
    expect(third.body).toEqual({
      status: 'error',
      message: 'You have reached your ten_secondly_rolling limit.',
      errorType: 'RATE_LIMIT',
      correlationId: third.headers['x-hubspot-correlation-id'],
      policyName: 'TEN_SECONDLY_ROLLING',
      groupName: expect.stringMatching(/^publicapi:/),
    });
    expect((await sandbox.get(paths[0]!, { token: 'other' })).status).toBe(200);
    expect((await sandbox.get('/api/pipelines')).status).toBe(200);
  });

  test('the rate limit of a day has another policy, and headers of its own', async () => {
    const sandbox = await openSandbox({ rateLimitDaily: 1 });
    const first = await sandbox.get(`${september}/deals`);
    expect(first.headers).toMatchObject({
      'x-hubspot-ratelimit-daily': '1',
      'x-hubspot-ratelimit-daily-remaining': '0',
    });
    const { status, body } = await sandbox.get(`${september}/deals`);
    expect(status).toBe(429);
    expect(body).toMatchObject({
      policyName: 'DAILY',
      errorType: 'RATE_LIMIT',
      message: 'You have reached your daily limit.',
    });
  });

  test('a write that a rate limit refuses is not made', async () => {
    const sandbox = await openSandbox({ rateLimitTenSecondly: 1 });
    await sandbox.get(`${september}/deals`);
    expect((await sandbox.post(`${september}/deals`, dealPipeline('P'))).status).toBe(429);
    await sandbox.post('/__sandbox/reset', {});
    expect((await sandbox.get(`${september}/deals`)).body.results).toHaveLength(1);
  });
});
