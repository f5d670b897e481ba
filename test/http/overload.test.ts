import { expect, test, vi } from 'vitest';
import { ask, startTestGateway } from '../support/gateway.ts';
import { salesPipelineByKey } from '../support/seed.ts';

test('more operations than may run at once are refused before any upstream call, and told when to come back', async () => {
  const gateway = await startTestGateway({ env: { GATEWAY_MAX_IN_FLIGHT: '1' } });
  await gateway.sandbox.fault({ fault: 'latency', ms: 1500, times: 1 });
  const running = gateway.ask(salesPipelineByKey);
  await vi.waitFor(async () => expect(await gateway.sandbox.requests()).toHaveLength(1), { timeout: 5000 });
  const { status, errors, headers } = await gateway.ask(salesPipelineByKey);
  expect([status, errors?.[0]?.extensions]).toEqual([503, { code: 'OVERLOADED', retryAfterSeconds: 1 }]);
  expect(headers['retry-after']).toBe('1');
  expect((await running).data).toEqual({ pipelineByKey: { label: 'Sales Pipeline' } });
  expect(await gateway.sandbox.requests()).toHaveLength(1);
  for (const query of ['{ nothing }', '{', salesPipelineByKey]) expect((await gateway.ask(query)).status).not.toBe(503);
  await gateway.close();
});

test('who asks more often than allowed is refused, and told when to come back; what says whether the gateway is there is not', async () => {
  const gateway = await startTestGateway({ env: { GATEWAY_MAX_REQUESTS_PER_MINUTE: '3' } });
  for (let i = 0; i < 3; i += 1) expect((await gateway.ask('{ __typename }')).status).toBe(200);
  const { status, errors, headers } = await gateway.ask(salesPipelineByKey);
  expect(status).toBe(429);
  expect(errors).toEqual([
    { message: expect.any(String), extensions: { code: 'RATE_LIMITED', retryAfterSeconds: expect.any(Number) } },
  ]);
  expect(Number(headers['retry-after'])).toBe(errors?.[0]?.extensions['retryAfterSeconds']);
  expect(await gateway.sandbox.requests()).toEqual([]);
  for (let i = 0; i < 5; i += 1) expect((await fetch(`${gateway.url}/health/ready`)).status).toBe(200);
  await gateway.close();
});

test('each caller with a key has a rate of its own', async () => {
  const [a, b] = ['a'.repeat(40), 'b'.repeat(40)];
  const env = {
    GATEWAY_MAX_REQUESTS_PER_MINUTE: '1',
    GATEWAY_API_KEYS: `one:${a}:pipelines:read,two:${b}:pipelines:read`,
  };
  const gateway = await startTestGateway({ env });
  const statusOf = async (key: string) =>
    (await ask(gateway.url, { query: '{ __typename }' }, { 'x-api-key': key })).status;
  expect([await statusOf(a), await statusOf(a), await statusOf(b), await statusOf(b)]).toEqual([200, 429, 200, 429]);
  await gateway.close();
});

test('while the event loop is late operations are refused and health checks are not, and afterwards they run again', async () => {
  const gateway = await startTestGateway({ env: { GATEWAY_MAX_LOOP_DELAY_MILLISECONDS: '40' } });
  const blocking = setInterval(() => {
    for (const endsAt = performance.now() + 80; performance.now() < endsAt;);
  }, 1);
  const refused = await vi.waitUntil(async () => {
    const answer = await gateway.ask(salesPipelineByKey);
    return answer.status === 503 && answer;
  }, 30_000);
  expect(refused.errors?.[0]?.extensions).toEqual({ code: 'OVERLOADED', retryAfterSeconds: 1 });
  expect(refused.headers['retry-after']).toBe('1');
  for (const path of ['health/live', 'health/ready', 'metrics']) {
    expect((await fetch(`${gateway.url}/${path}`)).status).toBe(200);
  }
  clearInterval(blocking);
  await vi.waitFor(async () => expect((await gateway.ask(salesPipelineByKey)).status).toBe(200), 30_000);
  await gateway.close();
});

test('while the heap is full operations are refused', async () => {
  const gateway = await startTestGateway({ env: { GATEWAY_MAX_HEAP_PERCENT: '1' } });
  // The heap's limit is the machine's, so that a hundredth of it is in use only if it is held.
  const held = Array.from({ length: 8_000_000 }, (_, index) => index + 0.5);
  await vi.waitFor(async () => expect((await gateway.ask(salesPipelineByKey)).status).toBe(503), 30_000);
  expect(held).toHaveLength(8_000_000);
  await gateway.close();
});
