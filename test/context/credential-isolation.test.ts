import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sandboxSources } from '../../src/sources/sandbox.ts';
import { usualTimes } from '../support/cache-times.ts';
import { startTestGateway } from '../support/gateway.ts';
import type { Answer, TestGateway } from '../support/gateway.ts';
import { mutate } from '../support/mutate.ts';

/** Two callers. Each one's mark is in every label and id of their own account. */
const marks = ['amber', 'cobalt'] as const;
type Mark = (typeof marks)[number];

const otherThan = (mark: Mark): Mark => (mark === 'amber' ? 'cobalt' : 'amber');
const headersOf = (mark: Mark) => ({ 'x-upstream-token': `token-of-${mark}` });

let gateway: TestGateway;
/** The global id of each one's HubSpot pipeline. */
const pipelineIds = new Map<Mark, string>();

async function fillAccount(mark: Mark): Promise<void> {
  const stages = [{ label: `${mark} won`, stageId: `${mark}-won`, meta: { probability: 1 } }];
  const input = { ...keyOf(mark), label: `${mark} sales`, stages };
  const { pipeline, errors } = await mutate(gateway, 'createPipeline', input, 'pipeline { id }', headersOf(mark));
  expect(errors).toEqual([]);
  pipelineIds.set(mark, pipeline.id);
  const { data } = await gateway.ask(
    '{ pipelines(where: { sourceNames: ["organization"] }) { nodes { id objectType } } }',
    {},
    headersOf(mark),
  );
  for (const { id, objectType } of data.pipelines.nodes) {
    const patched = await mutate(gateway, 'patchPipeline', { id, label: `${mark} ${objectType}` }, '', headersOf(mark));
    expect(patched.errors).toEqual([]);
  }
}

function keyOf(mark: Mark) {
  return { sourceName: 'hubspot', objectType: 'deals', pipelineId: `${mark}-pipeline` };
}

const listQuery = `{ pipelines(first: 500) {
  nodes { id sourceName pipelineId label stages { id stageId label } } failures { code message }
} }`;
const byKeyQuery = `query ($sourceName: String, $objectType: String!, $pipelineId: String!) {
  pipelineByKey(sourceName: $sourceName, objectType: $objectType, pipelineId: $pipelineId) {
    id label audit { nodes { id } }
  }
}`;
let writes = 0;

/** What a caller does, and what they must get to see of their own. */
const actions = {
  async 'list every source'(mark: Mark) {
    const answer = await gateway.ask(listQuery, {}, headersOf(mark));
    expect(answer.data.pipelines.failures).toEqual([]);
    const own = answer.data.pipelines.nodes.filter(({ label }: { label: string }) => label.startsWith(mark));
    // Two defaults of the organization API, and one pipeline that two of HubSpot's APIs show.
    expect(own).toHaveLength(4);
    return answer;
  },
  async 'read their pipeline'(mark: Mark) {
    const answer = await gateway.ask(byKeyQuery, keyOf(mark), headersOf(mark));
    expect(answer.data.pipelineByKey.label).toContain(mark);
    return answer;
  },
  async 'ask for the other’s pipeline'(mark: Mark) {
    const answer = await gateway.ask(byKeyQuery, keyOf(otherThan(mark)), headersOf(mark));
    expect(answer.data).toEqual({ pipelineByKey: null });
    return answer;
  },
  async 'rename their pipeline'(mark: Mark) {
    const label = `${mark} renamed ${(writes += 1)}`;
    const query = `mutation ($input: PatchPipelineInput!) {
      patchPipeline(input: $input) { pipeline { id label stages { id label } } errors { code } }
    }`;
    const answer = await gateway.ask(query, { input: { id: pipelineIds.get(mark), label } }, headersOf(mark));
    expect(answer.data.patchPipeline.errors).toEqual([]);
    return answer;
  },
  async 'ask for everything and hang up'(mark: Mark) {
    await request(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headersOf(mark) },
      body: JSON.stringify({ query: listQuery }),
      signal: AbortSignal.timeout(3),
    })
      .then(({ body }) => body.dump())
      .catch(() => {});
    return null;
  },
} satisfies Record<string, (mark: Mark) => Promise<Answer | null>>;

const step = fc.record({
  mark: fc.constantFrom(...marks),
  action: fc.constantFrom(...(Object.keys(actions) as (keyof typeof actions)[])),
  /** Between this step's start and the next one's. */
  pauseMs: fc.nat({ max: 6 }),
});

function expectNothingOf(mark: Mark, answer: Answer | null): void {
  if (answer === null) return;
  const text = `${answer.text} ${JSON.stringify(answer.headers)}`;
  // Ids hold what they name in another writing.
  const decoded = (text.match(/[\w-]{8,}/g) ?? []).map((part) => Buffer.from(part, 'base64url').toString('latin1'));
  expect([text, ...decoded].filter((part) => part.includes(mark))).toEqual([]);
}

/** So short that answers are kept, refreshed behind the scenes, and served old, all within one run. */
const cache = { ...usualTimes, freshMs: 10, staleMs: 60_000, staleOnErrorMs: 60_000, maxBytes: 16 * 1024 * 1024 };

describe.each([
  ['where only reads in flight are shared', {}],
  ['where reads are kept as well', { cache }],
])('%s', (_, resilience) => {
  beforeAll(async () => {
    const credential = { mode: 'forward', header: 'x-upstream-token' } as const;
    gateway = await startTestGateway({
      resilience,
      sources: (url) => sandboxSources(url).map((source) => ({ ...source, credential })),
    });
    for (const mark of marks) await fillAccount(mark);
    // Long enough for requests to meet.
    await gateway.sandbox.fault({ fault: 'latency', ms: 4 });
  });
  afterAll(() => gateway.close());

  test('however their requests meet, no answer holds a byte of the other caller’s account', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 14 }), async (steps) => {
        const running: Promise<unknown>[] = [];
        for (const { mark, action, pauseMs } of steps) {
          const done = actions[action](mark).then((answer) => expectNothingOf(otherThan(mark), answer));
          // A failure is looked at when all have ended.
          running.push(done.catch((error: unknown) => error));
          await sleep(pauseMs);
        }
        expect((await Promise.all(running)).filter((failure) => failure !== undefined)).toEqual([]);
      }),
      { numRuns: 30 },
    );
  }, 60_000);

  test('no token was ever logged', () => {
    expect(gateway.logLines.length).toBeGreaterThan(0);
    expect(gateway.logLines.join('')).not.toContain('token-of-');
  });
});
