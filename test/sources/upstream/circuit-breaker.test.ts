import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { toPipelineGlobalId } from '../../../src/domain/ids.ts';
import { openCaller } from '../../support/caller.ts';
import type { Caller } from '../../support/caller.ts';
import { startTestGateway } from '../../support/gateway.ts';
import type { TestGateway } from '../../support/gateway.ts';
import { mutate } from '../../support/mutate.ts';
import type { FaultRule } from '../../support/sandbox-control.ts';
import { forwardingHubSpotAt } from '../../support/sources.ts';
import { refusingUrl } from '../../support/stuck-upstreams.ts';
import { startUpstream } from '../../support/test-upstream.ts';
import type { TestUpstream } from '../../support/test-upstream.ts';

const names = Array.from({ length: 30 }, (_, index) => `source-${index}`);
const free = [...names];
let gateway: TestGateway;
let patient: TestGateway;
let hanging: TestUpstream;
const maxConcurrent = 32;

beforeAll(async () => {
  const refusing = await refusingUrl();
  hanging = await startUpstream(() => {});
  gateway = await startTestGateway({
    sources: (url) => [
      ...names.map((name) => forwardingHubSpotAt(url, { name })),
      forwardingHubSpotAt(refusing, { name: 'refusing' }),
      forwardingHubSpotAt(hanging.url, { name: 'hanging' }),
    ],
    resilience: { circuitRetryMs: 500 },
  });
  patient = await startTestGateway({
    sources: (url) => names.map((name) => forwardingHubSpotAt(url, { name, rateLimits: [limit] })),
    // Half of it is the time after which no answer counts against the upstream.
    deadlineMs: 8_000,
    resilience: { circuitRetryMs: 600_000 },
  });
});
afterAll(async () => {
  await Promise.all([gateway.close(), patient.close()]);
  hanging.close();
});

const limit = { policy: 'OURS', limit: 100, intervalSeconds: 60 };
const unavailable = 'UPSTREAM_UNAVAILABLE';

function open(at: TestGateway = gateway, sourceName = free.pop() ?? '', caller: Caller = openCaller(at)) {
  const read = async (headers: Record<string, string> = {}): Promise<string> => {
    const query = `{ pipelineByKey(sourceName: "${sourceName}", objectType: "deals", pipelineId: "${Math.random()}") { id } }`;
    const { errors } = await caller.ask(query, {}, { 'cache-control': 'no-cache', ...headers });
    return (errors?.[0]?.extensions['code'] as string | undefined) ?? 'answer';
  };
  const id = toPipelineGlobalId({ sourceName, objectType: 'deals', pipelineId: 'default' });
  const rename = async () => (await mutate(caller, 'patchPipeline', { id, label: 'New' })).errors[0]?.code ?? 'done';
  const status = async () => {
    const query =
      '{ pipelineSources { name status { circuit rateLimits { policy limit remaining intervalSeconds } } } }';
    const { data } = await caller.ask(query);
    return data.pipelineSources.find(({ name }: { name: string }) => name === sourceName).status;
  };
  const circuit = async (): Promise<string> => (await status()).circuit;
  const readMany = (count: number, headers: Record<string, string> = {}) =>
    Promise.all(Array.from({ length: count }, () => read(headers)));
  return { caller, read, readMany, rename, status, circuit };
}

describe.concurrent('circuits', () => {
  const opening: [string, FaultRule, Record<string, string>][] = [
    ['500', { fault: 'status', status: 500 }, {}],
    ['503', { fault: 'status', status: 503 }, {}],
    ['cut connections', { fault: 'reset' }, {}],
    ['time-outs', { fault: 'hang' }, { 'x-deadline-ms': '5000' }],
  ];
  test.each(opening)('a circuit opens on %s, and then nothing is sent', async (_, fault, headers) => {
    const { caller, readMany, rename, circuit } = open(patient);
    await caller.fault(fault);
    await readMany(15, headers);
    expect(await circuit()).toBe('OPEN');
    const before = (await caller.requests()).length;
    expect(new Set(await readMany(20))).toEqual(new Set([unavailable]));
    expect(await rename()).toBe(unavailable);
    expect(await caller.requests()).toHaveLength(before);
  });

  test('a circuit opens on refused connections', async () => {
    const { readMany, circuit } = open(gateway, 'refusing');
    await readMany(15);
    await vi.waitFor(async () => expect(await circuit()).toMatch(/OPEN/), 15_000);
  });

  test.each([400, 401, 403, 404, 409, 423, 429, 477])('a circuit stays closed on %i', async (status) => {
    const { caller, readMany, circuit } = open(patient);
    await caller.fault({ fault: 'status', status, headers: { 'retry-after': '0' } });
    await readMany(25);
    expect(await circuit()).toBe('CLOSED');
  });

  test('a circuit stays closed if callers give the upstream hardly any time', async () => {
    const { caller, read, readMany, circuit } = open(patient);
    await caller.fault({ fault: 'latency', ms: 600, times: 40 });
    expect(new Set(await readMany(40, { 'x-deadline-ms': '60' }))).toEqual(new Set(['UPSTREAM_TIMEOUT']));
    expect(await circuit()).toBe('CLOSED');
    await vi.waitFor(async () => expect(await read()).toBe('answer'), 10_000);
  });

  test('a circuit that is open costs nothing of the rate limit', async () => {
    const { caller, readMany, status } = open(patient);
    await caller.fault({ fault: 'status', status: 500 });
    await readMany(15);
    const sent = (await caller.requests()).length;
    await readMany(80);
    expect(await status()).toEqual({ circuit: 'OPEN', rateLimits: [{ ...limit, remaining: limit.limit - sent }] });
  });

  test('a circuit tries with one read after a while, and closes if that is answered', async () => {
    const { caller, read, readMany, circuit } = open();
    await caller.fault({ fault: 'status', status: 500, times: 30 });
    await readMany(15);
    expect(await circuit()).toBe('OPEN');
    const before = await caller.requests();
    await caller.fault({ fault: 'latency', ms: 300, times: 1 });
    expect(before.length).toBeLessThan(30);
    await vi.waitFor(async () => expect(await read()).toBe('answer'), { timeout: 15_000, interval: 100 });
    expect(await circuit()).toBe('CLOSED');
  });

  test('a circuit never tries with a write, which is sent only once a read was answered', async () => {
    const { caller, rename, readMany, circuit } = open();
    await caller.fault({ fault: 'status', status: 500, match: { method: 'GET' } });
    await readMany(15);
    expect(await circuit()).toBe('OPEN');
    await vi.waitFor(async () => {
      const before = (await caller.requests()).length;
      expect(await rename()).toBe(unavailable);
      expect((await caller.requests()).length).toBe(before + 1);
    }, 15_000);
    expect((await caller.requests()).every(({ method }) => method === 'GET')).toBe(true);
  });

  test('a circuit lets a write through after the read before it was answered', async () => {
    const { caller, rename, readMany } = open();
    await caller.fault({ fault: 'status', status: 500, times: 11 });
    await readMany(11);
    await vi.waitFor(async () => expect(await rename()).toBe('done'), { timeout: 10_000, interval: 100 });
    const methods = (await caller.requests()).map(({ method }) => method);
    // The read back follows it.
    expect(methods.slice(-2)).toEqual(['PATCH', 'GET']);
  });

  test('a circuit is not closed by a caller who leaves before the read that tries is answered', async () => {
    const { caller, read, readMany, circuit } = open();
    // On a busy machine the circuit may be tried, and closed, before the last of them is answered.
    await vi.waitFor(async () => {
      await caller.fault({ fault: 'status', status: 500, times: 11 });
      await readMany(11);
      expect(await circuit()).toBe('OPEN');
    }, 15_000);
    await caller.fault({ fault: 'hang' });
    const before = (await caller.requests()).length;
    await vi.waitFor(async () => {
      await read({ 'x-deadline-ms': '50' });
      expect((await caller.requests()).length).toBe(before + 1);
    }, 15_000);
    // Whether it is still being tried or was given up: nobody else has been let through.
    expect(await circuit()).toMatch(/^(HALF_)?OPEN$/);
    await readMany(20, { 'x-deadline-ms': '50' });
    expect((await caller.requests()).length).toBeLessThanOrEqual(before + 2);
  });
});

describe('sources that hang', () => {
  test('a source that hangs holds no more than its share, and slows no other', async () => {
    const dead = open(gateway, 'hanging');
    const healthy = open();
    const given: string[] = [];
    const flood = Array.from({ length: 100 }, () => dead.read().then(() => given.push('dead')));
    await vi.waitFor(() => expect(hanging.inFlight()).toBe(maxConcurrent), 15_000);
    await Promise.all(Array.from({ length: 40 }, () => healthy.read().then((code) => given.push(code))));
    expect(given).toEqual(Array.from({ length: 40 }, () => 'answer'));
    await Promise.all(flood);
    expect(hanging.mostInFlight()).toBe(maxConcurrent);
  }, 40_000);
});
