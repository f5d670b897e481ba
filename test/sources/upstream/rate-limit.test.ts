import { afterEach, describe, expect, test } from 'vitest';
import type { SandboxOptions } from '../../../sandbox/options.ts';
import { startSandbox } from '../../../sandbox/server.ts';
import { usualTimes } from '../../support/cache-times.ts';
import { startTestGateway } from '../../support/gateway.ts';
import type { Answer, TestGatewayOptions } from '../../support/gateway.ts';
import { mutate } from '../../support/mutate.ts';
import { controlSandbox } from '../../support/sandbox-control.ts';
import { salesPipelineId as id } from '../../support/seed.ts';
import { forwardingHubSpotAt } from '../../support/sources.ts';
import { startUpstream, toHubSpotAnswer } from '../../support/test-upstream.ts';

const closings: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0).toReversed()) await close();
});

const deals = 'sourceName: "hubspot", objectType: "deals"';
const tenSecondly = { policy: 'TEN_SECONDLY_ROLLING', limit: 100, intervalSeconds: 10 };

/** A gateway at an upstream, and what a caller of it does. */
async function start(url: string, options: TestGatewayOptions = {}, more: object = {}) {
  const gateway = await startTestGateway({ sources: () => [forwardingHubSpotAt(url, more)], ...options });
  closings.push(() => gateway.close());
  const open = (token: string) => {
    const ask = (query: string, variables: object = {}, headers: Record<string, string> = {}): Promise<Answer> =>
      gateway.ask(query, variables, { 'x-hubspot-token': token, ...headers });
    let count = 0;
    /** Each of another pipeline, so that none shares the call of another. */
    const readMany = (times: number) =>
      Promise.all(
        Array.from({ length: times }, async () => {
          const pipeline = `{ pipelineByKey(${deals}, pipelineId: "p${(count += 1)}") { id } }`;
          // Too little time to wait for the next window of ten seconds.
          const headers = { 'cache-control': 'no-cache', 'x-deadline-ms': '5000' };
          const { errors } = await ask(pipeline, {}, headers);
          return errors?.[0]?.extensions ?? { code: 'answer' };
        }),
      );
    const rename = async () => (await mutate({ ask }, 'patchPipeline', { id, label: 'New' })).errors;
    const rateLimits = async () => {
      const { data } = await ask(
        '{ pipelineSources { status { rateLimits { policy limit remaining intervalSeconds } } } }',
      );
      return data.pipelineSources[0].status.rateLimits;
    };
    return { ask, readMany, rename, rateLimits };
  };
  return { open };
}

async function startLimited(limits: Pick<SandboxOptions, 'rateLimitTenSecondly' | 'rateLimitDaily'>) {
  const sandbox = await startSandbox({ port: 0, ...limits });
  closings.push(() => sandbox.close());
  const control = controlSandbox(sandbox.url);
  return { url: sandbox.url, statuses: async () => (await control.requests()).map(({ status }) => status), control };
}

const codesOf = (answers: readonly Record<string, unknown>[]) => new Set(answers.map(({ code }) => code));

describe('limits that the upstream reports', () => {
  test('a limit that the upstream reports is never passed, not even by a flood that comes before it is known', async () => {
    const { url, statuses } = await startLimited({ rateLimitTenSecondly: 100 });
    const { open } = await start(url);
    const [one, other] = [open('one'), open('other')];
    const startedAt = performance.now();
    const answers = await one.readMany(200);
    const codes = codesOf(answers);
    // On a busy machine, what was sent last may not be answered in time.
    codes.delete('UPSTREAM_TIMEOUT');
    expect(codes).toEqual(new Set(['answer', 'UPSTREAM_RATE_LIMITED']));
    const refused = answers.filter(({ code }) => code === 'UPSTREAM_RATE_LIMITED');
    for (const { retryAfterSeconds } of refused) {
      expect(Number(retryAfterSeconds) > 0 && Number(retryAfterSeconds) <= 10.25).toBe(true);
    }
    const asked = (await statuses()).length;
    expect(asked).toBeLessThanOrEqual(200 - refused.length);
    const limits = await one.rateLimits();
    // On a machine so busy that the flood outlasts the limit's interval, a part of it comes into the next one.
    if (performance.now() - startedAt < tenSecondly.intervalSeconds * 1_000) {
      expect(asked).toBeLessThanOrEqual(90);
      expect(limits).toEqual([{ ...tenSecondly, remaining: 100 - asked }]);
    }
    // A tenth is kept for writes, and another credential has a limit of its own.
    expect(await one.rename()).toEqual([]);
    expect(codesOf(await other.readMany(20))).toEqual(new Set(['answer']));
    expect(new Set(await statuses())).toEqual(new Set([200, 404]));
  });

  test('a limit that the upstream reports comes to refreshes last, so that they take nothing from who waits', async () => {
    const { url, control } = await startLimited({ rateLimitTenSecondly: 100 });
    const cache = { ...usualTimes, freshMs: 0.001, staleMs: 3_600_000, staleOnErrorMs: 3_600_000, maxBytes: 1_000_000 };
    const { open } = await start(url, { resilience: { cache } });
    const caller = open('one');
    const kept = () => caller.ask(`{ pipelineByKey(${deals}, pipelineId: "default") { label } }`);
    await kept();
    expect(codesOf(await caller.readMany(75))).toEqual(new Set(['answer']));
    expect((await kept()).data).toEqual({ pipelineByKey: { label: 'Sales Pipeline' } });
    expect(codesOf(await caller.readMany(5))).toEqual(new Set(['answer']));
    const lines = await control.requestLines();
    expect(lines).toHaveLength(81);
    expect(lines.filter((line) => line.endsWith('/default'))).toHaveLength(1);
  });

  test('a limit of a day is not asked beyond, and is shown', async () => {
    const { url, statuses } = await startLimited({ rateLimitDaily: 5 });
    const caller = (await start(url)).open('one');
    for (let n = 0; n < 5; n += 1) expect(codesOf(await caller.readMany(1))).toEqual(new Set(['answer']));
    expect(await caller.rateLimits()).toEqual([{ policy: 'DAILY', limit: 5, remaining: 0, intervalSeconds: 86_400 }]);
    expect(codesOf(await caller.readMany(5))).toEqual(new Set(['UPSTREAM_RATE_LIMITED']));
    expect(await caller.rename()).toMatchObject([{ policy: 'DAILY', mayHaveBeenApplied: false }]);
    expect(await statuses()).toEqual([404, 404, 404, 404, 404]);
  });
});

test('a limit that the configuration names is kept in every window, and who can wait gets through', async () => {
  const times: number[] = [];
  const upstream = await startUpstream(({ url = '' }, response) => {
    times.push(performance.now());
    response.end(toHubSpotAnswer(url));
  });
  closings.push(() => upstream.close());
  const limit = { policy: 'OURS', limit: 5, intervalSeconds: 1 };
  const caller = (await start(upstream.url, {}, { rateLimits: [limit] })).open('one');
  expect(await caller.rateLimits()).toEqual([{ ...limit, remaining: 5 }]);
  // What this upstream answers to a look-up is a list, which is no pipeline; it was asked all the same.
  expect(codesOf(await caller.readMany(12))).toEqual(new Set(['UPSTREAM_CONTRACT']));
  expect(times).toHaveLength(12);
  for (const start of times) {
    expect(times.filter((time) => time >= start && time < start + 1_000).length).toBeLessThanOrEqual(5);
  }
});

test('there is no limit if neither the upstream nor the configuration names one', async () => {
  const upstream = await startUpstream(({ url = '' }, response) => void response.end(toHubSpotAnswer(url)));
  closings.push(() => upstream.close());
  const caller = (await start(upstream.url)).open('one');
  await caller.readMany(250);
  expect(upstream.received()).toBe(250);
  expect(await caller.rateLimits()).toEqual([]);
});
