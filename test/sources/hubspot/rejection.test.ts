import { describe, expect, test } from 'vitest';
import { openCaller } from '../../support/caller.ts';
import type { Caller } from '../../support/caller.ts';
import { mutate } from '../../support/mutate.ts';
import type { FaultRule } from '../../support/sandbox-control.ts';
import { salesPipelineId } from '../../support/seed.ts';
import { useGateway } from '../../support/use-gateway.ts';
import { askAlone, inAHurry, list, lookUp, spoiltHubSpot } from '../spoilt-hubspot.ts';

const gateway = useGateway(spoiltHubSpot);

/** How often a caller in a hurry has what fails with a status sent. */
function attemptsOf({ status, headers, body }: Omit<FaultRule, 'fault'>, isWrite: boolean): number {
  if (status === 423 || headers?.['retry-after'] !== undefined || JSON.stringify(body ?? '').includes('DAILY'))
    return 1;
  if (status === 429 || status === 477) return 3;
  return !isWrite && (status ?? 0) >= 500 ? 3 : 1;
}

describe.concurrent('refusals of HubSpot’s', () => {
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
      '400 about metadata that the write does not send',
      { status: 400, body: body({ subCategory: 'PipelineError.INVALID_PIPELINE_STAGE_METADATA' }) },
      'UPSTREAM_REJECTED',
      { ...rejected, path: null },
    ],
    [
      '400 that names a field that the input does not have',
      { status: 400, body: body({ errors: [{ message: 'x', in: 'portalId' }] }) },
      'UPSTREAM_REJECTED',
      { ...rejected, path: null },
    ],
    ['408', { status: 408, body: body() }, '', unknown],
    ['425', { status: 425, body: body() }, '', unknown],
    ['499', { status: 499, body: body() }, '', unknown],
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
    ['409', { status: 409 }, 'UPSTREAM_REJECTED', rejected],
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
    'a read that is refused with %s has its code and the upstream’s id, and not its words',
    async (_, fault, code) => {
      const retryAfterSeconds = fault.headers?.['retry-after'] === undefined ? {} : { retryAfterSeconds: 3 };
      await askAlone(async (caller) => {
        await caller.fault(fault);
        const { error } = await lookUp(caller);
        expect(error?.extensions).toEqual({ code, sourceName: 'hubspot', correlationId, ...retryAfterSeconds });
        expect(JSON.stringify(error)).not.toContain('own words');
        // A redirect is not followed.
        expect(await caller.requests()).toHaveLength(attemptsOf(fault, false));
      }, inAHurry);
      await askAlone(async (caller) => {
        await caller.fault(fault);
        const { failures } = await list(caller);
        expect(failures).toMatchObject([{ code, correlationId }]);
        expect(JSON.stringify(failures)).not.toContain('own words');
      }, inAHurry);
    },
  );

  test.each(rows)(
    'a write that is refused with %s is typed, and sent again only where it did not happen',
    async (_, fault, __, expected) => {
      await askAlone(async (caller) => {
        await caller.fault({ ...fault, match: { method: 'PATCH' } });
        const { pipeline, errors } = await mutate(
          caller,
          'patchPipeline',
          { id: salesPipelineId, label: 'New' },
          'pipeline { label }',
        );
        expect(pipeline).toBeNull();
        expect(errors).toMatchObject([{ correlationId, ...expected }]);
        const sent = Array.from(
          { length: attemptsOf(fault, true) },
          () => 'PATCH /crm/pipelines/2026-09/deals/default',
        );
        expect((await caller.requestLines()).filter((line) => line.startsWith('PATCH'))).toEqual(sent);
      }, inAHurry);
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
  test.each(bodies)('a refusal whose body is %s is told by its status alone', async (_, sent) => {
    for (const [status, [read, write]] of Object.entries(codes)) {
      const [reader, writer] = [openCaller(gateway), openCaller(gateway)];
      const fault = {
        fault: 'status',
        status: Number(status),
        body: sent,
        headers: { 'x-hubspot-correlation-id': '' },
      };
      await reader.fault(fault);
      await writer.fault({ ...fault, match: { method: 'PATCH' } });
      expect((await lookUp(reader)).error?.extensions).toEqual({ code: read, sourceName: 'hubspot' });
      expect((await mutate(writer, 'patchPipeline', { id: salesPipelineId, label: 'New' })).errors).toMatchObject([
        { code: write, correlationId: null },
      ]);
    }
  });

  test('a refusal has the correlation id of its header where its body has none', async () => {
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
  ])('a refusal with Retry-After as %s says when to come back, where that can be read', async (_, header, range) => {
    const headers = { 'retry-after': typeof header === 'string' ? header : header() };
    // Each with a credential of its own, because the wait that the upstream asks for holds the credential.
    const callers = [1, 2, 3].map(() => inAHurry(openCaller(gateway))) as [Caller, Caller, Caller];
    for (const caller of callers) await caller.fault({ fault: 'status', status: 429, headers });
    const [failure] = (await list(callers[0])).failures;
    const { errors } = await mutate(callers[1], 'patchPipeline', { id: salesPipelineId, label: 'New' });
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
