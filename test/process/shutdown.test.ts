import { Agent, request } from 'node:http';
import { json } from 'node:stream/consumers';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { killGateways, spawnGateway } from '../support/gateway-process.ts';
import { controlSandbox } from '../support/sandbox-control.ts';
import { salesPipelineByKey } from '../support/seed.ts';

afterAll(killGateways);

const expected = { status: 200, body: { data: { pipelineByKey: { label: 'Sales Pipeline' } } } };

interface Answer {
  readonly status: number | undefined;
  readonly connection: string | undefined;
  readonly body: unknown;
}

/** Why no answer came, and whether the request was sent on a connection that had served one before. */
interface Failure {
  readonly code: string | undefined;
  readonly reused: boolean;
}

/** Sends one request; resolves with the whole answer, or with what kept it from coming. */
function send(url: string, path: string, agent: Agent | false): Promise<Answer | Failure> {
  return new Promise((resolve) => {
    const sent = request(url + path, { agent, headers: { 'apollo-require-preflight': 'true' } }, (response) => {
      const { statusCode: status, headers } = response;
      json(response).then((body) => resolve({ status, connection: headers.connection, body }), fail);
    });
    const fail = ({ code }: NodeJS.ErrnoException) => resolve({ code, reused: sent.reusedSocket });
    sent.on('error', fail).end();
  });
}

const sendQuery = (url: string, agent: Agent | false) =>
  send(url, `/graphql?query=${encodeURIComponent(salesPipelineByKey)}`, agent);

/** Callers that send one request after the other, each until its first failure. */
function startLoad(url: string) {
  const answers: Answer[] = [];
  const failures: Failure[] = [];
  const run = async (agent: Agent | false): Promise<void> => {
    for (;;) {
      const result = await sendQuery(url, agent);
      if (!('status' in result)) return void failures.push(result);
      answers.push(result);
    }
  };
  const keepingAlive = Array.from({ length: 8 }, () => run(new Agent({ keepAlive: true, maxSockets: 1 })));
  const connecting = Array.from({ length: 4 }, () => run(false));
  return { answers, failures, ended: Promise.all([...keepingAlive, ...connecting]) };
}

/** Starts a gateway whose upstream takes its time, so that requests are in flight at any moment. */
async function startUnderLoad(env: Readonly<Record<string, string>>) {
  const gateway = spawnGateway(env);
  const { url, sandboxUrl = '' } = await gateway.ready;
  await controlSandbox(sandboxUrl).fault({ fault: 'latency', ms: 30 });
  const load = startLoad(url);
  await vi.waitFor(() => expect(load.answers.length).toBeGreaterThan(50), 15_000);
  return { gateway, url, load };
}

// Each of these waits for a process, so they wait side by side.
describe.concurrent('a gateway that is stopped while callers keep it busy', () => {
  test.each(['0', '1'])(
    'a gateway that is stopped answers every request that it let in, with a delay of %s s',
    async (delay) => {
      const { gateway, load } = await startUnderLoad({ GATEWAY_SHUTDOWN_DELAY_SECONDS: delay });
      gateway.child.kill('SIGTERM');
      await load.ended;
      expect(await gateway.ended).toEqual({ code: 0, signal: null });
      expect(load.answers).toEqual(load.answers.map(() => expect.objectContaining(expected)));
      // Each operation that the gateway ran was answered to somebody.
      expect(gateway.output.stderr.match(/"msg":"operation"/g)).toHaveLength(load.answers.length);
      // Nobody who kept a connection alive was cut off. Closing its port, the system resets connections not taken yet.
      expect(load.failures).toHaveLength(12);
      for (const { code, reused } of load.failures) {
        expect(reused).toBe(false);
        expect(['ECONNREFUSED', 'ECONNRESET']).toContain(code);
      }
    },
  );

  test('a gateway that is stopped serves on through the delay, not ready, and each answer sends its caller elsewhere', async () => {
    const { gateway, url, load } = await startUnderLoad({ GATEWAY_SHUTDOWN_DELAY_SECONDS: '3' });
    const agent = new Agent({ keepAlive: true });
    expect(await sendQuery(url, agent)).toEqual({ ...expected, connection: 'keep-alive' });
    gateway.child.kill('SIGTERM');
    await vi.waitFor(async () => expect(await send(url, '/health/ready', false)).toMatchObject({ status: 503 }));
    expect(await sendQuery(url, agent)).toEqual({ ...expected, connection: 'close' });
    expect(await sendQuery(url, agent)).toEqual({ ...expected, connection: 'close' });
    await load.ended;
    expect(await gateway.ended).toEqual({ code: 0, signal: null });
  });
});
