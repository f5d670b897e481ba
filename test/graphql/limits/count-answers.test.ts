import { expect, test } from 'vitest';
import { sandboxSources } from '../../../src/sources/sandbox.ts';
import { startReplica } from '../../support/gateway.ts';
import type { TestGateway } from '../../support/gateway.ts';
import { startScriptedUpstream } from '../../support/scripted-upstream.ts';
import { toHubSpotList, toHubSpotPipeline } from '../../torture/accounts.ts';

const unlimited = { GATEWAY_MAX_COST: '1000000000000' };
const deals = '/crm/pipelines/2026-09/deals';
const nested = `{ pipelineByKey(sourceName: "hubspot", objectType: "deals", pipelineId: "p0") {
  ${'stages { pipeline { '.repeat(4)}id${' } }'.repeat(4)} } }`;
const listOf = (selection: string) =>
  `{ pipelines(where: { sourceNames: "hubspot", objectTypes: "deals" }, first: 100) { nodes { ${selection} } } }`;

/** A gateway whose HubSpot has pipelines and stages in these numbers. */
async function withAccount(
  size: { pipelines: number; stages: number },
  env: Readonly<Record<string, string>>,
  check: (gateway: TestGateway, requests: readonly { readonly path: string }[]) => Promise<void>,
): Promise<void> {
  const pipeline = toHubSpotPipeline(size.stages);
  const upstream = await startScriptedUpstream({
    [`GET ${deals}`]: toHubSpotList(size.pipelines, size.stages),
    [`GET ${deals}/p0`]: pipeline,
    [`PATCH ${deals}/p0`]: pipeline,
  });
  const gateway = await startReplica(upstream.url, { env, sources: sandboxSources });
  try {
    await check(gateway, upstream.requests);
  } finally {
    await gateway.close();
    upstream.close();
  }
}

test('an answer that turns out to have too many objects ends as a whole, with the figure and without data', async () => {
  await withAccount({ pipelines: 1, stages: 100 }, { ...unlimited, GATEWAY_MAX_OBJECTS: '30000' }, async (gateway) => {
    const { status, data, errors } = await gateway.ask(nested);
    expect([status, data]).toEqual([400, undefined]);
    const limit = { name: 'objects', max: 30_000, actual: expect.any(Number) };
    expect(errors).toEqual([{ message: expect.any(String), extensions: { code: 'OPERATION_TOO_COMPLEX', limit } }]);
    // A list is counted before its items are made.
    expect(errors?.[0]?.extensions['limit']).toHaveProperty(
      'actual',
      expect.toSatisfy((count) => count <= 30_101),
    );
    expect(JSON.parse(gateway.logLines.at(-1) ?? '')).toMatchObject({ codes: ['OPERATION_TOO_COMPLEX'] });
    expect((await gateway.ask('{ pipelineSources { name } }')).errors).toBeUndefined();
  });
});

test('the default limits refuse stages of pipelines of stages before anything is asked', async () => {
  await withAccount({ pipelines: 1, stages: 100 }, {}, async (gateway, requests) => {
    const { errors } = await gateway.ask(nested);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'OPERATION_TOO_COMPLEX', limit: { name: 'cost' } });
    expect(requests).toEqual([]);
  });
});

test('an answer that turns out to have too many bytes ends as a whole', async () => {
  await withAccount({ pipelines: 10, stages: 100 }, { GATEWAY_MAX_ANSWER_BYTES: '20000' }, async (gateway) => {
    const { status, data, errors } = await gateway.ask(listOf('stages { meta { ... on DealStageMeta { raw } } }'));
    expect([status, data]).toEqual([400, undefined]);
    expect(errors?.map(({ extensions }) => extensions)).toEqual([
      { code: 'OPERATION_TOO_COMPLEX', limit: { name: 'answerBytes', max: 20_000, actual: expect.any(Number) } },
    ]);
    const fitting = await gateway.ask(listOf('id label'));
    expect(fitting.errors).toBeUndefined();
  });
});

test('about as many bytes are counted as the answer has', async () => {
  await withAccount({ pipelines: 10, stages: 100 }, { GATEWAY_MAX_ANSWER_BYTES: '1' }, async (gateway) => {
    const query = listOf('id label stages { id label updatedAt meta { ... on DealStageMeta { probability raw } } }');
    const refused = await gateway.ask(query);
    expect(refused.errors?.[0]?.extensions).toMatchObject({ limit: { name: 'answerBytes' } });
  });
  const query = listOf('id label stages { id label updatedAt meta { ... on DealStageMeta { probability raw } } }');
  let bytes = 0;
  await withAccount({ pipelines: 10, stages: 100 }, {}, async (gateway) => {
    bytes = Buffer.byteLength((await gateway.ask(query)).text);
  });
  for (const [share, code] of [
    [0.85, 'OPERATION_TOO_COMPLEX'],
    [1.15, undefined],
  ] as const) {
    const env = { GATEWAY_MAX_ANSWER_BYTES: String(Math.round(bytes * share)) };
    await withAccount({ pipelines: 10, stages: 100 }, env, async (gateway) => {
      expect((await gateway.ask(query)).errors?.[0]?.extensions['code']).toBe(code);
    });
  }
});

test('a write whose answer is refused says that it may have happened', async () => {
  await withAccount({ pipelines: 1, stages: 100 }, { GATEWAY_MAX_OBJECTS: '50' }, async (gateway, requests) => {
    const id = Buffer.from('[1,"pipeline","hubspot","deals","p0"]').toString('base64url');
    const write = `mutation { patchPipeline(input: { id: "${id}", label: "B" }) { pipeline { stages { id } } } }`;
    const { data, errors } = await gateway.ask(write);
    expect(data).toBeUndefined();
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'OPERATION_TOO_COMPLEX', mayHaveBeenApplied: true });
    expect(requests).toContainEqual(expect.objectContaining({ method: 'PATCH' }));
  });
});

test('100 pipelines of 100 stages are answered whole, and others are answered meanwhile', async () => {
  await withAccount({ pipelines: 100, stages: 100 }, {}, async (gateway) => {
    const progress = { isDone: false };
    const labels = Array.from({ length: 20 }, (_, index) => `a${index}: label`).join(' ');
    const asking = gateway.ask(listOf(`id stages { id ${labels} pipeline { id } meta { __typename } }`));
    void asking.then(() => (progress.isDone = true));
    let answeredMeanwhile = 0;
    while (!progress.isDone) {
      const { ok } = await fetch(`${gateway.url}/health/live`);
      if (ok && !progress.isDone) answeredMeanwhile += 1;
    }
    const { data, errors } = await asking;
    expect(errors).toBeUndefined();
    const stages = data.pipelines.nodes.flatMap((pipeline: { stages: unknown[] }) => pipeline.stages);
    expect([data.pipelines.nodes.length, stages.length]).toEqual([100, 10_000]);
    expect(answeredMeanwhile).toBeGreaterThan(3);
  });
});
