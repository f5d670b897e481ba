import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openCaller } from '../support/caller.ts';
import type { Caller } from '../support/caller.ts';
import { keptForAMinute, startTestGateway } from '../support/gateway.ts';
import type { TestGateway } from '../support/gateway.ts';
import { toMutation } from '../support/mutate.ts';
import { salesPipelineByKey, salesPipelineId as id } from '../support/seed.ts';
import { forwardingHubSpotAt } from '../support/sources.ts';
import { startUpstream, toHubSpotAnswer } from '../support/test-upstream.ts';
import type { TestUpstream } from '../support/test-upstream.ts';

const inSlow = salesPipelineByKey.replace('"hubspot"', '"slow"');

/** Bounds a hang. */
const timeoutMs = 15_000;

let gateway: TestGateway;
let slow: TestUpstream;
const held: (() => void)[] = [];

beforeAll(async () => {
  slow = await startUpstream(({ url = '' }, response) => void held.push(() => response.end(toHubSpotAnswer(url))));
  gateway = await startTestGateway({
    sources: (url) => [forwardingHubSpotAt(url), forwardingHubSpotAt(slow.url, { name: 'slow' })],
    resilience: { cache: keptForAMinute },
  });
});
afterAll(async () => {
  await gateway.close();
  slow.close();
});

/** Asks, and gives a way to hang up. */
function askAndLeave({ token }: Caller, query: string, variables: object = {}): () => void {
  const controller = new AbortController();
  const headers = { 'content-type': 'application/json', 'x-hubspot-token': token };
  const body = JSON.stringify({ query, variables });
  fetch(`${gateway.url}/graphql`, { method: 'POST', headers, body, signal: controller.signal }).catch(() => {});
  return () => controller.abort();
}

describe('clients that disconnect', () => {
  test('a client that disconnects stops the read that was made for it alone', async () => {
    const clientDisconnect = askAndLeave(openCaller(gateway), inSlow);
    await vi.waitFor(() => expect(slow.inFlight()).toBe(1), timeoutMs);
    clientDisconnect();
    await vi.waitFor(() => expect([slow.inFlight(), slow.left()]).toEqual([0, 1]), timeoutMs);
  });

  test.each(['began', 'joined'])(
    'a client that disconnects leaves the read that it %s to the others who wait for it',
    async (part) => {
      const caller = openCaller(gateway);
      const before = slow.received();
      const leave = part === 'began' ? askAndLeave(caller, inSlow) : null;
      if (leave !== null) await vi.waitFor(() => expect(slow.received()).toBe(before + 1), timeoutMs);
      const answer = caller.ask(inSlow);
      await vi.waitFor(() => expect(slow.received()).toBe(before + 1), timeoutMs);
      const clientDisconnect = leave ?? askAndLeave(caller, inSlow);
      await vi.waitFor(async () => expect(await operationsInFlight()).toBe(2), timeoutMs);
      const left = slow.left();
      clientDisconnect();
      await vi.waitFor(async () => expect(await operationsInFlight()).toBe(1), timeoutMs);
      held.pop()?.();
      expect((await answer).data).toEqual({ pipelineByKey: { label: 'Sales Pipeline' } });
      expect([slow.received() - before, slow.left() - left]).toEqual([1, 0]);
    },
  );

  test('a client that disconnects stops a write that has not left, because it waits for the read before it', async () => {
    const caller = openCaller(gateway);
    await caller.fault({ fault: 'latency', ms: 700, match: { method: 'GET' } });
    const input = { id, validateReferences: false, label: 'New', stages: [{ label: 'A', meta: { probability: 0 } }] };
    const clientDisconnect = askAndLeave(caller, toMutation('replacePipeline'), { input });
    await vi.waitFor(async () => expect(await caller.requestLines()).toHaveLength(1), timeoutMs);
    clientDisconnect();
    await vi.waitFor(async () => expect(await operationsInFlight()).toBe(0), timeoutMs);
    expect((await caller.ask(salesPipelineByKey)).data).toEqual({ pipelineByKey: { label: 'Sales Pipeline' } });
    expect((await caller.requests()).map(({ method }) => method)).toEqual(['GET', 'GET']);
  });

  test('a client that disconnects stops no write that has left, nor what the operation still has to do', async () => {
    const caller = openCaller(gateway);
    await caller.fault({ fault: 'latency', ms: 700, match: { method: 'PATCH' }, times: 1 });
    const two = `mutation ($id: ID!) {
      a: patchPipeline(input: { id: $id, label: "First" }) { errors { code } }
      b: patchPipeline(input: { id: $id, label: "Second" }) { errors { code } }
    }`;
    const clientDisconnect = askAndLeave(caller, two, { id });
    await vi.waitFor(async () => expect(await caller.requestLines()).toHaveLength(2), timeoutMs);
    clientDisconnect();
    await vi.waitFor(
      async () =>
        // Each is read, written and read back.
        expect((await caller.requests()).map(({ method, status }) => [method, status])).toEqual(
          ['GET', 'PATCH', 'GET', 'GET', 'PATCH', 'GET'].map((method) => [method, 200]),
        ),
      timeoutMs,
    );
    expect((await caller.ask(salesPipelineByKey)).data).toEqual({ pipelineByKey: { label: 'Second' } });
  });
});

/** How many operations the gateway is busy with. */
async function operationsInFlight(): Promise<number> {
  const text = await (await fetch(`${gateway.url}/metrics`)).text();
  return Number(/http_requests_in_flight\{route="\/graphql"\} (\d+)/.exec(text)?.[1] ?? 0);
}
