import { describe, expect, test } from 'vitest';
import { readCase, readCases } from './corpus.ts';
import type { RecordedCase } from './corpus.ts';
import { mutate, pipelineIdOf } from './mutate.ts';
import { openRecordedWorld } from './world.ts';

const errorCase = (name: string): RecordedCase => readCase('hubspot-errors', name);
const renters = readCase('hubspot-lists', 'the pipeline of the guide’s in-use sample');
const deals = readCase('hubspot-lists', 'deals of an account that nobody has edited');
const correlationId = '1fb9ac01-f574-4919-bf55-2c8c25ac1507';

/** The failure that a list of the case's object type ends in. */
async function readFailure(recorded: RecordedCase) {
  const world = await openRecordedWorld([recorded]);
  const query = '{ pipelines { nodes { label } failures { code message correlationId retryAfterSeconds } } }';
  const { data, errors } = await world.ask(query, {}, { 'x-deadline-ms': '1900' });
  expect(errors).toBeUndefined();
  expect(data.pipelines.nodes).toEqual([]);
  return data.pipelines.failures[0];
}

describe('a list that is refused', () => {
  const codes: readonly (readonly [RegExp, string])[] = [
    [/^missing: the list itself/, 'UPSTREAM_REJECTED'],
    [/^an object type that nobody knows/, 'UPSTREAM_REJECTED'],
    [/^401/, 'UPSTREAM_UNAUTHENTICATED'],
    [/^403/, 'UPSTREAM_FORBIDDEN'],
    [/^414/, 'UPSTREAM_REJECTED'],
    [/^429/, 'UPSTREAM_RATE_LIMITED'],
    [/^(423|477|5\d\d): /, 'UPSTREAM_UNAVAILABLE'],
  ];
  const refused = readCases('hubspot-errors').flatMap((recorded) => {
    const code = codes.find(([name]) => name.test(recorded.name))?.[1];
    return code === undefined ? [] : [{ ...recorded, code }];
  });

  test.each(refused)('$name is $code', async ({ code, ...recorded }) => {
    const failure = await readFailure(recorded);
    expect(failure.code).toBe(code);
    if (hasCorrelationId(recorded)) expect(failure.correlationId).toBe(correlationId);
  });

  test('says how long the upstream asks to wait', async () => {
    expect(await readFailure(errorCase('477: moving to another data centre'))).toMatchObject({
      retryAfterSeconds: 86_400,
    });
  });

  test.each([
    ['organization', '401', 'UPSTREAM_UNAUTHENTICATED'],
    ['organization', '403', 'UPSTREAM_FORBIDDEN'],
    ['hubspot-v1', '429', 'UPSTREAM_RATE_LIMITED'],
    ['hubspot-v1', 'after its end: 410', 'UPSTREAM_REJECTED'],
    ['hubspot-v1', 'after its end: 404', 'UPSTREAM_REJECTED'],
    ['hubspot-v1', 'after its end: a page', 'UPSTREAM_REJECTED'],
  ])('of %s: %s is %s', async (topic, name, code) => {
    expect(await readFailure(readCase(topic, name))).toMatchObject({ code });
  });

  /** That of a 404 of a list is told by nobody yet. */
  function hasCorrelationId({ answer: { status, body } }: RecordedCase): boolean {
    return status !== 404 && typeof body === 'object' && body !== null && 'correlationId' in body;
  }
});

test.each(['missing: one pipeline, asked for as JSON', 'missing: one pipeline, asked for as anything'])(
  '%s is null',
  async (name) => {
    const recorded = errorCase(name);
    const world = await openRecordedWorld([recorded]);
    const pipelineId = recorded.request.path.split('/').at(-1);
    const { data, errors } = await world.ask(
      'query ($id: String!) { pipelineByKey(objectType: "deals", pipelineId: $id) { label } }',
      { id: pipelineId },
    );
    expect(errors).toBeUndefined();
    expect(data.pipelineByKey).toBeNull();
  },
);

describe('a write that is refused', () => {
  const create = (more: object = {}) => ({
    objectType: 'deals',
    label: 'Renewals',
    displayOrder: 1,
    stages: [{ label: 'Open', meta: { probability: 0.5 } }],
    ...more,
  });

  /** The error of a create that the upstream answers so. */
  async function refuseCreate(name: string, input: object) {
    const recorded = errorCase(name);
    const world = await openRecordedWorld([recorded]);
    const { errors, pipeline } = await mutate(world, 'createPipeline', input, 'pipeline { id }');
    expect(pipeline).toBeNull();
    expect(errors).toHaveLength(1);
    return errors[0];
  }

  test.each([
    ['no stages', { code: 'UPSTREAM_REJECTED', message: 'Pipeline must have at least one stage', status: 400 }],
    ['a pipeline’s label that is taken', { code: 'LABEL_TAKEN', path: ['label'], value: 'Sales Pipeline' }],
    ['a stage’s label that is taken, pipeline create', { code: 'LABEL_TAKEN', value: 'Open' }],
    ['a pipelineId that is taken', { code: 'ID_TAKEN', path: ['pipelineId'] }],
    ['a pipelineId that another object type has', { code: 'ID_TAKEN' }],
    ['a stageId that is taken, pipeline create', { code: 'ID_TAKEN' }],
    ['a deal stage without a probability', { code: 'INVALID_INPUT', path: ['meta', 'probability'] }],
    ['a probability beyond its bounds', { code: 'INVALID_INPUT', path: ['meta', 'probability'] }],
    ['a negative displayOrder', { code: 'INVALID_INPUT', path: ['displayOrder'] }],
    ['JSON that is none', { code: 'INVALID_INPUT', path: ['label'] }],
  ])('create: %s', async (name, error) => {
    expect(await refuseCreate(name, create())).toMatchObject({ ...error, mayHaveBeenApplied: false, correlationId });
  });

  test('create: an id that is too long may have been applied', async () => {
    const error = await refuseCreate('an id that is too long', create());
    expect(error).toMatchObject({ code: 'UPSTREAM_OUTCOME_UNKNOWN', status: 500, mayHaveBeenApplied: true });
  });

  test('create of tickets: a state that is none', async () => {
    const stages = [{ label: 'Done', meta: { ticketState: 'CLOSED' } }];
    const error = await refuseCreate('a state that is none', create({ objectType: 'tickets', stages }));
    expect(error).toMatchObject({ code: 'INVALID_INPUT', path: ['meta'] });
  });

  test('a stage’s label that is taken', async () => {
    const at = { at: 'GET /crm/pipelines/2026-09/deals/default', as: oneOf(deals) };
    const world = await openRecordedWorld([at, errorCase('a stage’s label that is taken, stage write')]);
    const pipeline = await pipelineIdOf(world, 'deals', 'default');
    const input = { pipeline, label: 'closed won', meta: { probability: 1 } };
    expect((await mutate(world, 'createPipelineStage', input)).errors).toMatchObject([
      { code: 'LABEL_TAKEN', path: ['label'], mayHaveBeenApplied: false },
    ]);
  });

  test('a stage id that is taken', async () => {
    const world = await openRecordedWorld([renters, errorCase('a stageId that is taken, stage create')]);
    const pipeline = await pipelineIdOf(world, 'deals', 'renters');
    const input = { pipeline, stageId: 'closedwon', label: 'Another', meta: { probability: 1 } };
    expect((await mutate(world, 'createPipelineStage', input)).errors).toMatchObject([
      { code: 'ID_TAKEN', path: ['stageId'], mayHaveBeenApplied: false },
    ]);
  });

  test.each([
    ['missing: a pipeline that is patched', 'patchPipeline', { label: 'X' }],
    ['missing: a pipeline that is deleted', 'archivePipeline', {}],
  ])('%s', async (name, mutation, input) => {
    const refusal = errorCase(name);
    const at = `${refusal.request.method} ${renters.request.path}`;
    const world = await openRecordedWorld([renters, { at, as: refusal }]);
    const id = await pipelineIdOf(world, 'deals', 'renters');
    expect((await mutate(world, mutation, { id, ...input })).errors).toMatchObject([
      { code: 'NOT_FOUND', id, mayHaveBeenApplied: false },
    ]);
  });

  test('a stage DELETE that answers 204 and leaves the stage is no success', async () => {
    const done = {
      at: 'DELETE /crm/pipelines/2026-09/deals/renters/stages/renter_viewing',
      as: errorCase('missing: a stage that is deleted'),
    };
    const world = await openRecordedWorld([renters, done]);
    const { data } = await world.ask(
      `{ pipelineByKey(objectType: "deals", pipelineId: "renters") { stages { id stageId } } }`,
    );
    const id = data.pipelineByKey.stages.find(({ stageId }: { stageId: string }) => stageId === 'renter_viewing').id;
    const payload = await mutate(world, 'archivePipelineStage', { id }, 'archivedId');
    expect(payload).toMatchObject({
      archivedId: null,
      errors: [{ code: 'UPSTREAM_OUTCOME_UNKNOWN', mayHaveBeenApplied: true }],
    });
  });
});

describe('stages in use', () => {
  const five = [
    'renter_viewing',
    'renter_security_deposit_paid',
    'renter_new_lead',
    'renter_closed_won',
    'renter_closed_lost',
  ];

  async function refuseArchive(name: string) {
    const refusal = errorCase(name);
    const { path } = refusal.request;
    const world = await openRecordedWorld([{ at: `GET ${path}`, as: renters }, refusal]);
    const id = await pipelineIdOf(world, 'deals', 'renters');
    const { errors } = await mutate(world, 'archivePipeline', { id });
    expect(errors).toHaveLength(1);
    return errors[0];
  }

  test.each([
    ['in use: one bracketed string', five, ['22901690010']],
    ['in use: 404, as the guides before 2026 have it', five, ['22901690010']],
    ['in use: a list of ids', ['renter_viewing', 'renter_closed_won'], ['22901690010', '22901690011']],
  ])('%s', async (name, stageIds, recordIds) => {
    const error = await refuseArchive(name);
    expect(error).toMatchObject({
      code: 'STAGE_IN_USE',
      stageIds,
      recordIds,
      mayHaveBeenApplied: false,
      correlationId,
    });
    expect(error?.['stages']).toHaveLength(stageIds.length);
  });

  test('in use: only the message names ids', async () => {
    expect(await refuseArchive('in use: only the message names ids')).toMatchObject({ code: 'STAGE_IN_USE' });
  });
});

/** A list's first pipeline, as a read of one answers it. */
function oneOf(list: RecordedCase): RecordedCase {
  const { results } = list.answer.body as { results: readonly unknown[] };
  return { ...list, answer: { ...list.answer, body: results[0] } };
}
