import { pino } from 'pino';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { PipelineList } from '../../../src/domain/pipeline-list.ts';
import { connectSources } from '../../../src/sources/connect.ts';
import { sourceSettings } from '../../../src/sources/index.ts';
import type { SourceSettings } from '../../../src/sources/index.ts';
import type { Call } from '../../../src/sources/source.ts';
import { usualTimes } from '../../support/cache-times.ts';
import { hubSpotAt } from '../../support/sources.ts';
import { startUpstream, toHubSpotAnswer } from '../../support/test-upstream.ts';

const closings: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0)) await close();
  vi.restoreAllMocks();
});

const long = 3_600_000;

/** One connected source whose cache keeps answers fresh for so long. */
function connect(settings: SourceSettings, freshMs: number) {
  const cache = { ...usualTimes, freshMs, staleMs: freshMs, staleOnErrorMs: long, maxBytes: 1_000_000 };
  const connected = connectSources([settings], {
    cache,
    circuitRetryMs: 100,
    redisUrl: null,
    deadlineMs: 10_000,
    log: pino({ level: 'silent' }),
  });
  closings.push(() => connected.close());
  const [source] = connected.sources;
  const [objectType] = source?.objectTypes ?? [];
  if (source === undefined || objectType === undefined) throw new Error('There is no source.');
  const list = (): Promise<PipelineList> => source.listPipelines(objectType, { includeArchived: false }, toCall());
  return { source, list };
}

function toCall(): Call {
  const signal = AbortSignal.timeout(10_000);
  return {
    credential: { token: 'token', hash: 'hash' },
    signal,
    timeLeftMs: () => 10_000,
    reading: 'stored',
    isBackground: false,
    noteStale: () => {},
    noteKept: () => {},
    missed: [],
    noteWriteLeft: () => {},
    observer: { begin: () => ({ headers: {}, end: () => {} }) },
  };
}

describe('refreshes', () => {
  test('a refresh that finds the same bytes keeps the objects and parses nothing; other bytes make others', async () => {
    let label = 'One';
    const upstream = await startUpstream(({ url = '' }, response) => void response.end(toHubSpotAnswer(url, label)));
    closings.push(() => upstream.close());
    const { list } = connect(hubSpotAt(upstream.url), 0.001);
    const first = await list();
    const parse = vi.spyOn(JSON, 'parse');
    const second = await list();
    expect(upstream.received()).toBe(2);
    expect(second).toBe(first);
    expect(parse).not.toHaveBeenCalledWith(toHubSpotAnswer('', label));
    label = 'Two';
    const third = await list();
    expect(third).not.toBe(first);
    expect(third.pipelines[0]?.label).toBe('Two');
    expect(first.pipelines[0]?.label).toBe('One');
  });

  test('a refresh of a source without a list keeps the list if each of its pipelines is the same', async () => {
    const { settings, upstream } = await startOrganization();
    const { list } = connect(settings, 0.001);
    const first = await list();
    expect(await list()).toBe(first);
    expect(upstream.received()).toBe(6);
  });

  test('a cached source gives objects that nobody can change', async () => {
    const { settings } = await startOrganization();
    const { list } = connect(settings, long);
    const { pipelines } = await list();
    for (const each of [pipelines[0], pipelines[0]?.stages, pipelines[0]?.stages[0]]) {
      expect(Object.isFrozen(each)).toBe(true);
    }
  });
});

test('a list that lacks what the upstream failed to give is not kept', async () => {
  const { settings, fails } = await startOrganization();
  const { list } = connect(settings, long);
  fails.add('p2');
  const partial = await list();
  expect(partial.unread).toMatchObject([{ problem: { code: 'UPSTREAM_UNAVAILABLE' } }]);
  fails.clear();
  const whole = await list();
  expect(whole).toMatchObject({ unread: [], pipelines: [{}, {}, {}] });
  expect(await list()).toBe(whole);
});

/** An organization with a default pipeline and two others; reads of those whose id is in `fails` fail. */
async function startOrganization() {
  const fails = new Set<string>();
  const upstream = await startUpstream(({ url = '' }, response) => {
    const id = /p[12]/.exec(url)?.[0] ?? 'p0';
    if (fails.has(id)) response.statusCode = 500;
    const stages = [{ _id: `${id}-a`, name: 'A', color: '#112233', position: 0 }];
    response.end(JSON.stringify({ _id: id, name: id, type: 'Contact', pipelineStages: stages }));
  });
  closings.push(() => upstream.close());
  const settings = sourceSettings.parse({
    kind: 'organization',
    name: 'organization',
    url: upstream.url,
    credential: { mode: 'static', token: 'token' },
    objectTypes: ['Contact'],
    pipelineIds: ['p1', 'p2'].map((id) => ({ type: 'Contact', id })),
  });
  return { settings, upstream, fails };
}
