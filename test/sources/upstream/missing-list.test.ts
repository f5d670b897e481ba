import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { toPipelineGlobalId, toStageGlobalId } from '../../../src/domain/ids.ts';
import { startTestGateway } from '../../support/gateway.ts';
import type { TestGateway } from '../../support/gateway.ts';
import { mutate } from '../../support/mutate.ts';
import { startUpstream } from '../../support/test-upstream.ts';
import { kinds, toSettings } from '../kinds.ts';
import type { Kind } from '../kinds.ts';

const [hubSpot, , , hubSpotV1] = kinds as readonly [Kind, Kind, Kind, Kind, Kind];
const page = '<!doctype html><title>Gone</title>';
const key = { sourceName: 'crm', objectType: 'deals' };
const id = toPipelineGlobalId({ ...key, pipelineId: 'p' });
const stageId = toStageGlobalId({ ...key, pipelineId: 'p', stageId: 's' });
const stages = [{ label: 'A', meta: { probability: 0.5 } }];

const closings: (() => void | Promise<void>)[] = [];
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-24T12:00:00Z') });
});
afterEach(async () => {
  vi.useRealTimers();
  for (const close of closings.splice(0)) await close();
});

/** A gateway whose upstream answers whatever it is asked with `status` and `body`. */
async function start({ settings }: Kind, status: number, body = ''): Promise<TestGateway> {
  const upstream = await startUpstream((_, response) => void response.writeHead(status).end(body));
  const gateway = await startTestGateway({ sources: () => [toSettings(settings, upstream.url)] });
  closings.push(
    () => gateway.close(),
    () => upstream.close(),
  );
  return gateway;
}

const lookUps = `{
  a: pipelineByKey(objectType: "deals", pipelineId: "one") { id }
  b: pipelineByKey(objectType: "deals", pipelineId: "two") { id }
  c: pipelineStageByKey(objectType: "deals", stageId: "three") { id }
  d: pipelineStage(id: "${stageId}") { id }
  _entities(representations: [
    { __typename: "Pipeline", sourceName: "crm", objectType: "deals", pipelineId: "one" }
    { __typename: "Stage", sourceName: "crm", objectType: "deals", stageId: "three" }
  ]) { __typename }
}`;

describe.each([hubSpot, hubSpotV1])('a list that $title answers with 404', (kind) => {
  test.each([
    ['an empty body', ''],
    ['a page', page],
    ['JSON', '{"status":"error","message":"resource not found"}'],
  ])('and %s is an error of each look-up, for it says nothing about any one object', async (_, body) => {
    const gateway = await start(kind, 404, body);
    const { data, errors = [] } = await gateway.ask(lookUps);
    expect(data).toEqual({ a: null, b: null, c: null, d: null, _entities: [null, null] });
    expect(errors.map(({ path }) => String(path?.join('.'))).toSorted((a, b) => a.localeCompare(b))).toEqual([
      '_entities.0',
      '_entities.1',
      'a',
      'b',
      'c',
      'd',
    ]);
    for (const { message, extensions } of errors) {
      expect(extensions).toMatchObject({ code: 'UPSTREAM_REJECTED', sourceName: 'crm' });
      expect(message).toContain('has no such list');
    }
    const list = await gateway.ask('{ pipelines { nodes { id } failures { code message } } }');
    expect(list.errors).toBeUndefined();
    expect(list.data.pipelines.nodes).toEqual([]);
    expect(list.data.pipelines.failures[0]).toMatchObject({ code: 'UPSTREAM_REJECTED' });
  });

  test('is an error of what reads it before it writes', async () => {
    const gateway = await start(kind, 404);
    const plan = await gateway.ask(
      'query ($input: ReplacePipelineInput!) { pipelineReplacePlan(input: $input) { errors { code message } } }',
      { input: { id, label: 'X', stages } },
    );
    const create = await mutate(gateway, 'createPipeline', { objectType: 'deals', label: 'X', stages });
    for (const { errors } of [plan.data.pipelineReplacePlan, create]) {
      expect(errors).toMatchObject([
        { code: 'UPSTREAM_REJECTED', message: expect.stringContaining('has no such list') },
      ]);
    }
  });
});

describe('v1, which reads one pipeline from the list', () => {
  const answers = [
    ['an empty 404', 404, ''],
    ['a 404 with a page', 404, page],
    ['a 410', 410, ''],
  ] as const;
  const ended = [...answers, ['a page', 200, page]] as const;

  /** What the list, look-ups and mutations that read first say, each of them UPSTREAM_REJECTED. */
  async function messagesOf(gateway: TestGateway): Promise<readonly string[]> {
    const { data, errors = [] } = await gateway.ask(
      `{ pipeline(id: "${id}") { label } pipelineStage(id: "${stageId}") { label }
        pipelines(where: { objectTypes: ["deals"] }) { failures { code message } } }`,
    );
    const payloads = [
      await mutate(gateway, 'patchPipeline', { id, label: 'X' }),
      await mutate(gateway, 'archivePipeline', { id }),
      await mutate(gateway, 'archivePipelineStage', { id: stageId }),
    ];
    const problems = [
      ...errors.map(({ message, extensions }) => ({ code: extensions['code'], message })),
      ...data.pipelines.failures,
      ...payloads.flatMap((payload) => payload.errors),
    ];
    expect(problems.map(({ code }) => code)).toEqual(Array(6).fill('UPSTREAM_REJECTED'));
    return problems.map(({ message }) => message);
  }

  test.each(answers)('has no such list, if it answers with %s up to its last day', async (_, status, body) => {
    vi.setSystemTime(Date.parse('2026-12-04T23:00:00Z'));
    const messages = await messagesOf(await start(hubSpotV1, status, body));
    expect(new Set(messages)).toEqual(new Set([`The upstream's API has no such list (status ${status}).`]));
  });

  test.each(ended)('has ended, if it answers with %s after its end', async (_, status, body) => {
    vi.setSystemTime(Date.parse('2026-12-05T00:00:00Z'));
    const messages = await messagesOf(await start(hubSpotV1, status, body));
    expect(new Set(messages)).toEqual(
      new Set([`Version v1 of the upstream's API ended on 2026-12-04 (status ${status}).`]),
    );
  });

  test('has ended for a write that reads nothing first', async () => {
    vi.setSystemTime(Date.parse('2026-12-05T00:00:00Z'));
    const gateway = await start(hubSpotV1, 404, page);
    const complete = { objectType: 'deals', label: 'X', displayOrder: 0, stages: [{ ...stages[0], stageId: 's' }] };
    const message = "Version v1 of the upstream's API ended on 2026-12-04 (status 404).";
    expect((await mutate(gateway, 'createPipeline', complete)).errors).toMatchObject([
      { code: 'UPSTREAM_REJECTED', message, mayHaveBeenApplied: false },
    ]);
  });
});
