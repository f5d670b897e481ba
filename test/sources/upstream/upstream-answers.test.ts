import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toPipelineGlobalId, toStageGlobalId } from '../../../src/domain/ids.ts';
import { openCaller } from '../../support/caller.ts';
import type { Caller } from '../../support/caller.ts';
import { startTestGateway } from '../../support/gateway.ts';
import type { TestGateway } from '../../support/gateway.ts';
import { mutate } from '../../support/mutate.ts';
import type { FaultRule } from '../../support/sandbox-control.ts';
import { forwardingHubSpotAt } from '../../support/sources.ts';

// A circuit that opened for one test would hide what the next one is about.
const start = () =>
  startTestGateway({ sources: (url) => [forwardingHubSpotAt(url)], resilience: { circuitRetryMs: 1 } });

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await start();
});
afterAll(() => gateway.close());

/** Asks at a gateway of its own, because how often a failure is tried again depends on what went before. */
async function alone<T>(run: (caller: Caller) => Promise<T>): Promise<T> {
  const own = await start();
  try {
    return await run(inAHurry(openCaller(own)));
  } finally {
    await own.close();
  }
}

/** Has less time than an upstream that is locked asks for, so that nothing waits for it. */
function inAHurry(caller: Caller): Caller {
  return {
    ...caller,
    ask: (query, variables, headers) => caller.ask(query, variables, { 'x-deadline-ms': '1900', ...headers }),
  };
}

/** How often what fails with a status is sent within that time. */
function attemptsOf({ status, headers, body }: Omit<FaultRule, 'fault'>, isWrite: boolean): number {
  if (status === 423 || headers?.['retry-after'] !== undefined || JSON.stringify(body ?? '').includes('DAILY'))
    return 1;
  if (status === 429 || status === 477) return 3;
  return !isWrite && (status ?? 0) >= 500 ? 3 : 1;
}

const id = toPipelineGlobalId({ sourceName: 'hubspot', objectType: 'deals', pipelineId: 'default' });
const stageId = (stage: string) =>
  toStageGlobalId({ sourceName: 'hubspot', objectType: 'deals', pipelineId: 'default', stageId: stage });

/** The look-up of one pipeline: what it gives and its error. */
async function lookUp(caller: Caller) {
  const { data, errors } = await caller.ask(`{ pipeline(id: "${id}") { label } }`);
  return { pipeline: data.pipeline, error: errors?.[0] };
}

/** The list of one object type, with everything that a pipeline says of itself. */
async function list(caller: Caller, objectType = 'deals') {
  const { data, errors } = await caller.ask(
    `query ($types: [String!]) { pipelines(where: { objectTypes: $types }) {
      nodes { pipelineId label displayOrder isDefault archived createdAt updatedAt archivedAt stages {
        stageId label displayOrder archived createdAt updatedAt outcome writePermissions
        meta { __typename
          ... on DealStageMeta { probability isClosed raw }
          ... on TicketStageMeta { ticketState isClosed raw }
          ... on GenericStageMeta { state raw } } } }
      failures { sourceName objectType code message retryAfterSeconds correlationId } } }`,
    { types: [objectType] },
  );
  expect(errors).toBeUndefined();
  return data.pipelines;
}

/** A list as the upstream would send it. */
const results = (...pipelines: unknown[]): FaultRule => ({ fault: 'wrong-shape', body: { results: pipelines } });
const wirePipeline = (more: object = {}) => ({ id: 'p', label: 'P', displayOrder: 0, stages: [], ...more });
const wireStage = (more: object = {}) => ({ id: 's', label: 'S', displayOrder: 0, metadata: {}, ...more });

describe.concurrent('an answer that cannot be used', () => {
  const spoiled: readonly (readonly [string, FaultRule, string])[] = [
    ['is HTML', { fault: 'html' }, 'UPSTREAM_CONTRACT'],
    ['is an HTML error page', { fault: 'html', status: 502 }, 'UPSTREAM_UNAVAILABLE'],
    ['is cut JSON', { fault: 'truncate' }, 'UPSTREAM_CONTRACT'],
    ['is empty', { fault: 'empty' }, 'UPSTREAM_CONTRACT'],
    ['says 204', { fault: 'status', status: 204 }, 'UPSTREAM_CONTRACT'],
    ['is 100 MB long', { fault: 'huge' }, 'UPSTREAM_CONTRACT'],
    ['is another object', { fault: 'wrong-shape' }, 'UPSTREAM_CONTRACT'],
    [
      'has a list that is none',
      { fault: 'wrong-shape', body: { results: { 0: wirePipeline() } } },
      'UPSTREAM_CONTRACT',
    ],
    ['is a bare list', { fault: 'wrong-shape', body: [wirePipeline()] }, 'UPSTREAM_CONTRACT'],
    ['is null', { fault: 'wrong-shape', body: 'null' }, 'UPSTREAM_CONTRACT'],
    ['is a number', { fault: 'wrong-shape', body: 5 }, 'UPSTREAM_CONTRACT'],
    ['is text', { fault: 'wrong-shape', body: 'Not found' }, 'UPSTREAM_CONTRACT'],
    ['is nested a million deep', { fault: 'wrong-shape', body: '['.repeat(500_000) }, 'UPSTREAM_CONTRACT'],
    [
      'is a redirect elsewhere',
      { fault: 'status', status: 302, headers: { location: '/crm/pipelines/2026-09/tickets' } },
      'UPSTREAM_CONTRACT',
    ],
    ['ends before its headers', { fault: 'reset' }, 'UPSTREAM_UNAVAILABLE'],
    ['ends within its body', { fault: 'reset', when: 'after', part: 'body' }, 'UPSTREAM_UNAVAILABLE'],
  ];

  test.each(spoiled)('fails a look-up where it %s, and the next one is answered', async (_, fault, code) => {
    await alone(async (caller) => {
      // What may pass is tried three times in all, and what the upstream does not understand itself only once.
      const times = code === 'UPSTREAM_UNAVAILABLE' ? 3 : 1;
      await caller.fault({ ...fault, times });
      const { pipeline, error } = await lookUp(caller);
      expect(pipeline).toBeNull();
      expect(error).toMatchObject({ path: ['pipeline'], extensions: { code, sourceName: 'hubspot' } });
      expect((await lookUp(caller)).pipeline).toEqual({ label: 'Sales Pipeline' });
      expect(await caller.requests()).toHaveLength(times + 1);
    });
  });

  test.each(spoiled)('takes only its own part out of a list where it %s', async (_, fault, code) => {
    const caller = openCaller(gateway);
    await caller.fault({ ...fault, match: { path: 'tickets' } });
    const { data, errors } = await caller.ask(
      '{ pipelines { totalCount nodes { label } failures { sourceName objectType code } } }',
    );
    expect(errors).toBeUndefined();
    expect(data.pipelines).toEqual({
      totalCount: 1,
      nodes: [{ label: 'Sales Pipeline' }],
      failures: [{ sourceName: 'hubspot', objectType: 'tickets', code }],
    });
  });

  test.each([
    ['has no id', { label: 'P', stages: [] }],
    ['has no label', { id: 'default', stages: [] }],
    ['is a list', { results: [] }],
  ])('fails a look-up where the one pipeline %s', async (_, body) => {
    const caller = openCaller(gateway);
    await caller.fault({ fault: 'wrong-shape', body });
    expect((await lookUp(caller)).error?.extensions).toEqual({ code: 'UPSTREAM_CONTRACT', sourceName: 'hubspot' });
  });

  test('about another pipeline than the one asked for is not taken for it', async () => {
    const caller = openCaller(gateway);
    await caller.fault({ fault: 'wrong-shape', body: wirePipeline({ id: 'other' }) });
    expect(await lookUp(caller)).toEqual({ pipeline: null, error: undefined });
  });

  test.each(spoiled)('fails a history where it %s, and not the pipeline', async (_, fault, code) => {
    const caller = openCaller(gateway);
    await caller.fault({ ...fault, match: { path: 'audit' } });
    const { data, errors } = await caller.ask(`{ pipeline(id: "${id}") { label audit { totalCount } } }`);
    expect(data.pipeline).toEqual({ label: 'Sales Pipeline', audit: null });
    expect(errors).toMatchObject([{ path: ['pipeline', 'audit'], extensions: { code } }]);
  });
});

describe.concurrent('drift', () => {
  test.each([
    ['without an id', wirePipeline({ id: undefined })],
    ['without a label', wirePipeline({ label: undefined })],
    ['with an id that no path can hold', wirePipeline({ id: '..' })],
    ['with a label that is no text', wirePipeline({ label: { en: 'P' } })],
    ['that is no object', 'p'],
    ['that is null', null],
  ])('leaves a pipeline %s out, names it, and serves the others', async (_, broken) => {
    const caller = openCaller(gateway);
    await caller.fault(results(wirePipeline({ id: 'a', label: 'A' }), broken, wirePipeline({ id: 'b', label: 'B' })));
    const { nodes, failures } = await list(caller);
    expect(nodes.map((node: { label: string }) => node.label)).toEqual(['A', 'B']);
    expect(failures).toMatchObject([
      { sourceName: 'hubspot', objectType: 'deals', code: 'UPSTREAM_CONTRACT', message: expect.stringContaining('2') },
    ]);
  });

  test.each([
    ['without an id', wireStage({ id: undefined })],
    ['without a label', wireStage({ label: null })],
  ])('leaves a stage %s out, names its pipeline, and serves the other stages', async (_, broken) => {
    const caller = openCaller(gateway);
    await caller.fault(results(wirePipeline({ stages: [wireStage(), broken] })));
    const { nodes, failures } = await list(caller);
    expect(nodes).toMatchObject([{ label: 'P', stages: [{ stageId: 's' }] }]);
    expect(failures).toMatchObject([{ code: 'UPSTREAM_CONTRACT', message: expect.stringContaining('"P"') }]);
  });

  test('in every field that identity does not need costs that field only', async () => {
    const caller = openCaller(gateway);
    const odd = { displayOrder: 'first', archived: 'no', createdAt: {}, updatedAt: 'yesterday', archivedAt: true };
    await caller.fault(
      results({
        id: 7,
        label: 'P',
        ...odd,
        stages: [{ id: 8, label: 'S', ...odd, metadata: 'x', writePermissions: 3 }],
        surprise: {},
      }),
    );
    const { nodes, failures } = await list(caller);
    const rest = { displayOrder: 0, archived: false, createdAt: null, updatedAt: null };
    expect(failures).toEqual([]);
    expect(nodes).toEqual([
      {
        pipelineId: '7',
        label: 'P',
        ...rest,
        archivedAt: null,
        isDefault: null,
        stages: [
          {
            stageId: '8',
            label: 'S',
            ...rest,
            outcome: 'UNKNOWN',
            writePermissions: null,
            meta: { __typename: 'GenericStageMeta', state: null, raw: {} },
          },
        ],
      },
    ]);
  });

  test('that leaves out everything but identity leaves a pipeline', async () => {
    const caller = openCaller(gateway);
    await caller.fault(results({ id: 'p', label: 'P' }));
    expect((await list(caller)).nodes).toMatchObject([{ pipelineId: 'p', stages: [], createdAt: null }]);
  });

  test.each([
    ['CRM_PERMISSIONS_ENFORCEMENT', 'CRM_PERMISSIONS_ENFORCEMENT'],
    ['READ_ONLY', 'READ_ONLY'],
    ['INTERNAL_ONLY', 'INTERNAL_ONLY'],
    ['OWNER_ONLY', 'OTHER'],
    ['', 'OTHER'],
    [undefined, null],
    [null, null],
  ])('in write permissions keeps what is not known: %j is %s', async (writePermissions, expected) => {
    const caller = openCaller(gateway);
    await caller.fault(results(wirePipeline({ stages: [wireStage({ writePermissions })] })));
    expect((await list(caller)).nodes[0].stages[0].writePermissions).toBe(expected);
  });

  const deal = (probability: number, isClosed: boolean) => ({ __typename: 'DealStageMeta', probability, isClosed });
  const ticket = (ticketState: string, isClosed: boolean) => ({ __typename: 'TicketStageMeta', ticketState, isClosed });
  const generic = { __typename: 'GenericStageMeta', state: null };
  test.each<[string, object, object, string]>([
    ['deals', { probability: '1.0', isClosed: 'true' }, deal(1, true), 'WON'],
    ['deals', { probability: '0.0', isClosed: 'true' }, deal(0, true), 'LOST'],
    ['deals', { probability: 0.25, extra: 'x' }, deal(0.25, false), 'OPEN'],
    ['deals', { probability: '1' }, deal(1, true), 'WON'],
    ['deals', { probability: '0.8', isClosed: 'true' }, deal(0.8, true), 'OPEN'],
    ['deals', { probability: 'high' }, generic, 'UNKNOWN'],
    ['deals', { probability: '' }, generic, 'UNKNOWN'],
    ['deals', { probability: '1.5' }, generic, 'UNKNOWN'],
    ['deals', { probability: '-0.1' }, generic, 'UNKNOWN'],
    ['deals', { probability: 'NaN' }, generic, 'UNKNOWN'],
    ['deals', { probability: null }, generic, 'UNKNOWN'],
    ['deals', { probability: true }, generic, 'UNKNOWN'],
    ['deals', { probability: ['0.5'] }, generic, 'UNKNOWN'],
    ['deals', {}, generic, 'UNKNOWN'],
    ['tickets', { ticketState: 'CLOSED', isClosed: 'true' }, ticket('CLOSED', true), 'CLOSED'],
    ['tickets', { ticketState: 'OPEN' }, ticket('OPEN', false), 'OPEN'],
    ['tickets', {}, ticket('OPEN', false), 'OPEN'],
    ['tickets', { ticketState: 'PAUSED' }, generic, 'UNKNOWN'],
    ['tickets', { ticketState: 'closed' }, generic, 'UNKNOWN'],
  ])('in the metadata of %s keeps what came: %j', async (objectType, raw, meta, outcome) => {
    const caller = openCaller(gateway);
    await caller.fault(results(wirePipeline({ stages: [wireStage({ metadata: raw })] })));
    const [stage] = (await list(caller, objectType)).nodes[0].stages;
    expect(stage.meta).toEqual({ ...meta, raw });
    expect(stage.outcome).toBe(outcome);
  });

  test.each([
    ['2019-10-30T03:30:17.883Z', '2019-10-30T03:30:17.883Z'],
    ['2019-10-30T03:30:17Z', '2019-10-30T03:30:17.000Z'],
    ['2019-10-30T05:30:17+02:00', '2019-10-30T03:30:17.000Z'],
    ['2019-10-30T03:30:17.883123Z', '2019-10-30T03:30:17.883Z'],
    [1572406217883, '2019-10-30T03:30:17.883Z'],
    ['1572406217883', '2019-10-30T03:30:17.883Z'],
    ['1970-01-01T00:00:00Z', null],
    ['1970-01-01T00:00:00.000Z', null],
    [0, null],
    ['0', null],
    [null, null],
    [undefined, null],
    ['', null],
    ['soon', null],
    ['5', '1970-01-01T00:00:00.005Z'],
    ['12/25/2019', null],
    ['2019-13-45T99:00:00Z', null],
    [1e300, null],
  ])('in an instant is none where it cannot be read: %j is %s', async (createdAt, expected) => {
    const caller = openCaller(gateway);
    await caller.fault(results(wirePipeline({ createdAt, updatedAt: createdAt, stages: [wireStage({ createdAt })] })));
    const [node] = (await list(caller)).nodes;
    expect([node.createdAt, node.updatedAt, node.stages[0].createdAt]).toEqual([expected, expected, expected]);
  });

  test('in a history keeps each entry, with an action that is not known as OTHER', async () => {
    const caller = openCaller(gateway);
    await caller.fault({
      fault: 'wrong-shape',
      match: { path: 'audit' },
      body: {
        results: [
          { action: 'MERGE', timestamp: 'x', rawObject: '{broken' },
          { action: 'update', portalId: 5, rawObject: { a: 1 } },
          {},
        ],
      },
    });
    const { data } = await caller.ask(
      `{ pipeline(id: "${id}") { audit { nodes { action rawAction timestamp portalId fromUserId rawObject before { __typename } changes { kind } } } } }`,
    );
    const rest = { timestamp: null, fromUserId: null, before: null, changes: null };
    expect(data.pipeline.audit.nodes).toEqual([
      { ...rest, action: 'OTHER', rawAction: 'MERGE', portalId: '', rawObject: '{broken' },
      { ...rest, action: 'UPDATE', rawAction: 'update', portalId: '5', rawObject: { a: 1 } },
      { ...rest, action: 'OTHER', rawAction: '', portalId: '', rawObject: null },
    ]);
  });
});

describe.concurrent('a 404', () => {
  const forms: readonly (readonly [string, FaultRule])[] = [
    ['without a body', { fault: 'empty', status: 404 }],
    ['with HTML', { fault: 'html', status: 404 }],
    ['with JSON', { fault: 'status', status: 404, body: { status: 'error', message: 'resource not found' } }],
  ];

  test.each(forms)('%s is null for a look-up by id, by key, and of a stage', async (_, fault) => {
    const caller = openCaller(gateway);
    await caller.fault(fault);
    const key = 'objectType: "deals"';
    const queries = [
      `{ found: pipeline(id: "${id}") { label } }`,
      `{ found: pipelineByKey(${key}, pipelineId: "default") { label } }`,
      `{ found: pipelineStage(id: "${stageId('closedwon')}") { label } }`,
      `{ found: pipelineStageByKey(${key}, stageId: "closedwon") { label } }`,
    ];
    for (const query of queries) {
      const { data, errors } = await caller.ask(query);
      expect({ data, errors }).toEqual({ data: { found: null }, errors: undefined });
    }
  });

  test.each(forms)('%s to a list is a failure, as a list is never simply gone', async (_, fault) => {
    const caller = openCaller(gateway);
    await caller.fault(fault);
    const { nodes, failures } = await list(caller);
    expect(nodes).toEqual([]);
    expect(failures).toMatchObject([{ objectType: 'deals', code: 'UPSTREAM_REJECTED' }]);
  });

  test.each(forms)('%s to a write is NOT_FOUND, with the id that was asked for', async (_, fault) => {
    const caller = openCaller(gateway);
    await caller.fault(fault);
    const { errors } = await mutate(caller, 'patchPipeline', { id, label: 'New' });
    expect(errors).toMatchObject([
      { __typename: 'PipelineNotFoundError', code: 'NOT_FOUND', id, mayHaveBeenApplied: false },
    ]);
  });

  test('of a pipeline that is not there is NOT_FOUND before anything is written', async () => {
    const caller = openCaller(gateway);
    const gone = toPipelineGlobalId({ sourceName: 'hubspot', objectType: 'deals', pipelineId: 'gone' });
    const { errors } = await mutate(caller, 'archivePipeline', { id: gone });
    expect(errors).toMatchObject([{ __typename: 'PipelineNotFoundError', id: gone }]);
    expect(await caller.requestLines()).toEqual(['GET /crm/pipelines/2026-09/deals/gone']);
  });
});

describe.concurrent('a refusal', () => {
  const correlationId = '3f1a2b5c-7d8e-4f90-a1b2-c3d4e5f60154';
  const inTwoMinutes = () => new Date(Date.now() + 120_000).toUTCString();
  const applied = { mayHaveBeenApplied: true };
  const notApplied = { mayHaveBeenApplied: false };
  const body = (more: object = {}) => ({
    status: 'error',
    message: 'The upstream’s own words.',
    correlationId,
    ...more,
  });
  const upstream = (code: string, more: object = {}) => ({
    __typename: 'PipelineUpstreamError',
    code,
    ...notApplied,
    ...more,
  });
  const unknown = upstream('UPSTREAM_OUTCOME_UNKNOWN', applied);
  const rejected = upstream('UPSTREAM_REJECTED', { message: 'The upstream’s own words.' });
  const taken = (code: string, more: object) => ({ __typename: 'PipelineConflictError', code, ...notApplied, ...more });
  const inUse = {
    __typename: 'StageInUseError',
    code: 'STAGE_IN_USE',
    stageIds: ['a', 'b'],
    recordIds: ['5'],
    ...notApplied,
  };
  const denied = (code: string, requiredScopes: string[] = []) => ({
    __typename: 'PipelineAccessDeniedError',
    code,
    requiredScopes,
    ...notApplied,
  });
  const limited = (policy: string | null) => ({
    __typename: 'PipelineRateLimitedError',
    code: 'UPSTREAM_RATE_LIMITED',
    policy,
    ...notApplied,
  });
  const invalid = (path: string[]) => ({
    __typename: 'PipelineInvalidInputError',
    code: 'INVALID_INPUT',
    path,
    ...notApplied,
  });
  const context = { stageIds: ['[a, b]'], objectIds: ['[5]'] };
  const scopes = (key: string) =>
    body({
      category: 'MISSING_SCOPES',
      errors: [{ message: 'x', context: { [key]: ['crm.objects.deals.read', 'tickets'] } }],
    });

  /** What the upstream answers; the code of a read; what a write gives. */
  const table: readonly (readonly [string, Omit<FaultRule, 'fault'>, string, object])[] = [
    ['400', { status: 400 }, 'UPSTREAM_REJECTED', rejected],
    [
      '400 that names a field',
      { status: 400, body: body({ errors: [{ message: 'x', in: 'label' }] }) },
      'UPSTREAM_REJECTED',
      invalid(['label']),
    ],
    [
      '400 about metadata',
      { status: 400, body: body({ subCategory: 'PipelineError.INVALID_PIPELINE_STAGE_METADATA' }) },
      'UPSTREAM_REJECTED',
      invalid(['meta']),
    ],
    [
      '400 about a label',
      { status: 400, body: body({ message: 'An active pipeline with label New already exists.' }) },
      'UPSTREAM_REJECTED',
      taken('LABEL_TAKEN', { path: ['label'], value: 'New' }),
    ],
    [
      '400 about a stage’s label',
      { status: 400, body: body({ subCategory: 'PipelineError.STAGE_LABEL_EXISTS' }) },
      'UPSTREAM_REJECTED',
      taken('LABEL_TAKEN', { value: null }),
    ],
    [
      '400 about a pipelineId',
      { status: 400, body: body({ message: 'There’s another pipeline in this portal with pipelineId (x).' }) },
      'UPSTREAM_REJECTED',
      taken('ID_TAKEN', { path: ['pipelineId'] }),
    ],
    [
      '400 about stages in use',
      { status: 400, body: body({ subCategory: 'PipelineError.STAGE_ID_IN_USE', context }) },
      'UPSTREAM_REJECTED',
      inUse,
    ],
    [
      '404 about stages in use',
      { status: 404, body: body({ subCategory: 'PipelineError.STAGE_ID_IN_USE', context }) },
      '',
      inUse,
    ],
    [
      '409 about stages in use',
      { status: 409, body: body({ subCategory: 'PipelineError.STAGE_ID_IN_USE', context }) },
      'UPSTREAM_REJECTED',
      inUse,
    ],
    ['409', { status: 409 }, 'UPSTREAM_REJECTED', taken('ID_TAKEN', {})],
    [
      '409 about stageIds',
      { status: 409, body: body({ subCategory: 'PipelineError.STAGE_ID_EXISTS_IN_ANOTHER_PIPELINE' }) },
      'UPSTREAM_REJECTED',
      taken('ID_TAKEN', {}),
    ],
    ['418', { status: 418 }, 'UPSTREAM_REJECTED', rejected],
    ['422', { status: 422 }, 'UPSTREAM_REJECTED', rejected],
    ['401', { status: 401 }, 'UPSTREAM_UNAUTHENTICATED', denied('UPSTREAM_UNAUTHENTICATED')],
    ['403 without scopes', { status: 403 }, 'UPSTREAM_FORBIDDEN', denied('UPSTREAM_FORBIDDEN')],
    [
      '403 with granular scopes',
      { status: 403, body: scopes('requiredGranularScopes') },
      'UPSTREAM_FORBIDDEN',
      denied('UPSTREAM_FORBIDDEN', ['crm.objects.deals.read', 'tickets']),
    ],
    [
      '403 with scopes',
      { status: 403, body: scopes('requiredScopes') },
      'UPSTREAM_FORBIDDEN',
      denied('UPSTREAM_FORBIDDEN', ['crm.objects.deals.read', 'tickets']),
    ],
    [
      '429 by errorType',
      { status: 429, body: body({ errorType: 'RATE_LIMIT', policyName: 'TEN_SECONDLY_ROLLING' }) },
      'UPSTREAM_RATE_LIMITED',
      limited('TEN_SECONDLY_ROLLING'),
    ],
    [
      '429 of the day',
      { status: 429, body: body({ errorType: 'RATE_LIMIT', policyName: 'DAILY' }) },
      'UPSTREAM_RATE_LIMITED',
      limited('DAILY'),
    ],
    [
      '429 by category',
      { status: 429, body: body({ category: 'RATE_LIMITS' }) },
      'UPSTREAM_RATE_LIMITED',
      limited(null),
    ],
    ['423', { status: 423 }, 'UPSTREAM_UNAVAILABLE', upstream('UPSTREAM_UNAVAILABLE', { status: 423 })],
    ['477', { status: 477 }, 'UPSTREAM_UNAVAILABLE', upstream('UPSTREAM_UNAVAILABLE', { status: 477 })],
    [
      '503 with Retry-After',
      { status: 503, headers: { 'retry-after': '3' } },
      'UPSTREAM_UNAVAILABLE',
      upstream('UPSTREAM_UNAVAILABLE', { status: 503 }),
    ],
    ...[500, 502, 503, 504, 521, 522, 523, 524, 599].map(
      (status) => [`${status}`, { status }, 'UPSTREAM_UNAVAILABLE', { ...unknown, status }] as const,
    ),
    [
      '301',
      { status: 301, headers: { location: '/elsewhere' } },
      'UPSTREAM_CONTRACT',
      upstream('UPSTREAM_CONTRACT', applied),
    ],
  ];
  const rows = table.map(
    ([name, fault, read, write]) => [name, { fault: 'status', body: body(), ...fault }, read, write] as const,
  );

  test.each(rows.filter(([, , code]) => code !== ''))(
    'of a read with %s has its code and the upstream’s id, and not its words',
    async (_, fault, code) => {
      const retryAfterSeconds = fault.headers?.['retry-after'] === undefined ? {} : { retryAfterSeconds: 3 };
      await alone(async (caller) => {
        await caller.fault(fault);
        const { error } = await lookUp(caller);
        expect(error?.extensions).toEqual({ code, sourceName: 'hubspot', correlationId, ...retryAfterSeconds });
        expect(JSON.stringify(error)).not.toContain('own words');
        // A redirect is not followed.
        expect(await caller.requests()).toHaveLength(attemptsOf(fault, false));
      });
      await alone(async (caller) => {
        await caller.fault(fault);
        const { failures } = await list(caller);
        expect(failures).toMatchObject([{ code, correlationId }]);
        expect(JSON.stringify(failures)).not.toContain('own words');
      });
    },
  );

  test.each(rows)(
    'of a write with %s is typed, and sent again only where it did not happen',
    async (_, fault, __, expected) => {
      await alone(async (caller) => {
        await caller.fault(fault);
        const { pipeline, errors } = await mutate(caller, 'patchPipeline', { id, label: 'New' }, 'pipeline { label }');
        expect(pipeline).toBeNull();
        expect(errors).toMatchObject([{ correlationId, ...expected }]);
        const sent = Array.from(
          { length: attemptsOf(fault, true) },
          () => 'PATCH /crm/pipelines/2026-09/deals/default',
        );
        expect(await caller.requestLines()).toEqual(sent);
      });
    },
  );

  const bodies: readonly (readonly [string, unknown])[] = [
    ['HTML', '<h1>no</h1>'],
    ['empty', ''],
    ['cut', '{"message": "x'],
    ['a list', [1]],
    ['null', 'null'],
    ['of other types', { message: 5, errors: 'x', context: 7, subCategory: [], correlationId: {}, policyName: 1 }],
    ['odd within', { errors: [null, 5, { in: 5, context: { requiredScopes: 'x' } }], context: { stageIds: [5] } }],
  ];
  const codes: Readonly<Record<number, readonly [string, string]>> = {
    400: ['UPSTREAM_REJECTED', 'UPSTREAM_REJECTED'],
    401: ['UPSTREAM_UNAUTHENTICATED', 'UPSTREAM_UNAUTHENTICATED'],
    403: ['UPSTREAM_FORBIDDEN', 'UPSTREAM_FORBIDDEN'],
    429: ['UPSTREAM_RATE_LIMITED', 'UPSTREAM_RATE_LIMITED'],
    500: ['UPSTREAM_UNAVAILABLE', 'UPSTREAM_OUTCOME_UNKNOWN'],
  };
  test.each(bodies)('whose body is %s is told by its status alone', async (_, sent) => {
    for (const [status, [read, write]] of Object.entries(codes)) {
      const caller = openCaller(gateway);
      await caller.fault({
        fault: 'status',
        status: Number(status),
        body: sent,
        headers: { 'x-hubspot-correlation-id': '' },
      });
      expect((await lookUp(caller)).error?.extensions).toEqual({ code: read, sourceName: 'hubspot' });
      expect((await mutate(caller, 'patchPipeline', { id, label: 'New' })).errors).toMatchObject([
        { code: write, correlationId: null },
      ]);
    }
  });

  test('has the correlation id of its header where its body has none', async () => {
    const caller = openCaller(gateway);
    await caller.fault({
      fault: 'status',
      status: 500,
      body: 'x',
      headers: { 'x-hubspot-correlation-id': correlationId },
    });
    expect((await lookUp(caller)).error?.extensions).toMatchObject({ correlationId });
  });

  test.each<[string, string | (() => string), readonly [number, number] | null]>([
    ['seconds', '7', [7, 7]],
    ['a fraction', '0.5', [0.5, 0.5]],
    ['a date', inTwoMinutes, [60, 120]],
    ['a date that has passed', 'Wed, 21 Oct 2015 07:28:00 GMT', [0, 0]],
    ['no such thing', 'a while', null],
    ['nothing', '', null],
    ['more than a number holds', '9'.repeat(400), null],
  ])('with Retry-After as %s says when to come back', async (_, header, range) => {
    const headers = { 'retry-after': typeof header === 'string' ? header : header() };
    // Each with a credential of its own, because the wait that the upstream asks for holds the credential.
    const callers = [1, 2, 3].map(() => inAHurry(openCaller(gateway))) as [Caller, Caller, Caller];
    for (const caller of callers) await caller.fault({ fault: 'status', status: 429, headers });
    const [failure] = (await list(callers[0])).failures;
    const { errors } = await mutate(callers[1], 'patchPipeline', { id, label: 'New' });
    const { error } = await lookUp(callers[2]);
    const told = [
      failure.retryAfterSeconds,
      errors[0]?.['retryAfterSeconds'],
      error?.extensions['retryAfterSeconds'] ?? null,
    ];
    for (const seconds of told) {
      if (range === null) expect(seconds).toBeNull();
      else expect(seconds >= range[0] && seconds <= range[1]).toBe(true);
    }
  });
});

describe.concurrent('a write whose answer is lost', () => {
  const unknown = { code: 'UPSTREAM_OUTCOME_UNKNOWN', mayHaveBeenApplied: true, __typename: 'PipelineUpstreamError' };

  test.each<[string, FaultRule, string]>([
    ['before it happened', { fault: 'reset', when: 'before' }, 'Sales Pipeline'],
    ['after it happened', { fault: 'reset', when: 'after' }, 'Renamed'],
  ])('%s is of unknown outcome, and the next read shows which', async (_, fault, label) => {
    const caller = openCaller(gateway);
    await caller.fault({ ...fault, match: { method: 'PATCH' } });
    const { pipeline, errors } = await mutate(caller, 'patchPipeline', { id, label: 'Renamed' }, 'pipeline { label }');
    expect({ pipeline, errors }).toMatchObject({ pipeline: null, errors: [unknown] });
    expect((await lookUp(caller)).pipeline).toEqual({ label });
    expect(await caller.requestLines()).toHaveLength(2);
  });

  const unreadable: readonly (readonly [string, FaultRule])[] = [
    ['HTML', { fault: 'html' }],
    ['cut JSON', { fault: 'truncate' }],
    ['nothing', { fault: 'empty' }],
    ['another object', { fault: 'wrong-shape' }],
    ['100 MB', { fault: 'huge' }],
    ['half of its body', { fault: 'reset', part: 'body' }],
  ];

  test.each(unreadable)('because a 2xx came with %s was acknowledged, so it is read back', async (_, fault) => {
    const caller = openCaller(gateway);
    await caller.fault({ ...fault, when: 'after', match: { method: 'PATCH' } });
    const { pipeline, errors } = await mutate(caller, 'patchPipeline', { id, label: 'Renamed' }, 'pipeline { label }');
    expect({ pipeline, errors }).toEqual({ pipeline: { label: 'Renamed' }, errors: [] });
  });

  const newPipeline = {
    objectType: 'deals',
    label: 'New',
    displayOrder: 1,
    stages: [{ label: 'A', meta: { probability: 0 } }],
  };
  test.each(unreadable)(
    'in a create, because a 2xx came with %s, is read by the id that the caller chose',
    async (_, fault) => {
      const caller = openCaller(gateway);
      await caller.fault({ ...fault, when: 'after', match: { method: 'POST' } });
      const input = { ...newPipeline, pipelineId: 'mine' };
      const { pipeline, errors } = await mutate(caller, 'createPipeline', input, 'pipeline { pipelineId label }');
      expect({ pipeline, errors }).toEqual({ pipeline: { pipelineId: 'mine', label: 'New' }, errors: [] });
    },
  );

  test.each(unreadable)(
    'in a create, because a 2xx came with %s, has happened but nobody knows the id',
    async (_, fault) => {
      const caller = openCaller(gateway);
      await caller.fault({ ...fault, when: 'after', match: { method: 'POST' } });
      const lost = { code: 'UPSTREAM_CONTRACT', mayHaveBeenApplied: true };
      const created = await mutate(caller, 'createPipeline', newPipeline, 'pipeline { id }');
      expect(created).toMatchObject({ pipeline: null, errors: [lost] });
      const newStage = { pipeline: id, label: 'New', meta: { probability: 0.5 } };
      const added = await mutate(caller, 'createPipelineStage', newStage, 'stage { id }');
      expect(added).toMatchObject({ stage: null, errors: [lost] });
      const { nodes } = await list(caller);
      expect(nodes.map((node: { label: string }) => node.label)).toEqual(['Sales Pipeline', 'New']);
      expect(nodes[0].stages.map((stage: { label: string }) => stage.label)).toContain('New');
    },
  );
});
