import { describe, expect, test } from 'vitest';
import { dealPipeline, openSandbox, september, v1, v3 } from '../open-sandbox.ts';
import type { TestSandbox } from '../open-sandbox.ts';

const deals = `${september}/deals`;

/** A sandbox in which the next matching request meets the fault. */
async function openWithFault(fault: string, more: object = {}): Promise<TestSandbox> {
  const sandbox = await openSandbox();
  expect((await sandbox.post('/__sandbox/faults', { fault, times: 1, ...more })).status).toBe(200);
  return sandbox;
}

/** Whether a create has reached the data. */
async function hasBeenMade(sandbox: TestSandbox): Promise<boolean> {
  return (await sandbox.get(deals)).body.results.length > 1;
}

describe('status', () => {
  test.each([
    [429, { policyName: 'TEN_SECONDLY_ROLLING', errorType: 'RATE_LIMIT' }],
    [401, { category: 'INVALID_AUTHENTICATION' }],
    [403, { category: 'MISSING_SCOPES' }],
    [423, { status: 'error' }],
    [477, { status: 'error' }],
    [undefined, { status: 'error', message: 'internal error' }],
    [503, { status: 'error', message: 'internal error' }],
  ])('the fault status %s answers with HubSpot’s own body', async (status, body) => {
    const sandbox = await openWithFault('status', { status });
    const reply = await sandbox.get(deals);
    expect(reply.status).toBe(status ?? 500);
    expect(reply.body).toMatchObject({ ...body, correlationId: reply.headers['x-hubspot-correlation-id'] });
  });

  test('the fault status has the form of the API that was asked', async () => {
    const sandbox = await openWithFault('status', { times: 2 });
    expect((await sandbox.get('/api/pipelines')).body).toEqual({ error: expect.any(String) });
    expect((await sandbox.get(`${v1}/deals`)).body).toMatchObject({ requestId: expect.any(String) });
  });

  test('the fault status takes headers, and a body: an object as JSON, a string as it is', async () => {
    const sandbox = await openWithFault('status', { status: 503, headers: { 'Retry-After': '7' }, body: { a: 1 } });
    const first = await sandbox.get(deals);
    expect([first.status, first.text, first.headers['retry-after']]).toEqual([503, '{"a":1}', '7']);
    await sandbox.post('/__sandbox/faults', { fault: 'status', status: 400, body: 'plain', times: 1 });
    expect((await sandbox.get(deals)).text).toBe('plain');
  });

  test.each([
    ['before', false],
    ['after', true],
    [undefined, false],
  ])('the fault status that comes %s the write leaves it there: %s', async (when, isThere) => {
    const sandbox = await openWithFault('status', { status: 502, when });
    expect((await sandbox.post(deals, dealPipeline('P'))).status).toBe(502);
    expect(await hasBeenMade(sandbox)).toBe(isThere);
  });
});

describe('reset', () => {
  test.each(['headers', 'body'])(
    'the fault reset in the %s cuts the connection, and by default nothing is done',
    async (part) => {
      const sandbox = await openWithFault('reset', { part });
      await expect(sandbox.post(deals, dealPipeline('P'))).rejects.toThrow();
      expect(await hasBeenMade(sandbox)).toBe(false);
    },
  );

  test.each(['headers', 'body'])(
    'the fault reset in the %s after the write cuts the connection when it is done',
    async (part) => {
      const sandbox = await openWithFault('reset', { part, when: 'after' });
      await expect(sandbox.post(deals, dealPipeline('P'))).rejects.toThrow();
      expect(await hasBeenMade(sandbox)).toBe(true);
    },
  );
});

describe('hang', () => {
  test.each(['headers', 'body'])(
    'the fault hang in the %s leaves the request without an answer until the sandbox closes',
    async (part) => {
      const sandbox = await openWithFault('hang', { part, when: 'after' });
      const pending = sandbox.post(deals, dealPipeline('P'));
      const settled = expect(pending).rejects.toThrow();
      while (!(await hasBeenMade(sandbox)));
      const { requests } = (await sandbox.get('/__sandbox/requests')).body;
      expect(requests[0]).toMatchObject({ method: 'POST', status: null });
      await sandbox.close();
      await settled;
    },
  );
});

describe('faults that spoil an answer', () => {
  test.each(['html', 'truncate', 'empty', 'wrong-shape'])('the fault %s comes after the write', async (fault) => {
    const sandbox = await openWithFault(fault);
    await sandbox.post(deals, dealPipeline('P'));
    expect(await hasBeenMade(sandbox)).toBe(true);
  });

  test.each(['html', 'truncate', 'empty', 'wrong-shape'])(
    'the fault %s before the write has it not made',
    async (fault) => {
      const sandbox = await openWithFault(fault, { when: 'before' });
      expect((await sandbox.post(deals, dealPipeline('P'))).status).toBe(200);
      expect(await hasBeenMade(sandbox)).toBe(false);
    },
  );
});

test('the fault html is a page, with the status that is asked for', async () => {
  const sandbox = await openWithFault('html');
  const { status, text, headers } = await sandbox.get(deals);
  expect([status, headers['content-type']]).toEqual([200, 'text/html;charset=utf-8']);
  expect(text).toContain('<html>');
  await sandbox.post('/__sandbox/faults', { fault: 'html', status: 502, times: 1 });
  expect((await sandbox.get(deals)).status).toBe(502);
});

test('the fault truncate is a whole message with the first half of the JSON', async () => {
  const sandbox = await openWithFault('truncate');
  const half = await sandbox.get(deals);
  const whole = await sandbox.get(deals);
  expect(half.status).toBe(200);
  expect(half.body).toBeUndefined();
  expect(half.text).toBe(whole.text.slice(0, Math.floor(whole.text.length / 2)));
});

test('the fault empty has the status of the real answer, or the one that is asked for', async () => {
  const sandbox = await openWithFault('empty');
  const { status, text } = await sandbox.post(deals, dealPipeline('P'));
  expect([status, text]).toEqual([201, '']);
  await sandbox.post('/__sandbox/faults', { fault: 'empty', status: 500, times: 1 });
  expect((await sandbox.get(deals)).status).toBe(500);
});

test('the fault wrong-shape is valid JSON of another shape', async () => {
  const sandbox = await openWithFault('wrong-shape');
  expect((await sandbox.get(deals)).body).toEqual({ unexpected: true });
  await sandbox.post('/__sandbox/faults', { fault: 'wrong-shape', body: [1], times: 1 });
  expect((await sandbox.get(deals)).body).toEqual([1]);
});

test('the fault drip sends the real answer, byte by byte', async () => {
  const sandbox = await openWithFault('drip', { ms: 0 });
  expect((await sandbox.get(`${september}/2-1`)).body).toEqual({ results: [] });
});

test('the fault latency makes the request wait, and then all goes on', async () => {
  const sandbox = await openWithFault('latency', { ms: 1 });
  expect((await sandbox.post(deals, dealPipeline('P'))).status).toBe(201);
  await sandbox.post('/__sandbox/faults', { fault: 'latency', ms: 1, when: 'after', times: 1 });
  expect((await sandbox.post(deals, dealPipeline('Q'))).status).toBe(201);
});

test('the fault huge is a hundred megabytes', async () => {
  const sandbox = await openWithFault('huge');
  const response = await fetch(`${sandbox.url}${deals}`, { headers: { authorization: 'Bearer test' } });
  let bytes = 0;
  for await (const chunk of response.body!) bytes += (chunk as Uint8Array).length;
  expect(bytes).toBeGreaterThanOrEqual(100 * 1024 * 1024);
});

test('the fault huge stops when the client goes away', async () => {
  const sandbox = await openWithFault('huge');
  const controller = new AbortController();
  const { signal } = controller;
  const response = await fetch(`${sandbox.url}${deals}`, { signal, headers: { authorization: 'Bearer test' } });
  controller.abort();
  await expect(response.text()).rejects.toThrow();
  expect((await sandbox.get(deals)).status).toBe(200);
});

describe('which requests a fault befalls', () => {
  test.each([
    [{ method: 'post' }, [`${v3}/deals`, 'GET', 'test'], false],
    [{ method: 'get' }, [`${v3}/deals`, 'GET', 'test'], true],
    [{ path: '/deals$' }, [`${v3}/deals?x=/tickets`, 'GET', 'test'], true],
    [{ path: '/tickets' }, [`${v3}/deals?x=/tickets`, 'GET', 'test'], false],
    [{ token: 'other' }, [`${v3}/deals`, 'GET', 'test'], false],
    [{ token: 'test', method: 'GET', path: 'v3' }, [`${v3}/deals`, 'GET', 'test'], true],
  ] as const)('a fault for %j befalls the request %j: %s', async (match, [path, method, token], isHit) => {
    const sandbox = await openWithFault('status', { match });
    expect((await sandbox.call(method, path, { token })).status).toBe(isHit ? 500 : 200);
  });

  test('the times of a fault count down, and the first rule that has some left wins', async () => {
    const sandbox = await openWithFault('status', { status: 501, times: 2 });
    await sandbox.post('/__sandbox/faults', { fault: 'status', status: 502 });
    const seen: number[] = [];
    for (let request = 0; request < 4; request += 1) seen.push((await sandbox.get(deals)).status);
    expect(seen).toEqual([501, 501, 502, 502]);
  });

  test('a DELETE ends all faults', async () => {
    const sandbox = await openWithFault('status', { times: undefined });
    expect((await sandbox.get(deals)).status).toBe(500);
    await sandbox.call('DELETE', '/__sandbox/faults');
    expect((await sandbox.get(deals)).status).toBe(200);
  });

  test('no fault befalls control requests', async () => {
    const sandbox = await openWithFault('status', { times: undefined });
    expect((await sandbox.get('/__sandbox/requests')).status).toBe(200);
  });

  test('faults may be there from the start, and so may latency', async () => {
    const sandbox = await openSandbox({ latencyMs: 1, faults: [{ fault: 'status', status: 418, times: 1 }] });
    expect((await sandbox.get(deals)).status).toBe(418);
    expect((await sandbox.get(deals)).status).toBe(200);
  });
});

describe('unapplied', () => {
  test('the fault unapplied answers a write of HubSpot’s as always, and leaves nothing of it', async () => {
    const sandbox = await openWithFault('unapplied', { match: { method: 'POST' } });
    const reply = await sandbox.post(deals, dealPipeline('New', { pipelineId: 'new' }));
    expect([reply.status, reply.body.id]).toEqual([201, 'new']);
    expect(await hasBeenMade(sandbox)).toBe(false);
    expect((await sandbox.post(deals, dealPipeline('New', { pipelineId: 'new' }))).status).toBe(201);
    expect(await hasBeenMade(sandbox)).toBe(true);
  });

  test('the fault unapplied does so at v1 and at the organization API, and refuses what they would refuse', async () => {
    const sandbox = await openWithFault('unapplied', { times: undefined });
    expect((await sandbox.call('PUT', `${v1}/deals/default`, { body: { label: 'Q' } })).body.label).toBe('Q');
    expect((await sandbox.get(`${v1}/deals`)).body.results).toMatchObject([{ label: 'Sales Pipeline' }]);
    const edit = await sandbox.post('/api/pipelines', { name: 'Q' });
    expect(edit.body).toMatchObject({ pipeline: { name: 'Q' } });
    expect((await sandbox.get('/api/pipelines')).body).toMatchObject({ name: 'Contacts' });
    expect((await sandbox.call('PUT', `${v1}/deals/nix`, { body: { label: 'Q' } })).status).toBe(404);
  });
});

test.each([
  [{ fault: 'nix' }, 'fault'],
  [{}, 'fault'],
  [{ fault: 'status', match: { path: '(' } }, 'match.path'],
  [{ fault: 'status', match: { paht: 'x' } }, 'match'],
  [{ fault: 'status', status: 99 }, 'status'],
  [{ fault: 'status', times: 0 }, 'times'],
  [{ fault: 'status', tiems: 1 }, 'tiems'],
  [{ fault: 'status', headers: { 'bad header': 'x' } }, 'headers'],
  [{ fault: 'drip', ms: -1 }, 'ms'],
  ['{', 'JSON'],
])('the fault %j is a 400 that names %s', async (rule, named) => {
  const sandbox = await openSandbox();
  const { status, body } = await sandbox.post('/__sandbox/faults', rule);
  expect(status).toBe(400);
  expect(body.error).toContain(named);
});
