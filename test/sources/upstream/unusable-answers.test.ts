import { describe, expect, test } from 'vitest';
import { openCaller } from '../../support/caller.ts';
import type { FaultRule } from '../../support/sandbox-control.ts';
import { salesPipelineId } from '../../support/seed.ts';
import { useGateway } from '../../support/use-gateway.ts';
import { askAlone, lookUp, spoiltHubSpot, wirePipeline } from '../spoilt-hubspot.ts';

const gateway = useGateway(spoiltHubSpot);

describe.concurrent('answers that cannot be used', () => {
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

  test.each(spoiled)('an answer that %s fails a look-up, and the next one is answered', async (_, fault, code) => {
    await askAlone(async (caller) => {
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

  test.each(spoiled)('an answer that %s takes only its own part out of a list', async (_, fault, code) => {
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
  ])('an answer whose pipeline %s fails the look-up of one', async (_, body) => {
    const caller = openCaller(gateway);
    await caller.fault({ fault: 'wrong-shape', body });
    expect((await lookUp(caller)).error?.extensions).toEqual({ code: 'UPSTREAM_CONTRACT', sourceName: 'hubspot' });
  });

  test('an answer about another pipeline than the one asked for is not taken for it', async () => {
    const caller = openCaller(gateway);
    await caller.fault({ fault: 'wrong-shape', body: wirePipeline({ id: 'other' }) });
    expect(await lookUp(caller)).toEqual({ pipeline: null, error: undefined });
  });

  test.each(spoiled)('an answer that %s fails a history, and not its pipeline', async (_, fault, code) => {
    const caller = openCaller(gateway);
    await caller.fault({ ...fault, match: { path: 'audit' } });
    const { data, errors } = await caller.ask(`{ pipeline(id: "${salesPipelineId}") { label audit { totalCount } } }`);
    expect(data.pipeline).toEqual({ label: 'Sales Pipeline', audit: null });
    expect(errors).toMatchObject([{ path: ['pipeline', 'audit'], extensions: { code } }]);
  });
});
