import { once } from 'node:events';
import { connect } from 'node:net';
import { pino } from 'pino';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createSource } from '../../src/sources/index.ts';
import type { PipelineSource } from '../../src/sources/source.ts';
import { createMemoryWindowLog } from '../../src/sources/upstream/rate-window.ts';
import { createWriteTurns, withTurns } from '../../src/sources/write-turns.ts';
import { ask, createTestServer, startTestGateway } from '../support/gateway.ts';
import { salesPipelineId as id } from '../support/seed.ts';
import { hubSpotAt } from '../support/sources.ts';
import { useGateway } from '../support/use-gateway.ts';
import { scrapeOne } from './samples.ts';

const gateway = useGateway();
beforeEach(() => gateway.sandbox.reset());

/** What was logged of one request, without what every line has. */
function linesOf(requestId: string): readonly Record<string, unknown>[] {
  return gateway.logLines
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter((line) => line['requestId'] === requestId)
    .map(({ time: _time, pid: _pid, hostname: _hostname, ...line }) => line);
}

describe('lines of operations', () => {
  test('an operation is one line, with what it was, what became of it, how long it took and what it asked of upstreams', async () => {
    await gateway.ask('query Labels { pipelines { nodes { label } } }', {}, { 'x-request-id': 'one' });
    expect(linesOf('one')).toEqual([
      {
        level: 30,
        requestId: 'one',
        operation: 'Labels',
        type: 'query',
        codes: [],
        durationMs: expect.any(Number),
        upstreamRequests: 6,
        msg: 'operation',
      },
    ]);
  });

  test('an operation has a line for each upstream request that failed, by which the upstream can be asked about it', async () => {
    await gateway.sandbox.fault({ fault: 'status', status: 503, match: { path: 'deals' } });
    const { errors } = await gateway.ask(`{ pipeline(id: "${id}") { label } }`, {}, { 'x-request-id': 'two' });
    const lines = linesOf('two');
    const failures = lines.slice(0, -1);
    // What may pass is tried again, and each attempt has its line.
    expect(failures).toHaveLength(3);
    for (const failure of failures)
      expect(failure).toEqual({
        level: 40,
        requestId: 'two',
        source: 'hubspot',
        endpoint: 'GET /crm/pipelines/{version}/{objectType}/{pipelineId}',
        status: 503,
        code: 'UPSTREAM_UNAVAILABLE',
        correlationId: expect.stringMatching(/^[\da-f-]{36}$/),
        durationMs: expect.any(Number),
        msg: 'upstream request failed',
      });
    expect(failures.at(-1)?.['correlationId']).toBe(errors?.[0]?.extensions['correlationId']);
    expect(lines.at(-1)).toMatchObject({ operation: null, codes: ['UPSTREAM_UNAVAILABLE'], upstreamRequests: 3 });
  });

  test('an operation that is refused by the upstream for what the caller sent is no warning', async () => {
    await gateway.sandbox.fault({
      fault: 'status',
      status: 400,
      match: { method: 'PATCH' },
      body: { message: 'bad', errors: [{ in: 'label' }] },
    });
    await gateway.ask(`mutation { patchPipeline(input: { id: "${id}", label: "B" }) { errors { code } } }`, undefined, {
      'x-request-id': 'three',
    });
    expect(linesOf('three')).toMatchObject([
      { level: 30, code: 'INVALID_INPUT', status: 400 },
      { level: 30, type: 'mutation', codes: ['INVALID_INPUT'] },
    ]);
  });

  test.each(['query Broken {', '{ nothing }'])(
    'an operation that cannot be run, such as %j, has its line',
    async (query) => {
      const { headers } = await gateway.ask(query);
      const [line] = linesOf(String(headers['x-request-id']));
      expect(line).toMatchObject({ operation: null, type: 'unknown', codes: [expect.stringMatching(/^GRAPHQL_/)] });
    },
  );
  test.each([
    ['failed', ['one-of-upstream', 'one-of-a-caller']],
    ['none', []],
  ])('with GATEWAY_LOG_OPERATIONS=%s only these have a line: %j', async (GATEWAY_LOG_OPERATIONS, expected) => {
    const quiet = await startTestGateway({ env: { GATEWAY_LOG_OPERATIONS } });
    await quiet.ask('{ pipelineSources { name } }', {}, { 'x-request-id': 'success' });
    await quiet.sandbox.fault({ fault: 'status', status: 400 });
    await quiet.ask(`{ pipeline(id: "${id}") { label } }`, {}, { 'x-request-id': 'one-of-upstream' });
    await quiet.ask('{ pipeline(id: "x") { label } }', {}, { 'x-request-id': 'one-of-a-caller' });
    await quiet.close();
    const lines = quiet.logLines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'operation');
    expect(lines.map(({ requestId }) => requestId)).toEqual(expected);
  });
});

test('a defect is masked for the caller, and logged with the request’s id', async () => {
  const sandbox = hubSpotAt(gateway.sandbox.url);
  const broken: PipelineSource = {
    ...withTurns(
      createSource(sandbox, { windowLog: createMemoryWindowLog(), circuitRetryMs: 10_000 }),
      createWriteTurns(null),
      null,
    ),
    readPipeline: () => Promise.reject(new TypeError('oops')),
  };
  const lines: string[] = [];
  const log = pino({}, { write: (line: string) => void lines.push(line) });
  const server = await createTestServer([broken], { log });
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  const { text } = await ask(url, { query: `{ pipeline(id: "${id}") { label } }` }, { 'x-request-id': 'five' });
  await server.close(0);
  await broken.close();
  expect(text).toContain('INTERNAL_SERVER_ERROR');
  expect(text).not.toContain('oops');
  expect(lines.map((line) => JSON.parse(line)).filter(({ level }) => level === 50)).toMatchObject([
    { requestId: 'five', msg: 'unexpected error', err: { type: 'TypeError', message: 'oops' } },
  ]);
});

describe('lines of requests that never become operations', () => {
  test('a request that never becomes an operation has a line with its status', async () => {
    const { status } = await gateway.ask('{ __typename }', {}, { 'x-request-id': 'four', 'x-deadline-ms': 'soon' });
    expect(status).toBe(400);
    expect(linesOf('four')).toEqual([
      { level: 30, requestId: 'four', status: '400', codes: [], msg: 'request refused' },
    ]);
  });

  test('a request that never becomes an operation has the code that it was refused with', async () => {
    const { status } = await gateway.ask(' '.repeat(2 ** 20), {}, { 'x-request-id': 'six' });
    expect(status).toBe(413);
    expect(linesOf('six')).toEqual([
      { level: 30, requestId: 'six', status: '413', codes: ['PAYLOAD_TOO_LARGE'], msg: 'request refused' },
    ]);
  });
});

test('a caller that goes away is no longer in flight', async () => {
  await gateway.sandbox.fault({ fault: 'latency', ms: 300, match: { path: 'deals' } });
  const body = JSON.stringify({ query: `{ pipeline(id: "${id}") { label } }` });
  const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
  socket.write(
    `POST /graphql HTTP/1.1\r\nhost: gateway\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
  await vi.waitFor(async () => expect(await gateway.sandbox.requests()).toHaveLength(1));
  socket.destroy();
  await once(socket, 'close');
  await vi.waitFor(async () =>
    expect(await scrapeOne(gateway.url, 'http_requests_total')).toContainEqual({
      labels: { route: '/graphql', status: 'aborted' },
      value: 1,
    }),
  );
  expect(await scrapeOne(gateway.url, 'http_requests_in_flight')).toContainEqual({
    labels: { route: '/graphql' },
    value: 0,
  });
});
