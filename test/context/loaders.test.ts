import { createHash, randomUUID } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import { sourceSettings } from '../../src/sources/index.ts';
import { openCaller } from '../support/caller.ts';
import type { Caller } from '../support/caller.ts';
import { mutate, toMutation } from '../support/mutate.ts';
import { deals, salesPipelineId as id, toStageId } from '../support/seed.ts';
import { forwardingHubSpotAt } from '../support/sources.ts';
import { useGateway } from '../support/use-gateway.ts';

const header = { mode: 'forward', header: 'X-HubSpot-Token' };
const gateway = useGateway({
  sources: (url) => [
    forwardingHubSpotAt(url, { credential: header }),
    sourceSettings.parse({ kind: 'organization', name: 'organization', url, credential: header }),
  ],
});
/** One for the tests that write: a write by anybody ends the sharing of what is in flight at its source. */
const writing = useGateway({ sources: (url) => [forwardingHubSpotAt(url, { credential: header })] });

const base = '/crm/pipelines/2026-09';
const stageIds = ['appointmentscheduled', 'qualifiedtobuy', 'contractsent', 'closedwon', 'closedlost'];
const lookUp = `{ pipeline(id: "${id}") { label } }`;

/** Waits until the caller has so many requests at the upstream that are not answered yet. */
async function waitForInFlight(caller: Caller, count: number): Promise<void> {
  await vi.waitFor(
    async () => expect((await caller.requests()).filter(({ status }) => status === null)).toHaveLength(count),
    { timeout: 5000, interval: 10 },
  );
}

describe.concurrent('look-ups of one request', () => {
  /** Forty of them, by id, by key and by reference, of pipelines and of stages, some of which there are not. */
  const fields = stageIds.flatMap((stageId, n) => [
    `a${n}: pipeline(id: "${id}") { label }`,
    `b${n}: pipelineByKey(objectType: "deals", pipelineId: "gone-${n}") { label }`,
    `c${n}: pipelineByKey(sourceName: "hubspot", objectType: "deals", pipelineId: "default") { stages { label pipeline { label } } }`,
    `d${n}: pipelineStage(id: "${toStageId(stageId)}") { label pipeline { stages { label } } }`,
    `e${n}: pipelineStageByKey(objectType: "deals", stageId: "${stageId}") { label }`,
    `f${n}: pipelineStageByKey(objectType: "deals", stageId: "gone-${n}") { label }`,
  ]);
  const references = stageIds.flatMap((stageId) => [
    { __typename: 'Pipeline', id },
    { __typename: 'Pipeline', ...deals, pipelineId: 'default' },
    { __typename: 'Stage', id: toStageId(stageId) },
    { __typename: 'Stage', ...deals, stageId },
  ]);
  const entities =
    '_entities(representations: $of) { __typename ... on Pipeline { name: label } ... on Stage { label } }';

  test('forty look-ups of one object type, by id, by key and by reference, make one upstream request', async () => {
    const caller = openCaller(gateway);
    const { data, errors } = await caller.ask(`query ($of: [_Any!]!) { ${fields.join(' ')} ${entities} }`, {
      of: references,
    });
    expect(errors).toBeUndefined();
    expect(data.a0).toEqual({ label: 'Sales Pipeline' });
    expect(data.b0).toBeNull();
    expect(data.c0.stages[0]).toEqual({ label: 'Appointment Scheduled', pipeline: { label: 'Sales Pipeline' } });
    expect(data.d3).toMatchObject({ label: 'Closed Won' });
    expect(data.e4).toEqual({ label: 'Closed Lost' });
    expect(data.f0).toBeNull();
    expect(data._entities.slice(0, 4)).toEqual([
      { __typename: 'Pipeline', name: 'Sales Pipeline' },
      { __typename: 'Pipeline', name: 'Sales Pipeline' },
      { __typename: 'Stage', label: 'Appointment Scheduled' },
      { __typename: 'Stage', label: 'Appointment Scheduled' },
    ]);
    expect(await caller.requestLines()).toEqual([`GET ${base}/deals`]);
  });

  test('look-ups share the request of a list beside them', async () => {
    const caller = openCaller(gateway);
    const query = `{ ${fields.join(' ')} pipelines(where: { objectTypes: "deals" }) { totalCount } again: pipelines(where: { objectTypes: "deals", labelContains: "x" }) { totalCount } }`;
    const { data } = await caller.ask(query);
    expect([data.pipelines.totalCount, data.again.totalCount]).toEqual([1, 0]);
    expect(await caller.requestLines()).toEqual([`GET ${base}/deals`]);
  });

  test('look-ups of two object types make two requests, side by side', async () => {
    const caller = openCaller(gateway);
    await caller.fault({ fault: 'latency', ms: 400 });
    const answer = caller.ask(
      '{ a: pipelineStageByKey(objectType: "deals", stageId: "closedwon") { label } b: pipelineStageByKey(objectType: "tickets", stageId: "4") { label } }',
    );
    await waitForInFlight(caller, 2);
    expect((await answer).data).toEqual({ a: { label: 'Closed Won' }, b: { label: 'Closed' } });
    expect((await caller.requestLines()).toSorted()).toEqual([`GET ${base}/deals`, `GET ${base}/tickets`]);
  });

  test.each([
    ['one pipeline by id', lookUp],
    [
      'one pipeline by id and by key, with its stages and their pipeline',
      `{ a: pipeline(id: "${id}") { stages { pipeline { label } } } b: pipelineByKey(objectType: "deals", pipelineId: "default") { label } }`,
    ],
    [
      'stages of one pipeline by id',
      `{ ${stageIds.map((stageId, n) => `s${n}: pipelineStage(id: "${toStageId(stageId)}") { label }`).join(' ')} }`,
    ],
  ])('look-ups of %s read that pipeline alone', async (_, query) => {
    const caller = openCaller(gateway);
    expect((await caller.ask(query)).errors).toBeUndefined();
    expect(await caller.requestLines()).toEqual([`GET ${base}/deals/default`]);
  });

  test('look-ups that fail all fail with the one request’s error', async () => {
    const caller = openCaller(gateway);
    await caller.fault({ fault: 'status', status: 400 });
    const { data, errors = [] } = await caller.ask(`query ($of: [_Any!]!) { ${fields.join(' ')} ${entities} }`, {
      of: references,
    });
    expect(errors).toHaveLength(fields.length + references.length);
    expect(new Set(errors.map(({ extensions }) => extensions['code']))).toEqual(new Set(['UPSTREAM_REJECTED']));
    expect(data.a0).toBeNull();
    expect(await caller.requests()).toHaveLength(1);
  });

  test('look-ups by references that are none are null, and spoil no other', async () => {
    const caller = openCaller(gateway);
    const good = { ...deals, stageId: 'closedwon' };
    const none = [
      { __typename: 'Stage', ...good, stageId: 5 },
      { __typename: 'Stage', ...good, stageId: null },
      { __typename: 'Stage', ...good, sourceName: 'nowhere' },
      { __typename: 'Stage', ...good, sourceName: null },
      { __typename: 'Stage', ...good, objectType: 'contacts' },
      { __typename: 'Stage', ...good, objectType: '__proto__' },
      { __typename: 'Stage', ...good, stageId: ['closedwon'] },
      { __typename: 'Stage', stageId: 'closedwon' },
      { __typename: 'Stage' },
      { __typename: 'Stage', id: null },
      { __typename: 'Stage', id },
      { __typename: 'Pipeline', id: { x: 1 } },
      { __typename: 'Pipeline', ...deals },
      { __typename: 'Pipeline', ...deals, pipelineId: '..' },
      { __typename: 'PipelineSource', name: 'nowhere' },
      { __typename: 'PipelineSource' },
    ];
    // What else a representation holds steers nothing.
    const of = [...none, { __typename: 'Stage', ...good, pipelineId: '..', label: 'Other' }];
    const { data, errors } = await caller.ask(`query ($of: [_Any!]!) { ${entities} }`, { of });
    expect(errors).toBeUndefined();
    expect(data._entities).toEqual([...none.map(() => null), { __typename: 'Stage', label: 'Closed Won' }]);
    expect(await caller.requestLines()).toEqual([`GET ${base}/deals`]);
  });

  test('look-ups at the organization API make one request for each pipeline, side by side, and never two for one', async () => {
    const caller = openCaller(gateway);
    const where = 'where: { sourceNames: "organization" }';
    const list = await caller.ask(`{ pipelines(${where}) { nodes { id stages { id stageId } } } }`);
    const [contact, application] = list.data.pipelines.nodes;
    expect(await caller.requests()).toHaveLength(2);
    await caller.fault({ fault: 'latency', ms: 400 });
    const ids = [contact, application, contact, application];
    const answer = caller.ask(
      `{ ${ids.map((node, n) => `p${n}: pipeline(id: "${node.id}") { label } s${n}: pipelineStage(id: "${node.stages[n >> 1].id}") { label }`).join(' ')} }`,
    );
    await waitForInFlight(caller, 2);
    expect((await answer).errors).toBeUndefined();
    expect(await caller.requests()).toHaveLength(4);
  });
});

describe.concurrent('equal reads in flight', () => {
  test('equal reads of one credential share one call, with or without Bearer', async () => {
    const caller = openCaller(gateway);
    await caller.fault({ fault: 'latency', ms: 500, times: 1 });
    const headers = ['', 'Bearer ', 'bearer  '].map((scheme) => ({ 'x-hubspot-token': `${scheme}${caller.token}` }));
    const answers = await Promise.all([...headers, ...headers].map((more) => caller.ask(lookUp, {}, more)));
    for (const { data } of answers) expect(data).toEqual({ pipeline: { label: 'Sales Pipeline' } });
    expect(await caller.requests()).toHaveLength(1);
  });

  test('equal reads of different credentials share nothing, and each sees its own account', async () => {
    const [one, other] = [openCaller(writing), openCaller(writing)];
    await mutate(one, 'patchPipeline', { id, label: 'One’s own' });
    await one.fault({ fault: 'latency', ms: 500, times: 1 });
    await other.fault({ fault: 'latency', ms: 500, times: 1 });
    const answers = Promise.all([one.ask(lookUp), other.ask(lookUp)]);
    await Promise.all([waitForInFlight(one, 1), waitForInFlight(other, 1)]);
    expect((await answers).map(({ data }) => data.pipeline.label)).toEqual(['One’s own', 'Sales Pipeline']);
  });

  test('reads of different things share nothing', async () => {
    const caller = openCaller(gateway);
    await caller.fault({ fault: 'latency', ms: 400 });
    const answers = Promise.all([
      caller.ask(lookUp),
      caller.ask('{ pipelineByKey(objectType: "tickets", pipelineId: "0") { label } }'),
      caller.ask('{ pipelines(where: { objectTypes: "deals" }) { totalCount } }'),
    ]);
    await waitForInFlight(caller, 3);
    for (const { errors } of await answers) expect(errors).toBeUndefined();
  });

  test.each([
    ['began the call', '150', '9000'],
    ['joined it', '9000', '150'],
  ])(
    'equal reads leave the answer to the others when the deadline of the one that %s passes',
    async (_, first, second) => {
      const caller = openCaller(gateway);
      await caller.fault({ fault: 'latency', ms: 800, times: 1 });
      const began = caller.ask(lookUp, {}, { 'x-deadline-ms': first });
      await waitForInFlight(caller, 1);
      const joined = caller.ask(lookUp, {}, { 'x-deadline-ms': second });
      const [early, late] = first === '150' ? [began, joined] : [joined, began];
      expect((await early).errors).toMatchObject([{ extensions: { code: 'UPSTREAM_TIMEOUT' } }]);
      expect((await late).data).toEqual({ pipeline: { label: 'Sales Pipeline' } });
      expect(await caller.requests()).toHaveLength(1);
    },
  );

  test('a read that everybody has left is not joined any more', async () => {
    const caller = openCaller(gateway);
    await caller.fault({ fault: 'hang', times: 1 });
    const leaving = await Promise.all([1, 2].map(() => caller.ask(lookUp, {}, { 'x-deadline-ms': '150' })));
    for (const { errors } of leaving) expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_TIMEOUT' } }]);
    expect((await caller.ask(lookUp)).data).toEqual({ pipeline: { label: 'Sales Pipeline' } });
    expect(await caller.requests()).toHaveLength(2);
  });

  test('equal reads that fail fail for all, and the next one asks again', async () => {
    const caller = openCaller(gateway);
    await caller.fault({ fault: 'status', status: 400, times: 1 });
    await caller.ask(lookUp);
    expect((await caller.ask(lookUp)).errors).toBeUndefined();
    expect(await caller.requests()).toHaveLength(2);
  });
});

describe.concurrent('reads after a write', () => {
  const rename = (caller: Caller, label: string) => mutate(caller, 'patchPipeline', { id, label });

  test('a write is shown by every read after it, although one from before it is still in flight', async () => {
    const caller = openCaller(writing);
    // The old state is read at once, and on its way for long.
    await caller.fault({ fault: 'latency', when: 'after', ms: 1000, times: 1 });
    const before = caller.ask(lookUp);
    await waitForInFlight(caller, 1);
    expect((await rename(caller, 'Renamed')).errors).toEqual([]);
    expect((await caller.ask(lookUp)).data).toEqual({ pipeline: { label: 'Renamed' } });
    expect((await before).data).toEqual({ pipeline: { label: 'Sales Pipeline' } });
  });

  test('a write is shown by every read after it, although one that began during it is still in flight', async () => {
    const caller = openCaller(writing);
    await caller.fault({ fault: 'latency', match: { method: 'PATCH' }, ms: 500, times: 1 });
    const write = rename(caller, 'Renamed');
    await waitForInFlight(caller, 1);
    await caller.fault({ fault: 'latency', match: { method: 'GET' }, when: 'after', ms: 1500, times: 1 });
    const during = caller.ask(lookUp);
    await waitForInFlight(caller, 2);
    expect((await write).errors).toEqual([]);
    expect((await caller.ask(lookUp)).data).toEqual({ pipeline: { label: 'Renamed' } });
    await during;
  });

  test('a write of unknown outcome is shown by the next read, if it happened', async () => {
    const caller = openCaller(writing);
    await caller.fault({ fault: 'latency', match: { method: 'GET' }, when: 'after', ms: 1000, times: 1 });
    const before = caller.ask(lookUp);
    await waitForInFlight(caller, 1);
    await caller.fault({ fault: 'reset', match: { method: 'PATCH' }, when: 'after' });
    expect((await rename(caller, 'Renamed')).errors).toMatchObject([{ code: 'UPSTREAM_OUTCOME_UNKNOWN' }]);
    expect((await caller.ask(lookUp)).data).toEqual({ pipeline: { label: 'Renamed' } });
    await before;
  });

  test('a write is shown by what later mutations of the same operation give', async () => {
    const caller = openCaller(writing);
    const fields = '{ pipeline { label stages { label } } errors { message } }';
    const { data } = await caller.ask(
      `mutation ($id: ID!, $stage: ID!) {
        a: patchPipeline(input: { id: $id, label: "A" }) ${fields}
        b: createPipelineStage(input: { pipeline: $id, label: "B", meta: { probability: 0.5 } }) { stage { pipeline { label stages { label } } } errors { message } }
        c: archivePipelineStage(input: { id: $stage, validateReferences: false }) { archivedId errors { message } }
        d: patchPipeline(input: { id: $id, label: "D" }) ${fields}
      }`,
      { id, stage: toStageId('qualifiedtobuy') },
    );
    const labels = (stages: readonly { label: string }[]) => stages.map(({ label }) => label);
    expect(data.a.pipeline.label).toBe('A');
    expect(data.b.stage.pipeline.label).toBe('A');
    expect(labels(data.b.stage.pipeline.stages)).toContain('B');
    expect(data.c).toEqual({ archivedId: toStageId('qualifiedtobuy'), errors: [] });
    expect(data.d.pipeline.label).toBe('D');
    expect(labels(data.d.pipeline.stages)).toContain('B');
    expect(labels(data.d.pipeline.stages)).not.toContain('Qualified To Buy');
  });
});

describe.concurrent('callers’ own tokens', () => {
  const unauthenticated = { code: 'UPSTREAM_UNAUTHENTICATED', sourceName: 'hubspot' };

  test.each([
    ['is absent', undefined],
    ['is empty', ''],
    ['is only a scheme', 'Bearer '],
    ['is several words', 'a b'],
    ['is no text for a header', 'tökén'],
  ])('a source that takes the caller’s own token asks nobody where it %s', async (_, value) => {
    const sent: Record<string, string> = value === undefined ? {} : { 'x-hubspot-token': value };
    const { data, errors } = await gateway.ask(lookUp, {}, sent);
    expect(data).toEqual({ pipeline: null });
    expect(errors).toMatchObject([
      { message: expect.stringContaining('X-HubSpot-Token'), extensions: unauthenticated },
    ]);
    const list = await gateway.ask('{ pipelines { totalCount failures { sourceName objectType code } } }', {}, sent);
    expect(list.errors).toBeUndefined();
    expect(list.data.pipelines.failures).toContainEqual({ ...unauthenticated, objectType: 'deals' });
    const write = await gateway.ask(toMutation('patchPipeline'), { input: { id, label: 'x' } }, sent);
    expect(write.data.patchPipeline.errors).toMatchObject([
      { __typename: 'PipelineAccessDeniedError', code: 'UPSTREAM_UNAUTHENTICATED', mayHaveBeenApplied: false },
    ]);
    const asked = [
      createHash('sha256')
        .update(value ?? '')
        .digest('hex'),
      null,
    ];
    expect((await gateway.sandbox.requests()).filter(({ credentialHash }) => asked.includes(credentialHash))).toEqual(
      [],
    );
  });

  test.each(['', 'Bearer ', 'bearer ', 'BEARER   '])(
    'a caller’s own token is passed on with "%s" before it',
    async (scheme) => {
      const caller = openCaller(gateway, `token-${randomUUID()}`);
      await gateway.ask(
        lookUp,
        {},
        { 'x-hubspot-token': `${scheme}${caller.token}`, authorization: 'Bearer not-for-the-upstream' },
      );
      expect(await caller.requestLines()).toEqual([`GET ${base}/deals/default`]);
    },
  );
});
