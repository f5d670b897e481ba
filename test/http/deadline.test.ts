import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { toPipelineGlobalId, toStageGlobalId } from '../../src/domain/ids.ts';
import { openCaller } from '../support/caller.ts';
import { startTestGateway } from '../support/gateway.ts';
import type { TestGateway } from '../support/gateway.ts';
import { mutate } from '../support/mutate.ts';
import type { FaultRule } from '../support/sandbox-control.ts';
import { salesPipelineByKey } from '../support/seed.ts';
import { forwardingHubSpotAt } from '../support/sources.ts';
import { refusingUrl, startBusyServer, startSilentServer } from '../support/stuck-upstreams.ts';

/** So long that the reads before a write are done on a busy machine too. */
const deadlineMs = 2_000;
const pipelineId = (sourceName: string) =>
  toPipelineGlobalId({ sourceName, objectType: 'deals', pipelineId: 'default' });
const stageId = toStageGlobalId({
  sourceName: 'hubspot',
  objectType: 'deals',
  pipelineId: 'default',
  stageId: 'contractsent',
});

let gateway: TestGateway;
let silent: Awaited<ReturnType<typeof startSilentServer>>;
let busy: Awaited<ReturnType<typeof startBusyServer>>;

beforeAll(async () => {
  const refusing = await refusingUrl();
  silent = await startSilentServer();
  busy = await startBusyServer();
  gateway = await startTestGateway({
    deadlineMs,
    sources: (url) => [
      forwardingHubSpotAt(url),
      forwardingHubSpotAt(refusing, { name: 'refusing' }),
      forwardingHubSpotAt(silent.url, { name: 'silent' }),
      forwardingHubSpotAt(busy?.url ?? refusing, { name: 'busy' }),
    ],
  });
});
afterAll(async () => {
  await gateway.close();
  silent.close();
  busy?.close();
});

describe.concurrent('the header x-deadline-ms', () => {
  test.each(['soon', '10ms', 'NaN', 'Infinity', '', ' ', '1,000', '1, 2'])(
    'a deadline that is no number is refused, and nothing is sent: "%s"',
    async (header) => {
      const caller = openCaller(gateway);
      const answer = await caller.ask(salesPipelineByKey, {}, { 'x-deadline-ms': header });
      expect(answer.status).toBe(400);
      expect(answer.errors).toMatchObject([
        { message: expect.stringContaining('x-deadline-ms'), extensions: { code: 'BAD_USER_INPUT' } },
      ]);
      expect(await caller.requestLines()).toEqual([]);
    },
  );

  test.each(['0', '-5', '0.001', '1', '150', '150.5', '1e2', '999999999999'])(
    'a deadline ends an operation that an upstream holds up, whatever is asked for: %s',
    async (header) => {
      const caller = openCaller(gateway);
      await caller.fault({ fault: 'hang' });
      const { status, errors } = await caller.ask(salesPipelineByKey, {}, { 'x-deadline-ms': header });
      expect(status).toBe(200);
      expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_TIMEOUT' } }]);
    },
  );

  test('a deadline below the gateway’s own limit is kept', async () => {
    const patient = await startTestGateway({ deadlineMs: 300_000, sources: (url) => [forwardingHubSpotAt(url)] });
    const caller = openCaller(patient);
    await caller.fault({ fault: 'hang' });
    const { errors } = await caller.ask(salesPipelineByKey, {}, { 'x-deadline-ms': '200' });
    expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_TIMEOUT' } }]);
    await patient.close();
  });

  test('the shortest deadline leaves time enough for what needs no upstream', async () => {
    const caller = openCaller(gateway);
    const { data } = await caller.ask('{ pipelineSources { name } }', {}, { 'x-deadline-ms': '1' });
    expect(data.pipelineSources).toHaveLength(4);
  });
});

const holdUps: readonly (readonly [string, FaultRule])[] = [
  ['never answers', { fault: 'hang' }],
  ['stops within its answer', { fault: 'hang', when: 'after', part: 'body' }],
  ['answers a byte at a time', { fault: 'drip', ms: 40 }],
];

describe.concurrent('reads', () => {
  test.each(holdUps)('a read ends at the deadline with UPSTREAM_TIMEOUT when the upstream %s', async (_, fault) => {
    const caller = openCaller(gateway);
    await caller.fault(fault);
    expect((await caller.ask(salesPipelineByKey)).errors).toMatchObject([
      { path: ['pipelineByKey'], extensions: { code: 'UPSTREAM_TIMEOUT', sourceName: 'hubspot' } },
    ]);
  });

  test('a list at its deadline keeps what the other sources gave, and names each that did not answer', async () => {
    const caller = openCaller(gateway);
    await caller.fault({ fault: 'hang', match: { path: 'tickets' } });
    const { data, errors } = await caller.ask(
      '{ pipelines(where: { sourceNames: ["hubspot", "refusing", "silent"] }) { nodes { label } failures { sourceName objectType code } } }',
    );
    expect(errors).toBeUndefined();
    expect(data.pipelines.nodes).toEqual([{ label: 'Sales Pipeline' }]);
    expect(data.pipelines.failures).toEqual([
      { sourceName: 'hubspot', objectType: 'tickets', code: 'UPSTREAM_TIMEOUT' },
      ...['deals', 'tickets'].map((objectType) => ({
        sourceName: 'refusing',
        objectType,
        code: 'UPSTREAM_UNAVAILABLE',
      })),
      ...['deals', 'tickets'].map((objectType) => ({ sourceName: 'silent', objectType, code: 'UPSTREAM_TIMEOUT' })),
    ]);
  });

  test('a read after one that timed out is answered as if nothing had been', async () => {
    const caller = openCaller(gateway);
    await caller.fault({ fault: 'hang', times: 1 });
    await caller.ask(salesPipelineByKey);
    expect((await caller.ask(salesPipelineByKey)).data).toEqual({ pipelineByKey: { label: 'Sales Pipeline' } });
  });
});

describe.concurrent('writes', () => {
  const outcomeUnknown = {
    __typename: 'PipelineUpstreamError',
    code: 'UPSTREAM_OUTCOME_UNKNOWN',
    mayHaveBeenApplied: true,
  };
  const notSent = { __typename: 'PipelineUpstreamError', mayHaveBeenApplied: false };
  const writes: readonly (readonly [string, string, object])[] = [
    [
      'createPipeline',
      'POST',
      {
        sourceName: 'hubspot',
        objectType: 'deals',
        label: 'New',
        displayOrder: 1,
        stages: [{ label: 'A', meta: { probability: 0 } }],
      },
    ],
    ['replacePipeline', 'PUT', { id: pipelineId('hubspot'), label: 'New', stages: [{ label: 'Closed Won' }] }],
    ['patchPipeline', 'PATCH', { id: pipelineId('hubspot'), label: 'New' }],
    ['archivePipeline', 'DELETE', { id: pipelineId('hubspot') }],
    ['createPipelineStage', 'POST', { pipeline: pipelineId('hubspot'), label: 'New', meta: { probability: 0.5 } }],
    ['replacePipelineStage', 'PUT', { id: stageId, label: 'New', displayOrder: 4 }],
    ['patchPipelineStage', 'PATCH', { id: stageId, label: 'New' }],
    ['archivePipelineStage', 'DELETE', { id: stageId }],
  ];

  test.each(writes)('%s, once sent, is of unknown outcome if no answer to it comes', async (name, method, input) => {
    const caller = openCaller(gateway);
    await caller.fault({ fault: 'hang', match: { method } });
    const { errors, ...rest } = await mutate(caller, name, input);
    expect(errors).toMatchObject([outcomeUnknown]);
    expect(rest).toEqual({});
    expect((await caller.requests()).map((request) => request.method)).toContain(method);
  });

  test.each(holdUps)('a write is of unknown outcome if the upstream %s', async (_, fault) => {
    const caller = openCaller(gateway);
    await caller.fault({ ...fault, match: { method: 'PATCH' } });
    const { errors } = await mutate(caller, 'patchPipeline', { id: pipelineId('hubspot'), label: 'New' });
    expect(errors).toMatchObject([outcomeUnknown]);
  });

  test('a write is known not to have happened if the read before it times out', async () => {
    const caller = openCaller(gateway);
    await caller.fault({ fault: 'hang', match: { method: 'GET' } });
    const { errors } = await mutate(caller, 'archivePipelineStage', { id: stageId });
    expect(errors).toMatchObject([{ ...notSent, code: 'UPSTREAM_TIMEOUT' }]);
    expect((await caller.requests()).map(({ method }) => method)).toEqual(['GET']);
  });

  test('a write that was acknowledged but could not be read back gives the read’s error and no object', async () => {
    const caller = openCaller(gateway);
    // From when the write is under way, so that only the read after it hangs.
    await caller.fault({ fault: 'latency', ms: 700, match: { method: 'PATCH' } });
    const input = { id: pipelineId('hubspot'), label: 'Renamed' };
    const writing = mutate(caller, 'patchPipeline', input, 'pipeline { label }');
    await vi.waitFor(async () => expect(await caller.requestLines()).toHaveLength(2), 5_000);
    await caller.fault({ fault: 'hang', match: { method: 'GET' } });
    const { pipeline, errors } = await writing;
    expect(pipeline).toBeNull();
    expect(errors).toMatchObject([{ code: 'UPSTREAM_TIMEOUT', mayHaveBeenApplied: true }]);
  });

  test('a removal of unknown outcome gives the state before it, the only way back', async () => {
    const caller = openCaller(gateway);
    await caller.fault({ fault: 'hang', match: { method: 'DELETE' } });
    const selection = 'archivedId snapshot { label stages { stageId } document }';
    const { archivedId, snapshot, errors } = await mutate(
      caller,
      'archivePipeline',
      { id: pipelineId('hubspot') },
      selection,
    );
    expect(errors).toMatchObject([outcomeUnknown]);
    expect(archivedId).toBeNull();
    expect(snapshot).toMatchObject({ label: 'Sales Pipeline', document: { pipelineId: 'default' } });
    expect(snapshot.stages).toHaveLength(7);
  });

  test('a write to a server that takes the connection and says nothing does not get beyond the read before it', async () => {
    const caller = openCaller(gateway);
    const { errors } = await mutate(caller, 'patchPipeline', { id: pipelineId('silent'), label: 'New' });
    expect(errors).toMatchObject([{ ...notSent, code: 'UPSTREAM_TIMEOUT' }]);
  });

  test('a write to where nobody listens is known not to have happened', async () => {
    const caller = openCaller(gateway);
    const { errors } = await mutate(caller, 'patchPipeline', { id: pipelineId('refusing'), label: 'New' });
    expect(errors).toMatchObject([{ ...notSent, code: 'UPSTREAM_UNAVAILABLE' }]);
  });

  test('a write that gets no connection is known not to have happened, and is not sent when one comes after all', async ({
    skip,
  }) => {
    if (busy === null) return skip('This system makes connections although the queue of them is full.');
    const caller = openCaller(gateway);
    const read = '{ pipelines(where: { sourceNames: "busy", objectTypes: "deals" }) { failures { code } } }';
    expect((await caller.ask(read)).data.pipelines.failures).toEqual([{ code: 'UPSTREAM_TIMEOUT' }]);
    const { errors } = await mutate(caller, 'patchPipeline', { id: pipelineId('busy'), label: 'New' });
    expect(errors).toMatchObject([{ ...notSent, code: 'UPSTREAM_TIMEOUT' }]);
    const { connections, fillers } = busy;
    busy.wake();
    // The read's connection and the write's, which the system goes on trying to make.
    await vi.waitFor(() => expect(connections()).toBe(fillers + 2), { timeout: 8000, interval: 100 });
    expect((await caller.ask(read)).data.pipelines.failures).toEqual([]);
    expect(busy.requests).toEqual(['GET /crm/pipelines/2026-09/deals']);
  });
});
