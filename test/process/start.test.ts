import { createServer as createTcpServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { startSandbox } from '../../sandbox/server.ts';
import { createSource } from '../../src/sources/index.ts';
import { sandboxSources } from '../../src/sources/sandbox.ts';
import { createMemoryWindowLog } from '../../src/sources/upstream/rate-window.ts';
import { createWriteTurns, withTurns } from '../../src/sources/write-turns.ts';
import { killGateways, spawnGateway } from '../support/gateway-process.ts';
import { ask, createTestServer } from '../support/gateway.ts';
import { listen } from '../support/listen.ts';
import { controlSandbox } from '../support/sandbox-control.ts';
import { salesPipelineByKey } from '../support/seed.ts';
import { hubSpotAt } from '../support/sources.ts';

afterAll(killGateways);

const list = { query: '{ pipelines { nodes { sourceName label } failures { code } } }' };

/** The status of a health endpoint; null where nobody listens any more. */
async function healthOf(url: string, kind: 'live' | 'ready'): Promise<number | null> {
  const answer = await request(`${url}/health/${kind}`, { reset: true }).catch(() => null);
  await answer?.body.dump();
  return answer?.statusCode ?? null;
}

/** Sends a query that an upstream keeps waiting; resolves when the upstream has it, so that it is in flight. */
async function sendInFlight(url: string, sandboxUrl: string | undefined, fault: { fault: string; ms: number }) {
  const sandbox = controlSandbox(sandboxUrl ?? '');
  await sandbox.fault({ ...fault, match: { path: 'deals' }, times: 1 });
  const answer = ask(url, {
    query: salesPipelineByKey,
  });
  answer.catch(() => {});
  await vi.waitFor(async () => expect(await sandbox.requests()).toHaveLength(1), { timeout: 10_000 });
  return { answer };
}

/** A port that something else listens on. */
async function occupyPort() {
  const server = createTcpServer();
  const { port } = new URL(await listen(server));
  return { port, free: () => server.close() };
}

// Each of these waits for processes, so they wait side by side.
describe.concurrent('starts and ends of a process', () => {
  test('a gateway warns at its start of the end of a version that a configured source uses, and only of that', async () => {
    const { ready, output, child, ended } = spawnGateway({
      HUBSPOT_TOKEN: 'a-token',
      HUBSPOT_V1_TOKEN: 'a-token',
      HUBSPOT_URL: 'http://127.0.0.1:1',
      HUBSPOT_V1_URL: 'http://127.0.0.1:1',
      GATEWAY_LOG_LEVEL: 'warn',
    });
    await ready;
    child.kill('SIGTERM');
    await ended;
    const lines = output.stderr
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toEqual([
      expect.objectContaining({ level: 'warn', source: 'hubspot-v1', sunsetAt: '2026-12-04T00:00:00.000Z' }),
    ]);
    expect(lines[0].msg).toMatch(/^Version v1 of the API of source "hubspot-v1" (ends|ended) on 2026-12-04\.$/);
  });

  test('a gateway on the sandbox says where to go in three lines, and answers a query over every kind of source', async () => {
    const { ready, output, child, ended } = spawnGateway({ GATEWAY_LOG_LEVEL: 'warn' });
    const { url, sandboxUrl = '' } = await ready;
    expect(await healthOf(url, 'live')).toBe(200);
    expect(await healthOf(url, 'ready')).toBe(200);
    const names = sandboxSources(sandboxUrl).map(({ name }) => name);
    const { data } = await ask(url, list);
    expect(new Set(data.pipelines.nodes.map((node: { sourceName: string }) => node.sourceName))).toEqual(
      new Set(names),
    );
    expect(data.pipelines.failures).toEqual([]);
    child.kill('SIGTERM');
    expect(await ended).toEqual({ code: 0, signal: null });
    expect(output.stdout.split('\n')).toEqual([
      `GraphQL   ${url}/graphql (GraphiQL at ${url}/graphiql)`,
      `Health    ${url}/health/ready`,
      `Sources   ${names.join(', ')} (the sandbox at ${sandboxUrl})`,
      '',
    ]);
    expect(output.stderr).toBe('');
  });

  test('a gateway serves on after SIGTERM for as long as the delay says, but is not ready; then it finishes what is in flight', async () => {
    const { ready, child, ended, output } = spawnGateway({
      GATEWAY_SHUTDOWN_DELAY_SECONDS: '1',
      GATEWAY_LOG_LEVEL: 'warn',
    });
    const { url, sandboxUrl } = await ready;
    const inFlight = await sendInFlight(url, sandboxUrl, { fault: 'latency', ms: 2500 });
    child.kill('SIGTERM');
    await vi.waitFor(async () => expect(await healthOf(url, 'ready')).toBe(503), { timeout: 5000 });
    expect(await healthOf(url, 'live')).toBe(200);
    expect((await ask(url, { query: '{ __typename }' })).status).toBe(200);
    await vi.waitFor(async () => expect(await healthOf(url, 'live')).toBeNull(), { timeout: 5000 });
    expect((await inFlight.answer).data).toEqual({ pipelineByKey: { label: 'Sales Pipeline' } });
    expect(await ended).toEqual({ code: 0, signal: null });
    expect(output.stderr).toBe('');
  });

  test('a gateway ends on SIGINT as on SIGTERM, and a signal that comes again cuts nothing off', async () => {
    const { ready, child, ended } = spawnGateway();
    const { url, sandboxUrl } = await ready;
    const inFlight = await sendInFlight(url, sandboxUrl, { fault: 'latency', ms: 700 });
    child.kill('SIGINT');
    await vi.waitFor(async () => expect(await healthOf(url, 'live')).toBeNull(), { timeout: 5000 });
    child.kill('SIGINT');
    child.kill('SIGTERM');
    expect((await inFlight.answer).data).toEqual({ pipelineByKey: { label: 'Sales Pipeline' } });
    // Sooner than the grace of 8 s: a client that keeps its connection alive does not hold the end up.
    expect(await Promise.race([ended, sleep(5000)])).toEqual({ code: 0, signal: null });
  });

  test.each([
    ['PORT', /^The gateway cannot start: its port is in use \(PORT chooses another\)\.\n$/],
    ['SANDBOX_PORT', /^The sandbox cannot start: its port is in use \(SANDBOX_PORT chooses another\)\.\n$/],
  ])('a gateway says in one line that %s is in use, and exits with 1', async (variable, message) => {
    const { port, free } = await occupyPort();
    const { ended, output } = spawnGateway({ [variable]: port });
    expect(await ended).toEqual({ code: 1, signal: null });
    expect(output.stderr).toMatch(message);
    expect(output.stdout).toBe('');
    free();
  });

  test('a gateway says in one line that the sandbox’s database cannot be opened, and exits with 1', async () => {
    const { ended, output } = spawnGateway({ SANDBOX_DB: '/nowhere/at/all.db' });
    expect(await ended).toEqual({ code: 1, signal: null });
    expect(output.stderr).toMatch(/^The sandbox cannot start: [^\n]+\n$/);
  });

  test('a gateway says to somebody whose Node is too old what to do, instead of a syntax error', async () => {
    const pretend = 'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "22.11.0" } })';
    const old = ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`];
    const { ended, output } = spawnGateway({}, [...old, '--import', './scripts/require-node-24.js', 'src/main.ts']);
    expect(await ended).toEqual({ code: 1, signal: null });
    expect(output.stderr).toMatch(/^pipeline-gateway needs Node 24 or newer; this is 22\.11\.0\.\n/);
    expect(output.stderr).toContain('npm start');
    expect(output.stdout).toBe('');
  });
});

test('a server ends when its grace is over, although an upstream never answers', async () => {
  const sandbox = await startSandbox({ port: 0, faults: [{ fault: 'hang' }] });
  const options = { windowLog: createMemoryWindowLog(), circuitRetryMs: 10_000 };
  const source = withTurns(createSource(hubSpotAt(sandbox.url), options), createWriteTurns(null), null);
  const server = await createTestServer([source], { deadlineMs: 300_000 });
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  const inFlight = ask(url, list);
  inFlight.catch(() => {});
  await vi.waitFor(async () => expect(await controlSandbox(sandbox.url).requests()).not.toEqual([]));
  await server.close(200);
  await expect(inFlight).rejects.toThrow();
  await source.close();
  await sandbox.close();
});
