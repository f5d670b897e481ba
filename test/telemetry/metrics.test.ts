import type { MetricObject } from 'prom-client';
import { request } from 'undici';
import { beforeEach, describe, expect, test } from 'vitest';
import { toPipelineGlobalId, toStageGlobalId } from '../../src/domain/ids.ts';
import { addKeptAnswersMetrics } from '../../src/http/kept-answers-metrics.ts';
import { createKeptAnswers } from '../../src/http/kept-answers.ts';
import { createKeptEntities } from '../../src/http/kept-entities.ts';
import { collectProcessMetrics, createMetrics } from '../../src/telemetry/metrics.ts';
import { addSourceMetrics } from '../../src/telemetry/source-metrics.ts';
import { readFile } from '../support/documentation.ts';
import { toMutation } from '../support/mutate.ts';
import { useGateway } from '../support/use-gateway.ts';
import { scrape, scrapeOne } from './samples.ts';

const gateway = useGateway();
beforeEach(() => gateway.sandbox.reset());

/** How many operations of this name ended how. */
async function outcomesOf(operation: string) {
  const samples = await scrapeOne(gateway.url, 'operations_total');
  return samples.filter(({ labels }) => labels['operation'] === operation);
}

describe('metrics of operations', () => {
  test('operations are counted and timed by name and type', async () => {
    for (let sent = 0; sent < 3; sent += 1) await gateway.ask('query Names { pipelineSources { name } }');
    const labels = { operation: 'Names', type: 'query' };
    expect(await outcomesOf('Names')).toEqual([{ labels: { ...labels, outcome: 'OK' }, value: 3 }]);
    expect(await scrapeOne(gateway.url, 'operation_duration_seconds_count')).toContainEqual({ labels, value: 3 });
  });

  test.each([
    ['an error', 'query Q1 { pipeline(id: "x") { label } }', 'Q1', 'BAD_USER_INPUT'],
    ['a failure among a list’s data', 'query Q2 { pipelines { failures { code } } }', 'Q2', 'UPSTREAM_UNAVAILABLE'],
    [
      'a mutation’s error, even where the caller does not ask for it',
      'mutation Q3 { patchPipeline(input: { id: "x", label: "" }) { pipeline { label } } }',
      'Q3',
      'INVALID_INPUT',
    ],
  ])('operations have the code of %s as their outcome', async (_, query, operation, outcome) => {
    await gateway.sandbox.fault({ fault: 'status', status: 503, match: { path: 'deals' } });
    await gateway.ask(query);
    expect(await outcomesOf(operation)).toMatchObject([{ labels: { outcome }, value: 1 }]);
  });

  test('operations that never could be run share one name', async () => {
    await gateway.ask('query Broken {');
    await gateway.ask('query Invalid { nothing }');
    expect(await outcomesOf('unknown')).toEqual([
      { labels: { operation: 'unknown', type: 'unknown', outcome: 'GRAPHQL_PARSE_FAILED' }, value: 1 },
      { labels: { operation: 'unknown', type: 'unknown', outcome: 'GRAPHQL_VALIDATION_FAILED' }, value: 1 },
    ]);
    expect(await outcomesOf('Broken')).toEqual([]);
  });

  test('operations with names that callers make up do not multiply the time series', async () => {
    await gateway.ask(`query ${'L'.repeat(65)} { __typename }`);
    await gateway.ask('{ __typename }');
    for (let name = 0; name < 120; name += 1) await gateway.ask(`query Made${name} { __typename }`);
    const names = (await scrapeOne(gateway.url, 'operations_total')).map(({ labels }) => labels['operation']);
    expect(names).toContain('other');
    expect(names).toContain('anonymous');
    expect(new Set(names).size).toBeLessThanOrEqual(103);
  });
});

describe('metrics of upstream requests', () => {
  test('upstream requests are counted and timed by source, endpoint, status and code', async () => {
    await gateway.sandbox.fault({ fault: 'status', status: 429, match: { path: 'tickets' } });
    await gateway.sandbox.fault({ fault: 'reset', match: { path: 'api/pipelines' } });
    await gateway.ask('{ pipelines { totalCount } }');
    const counted = await scrapeOne(gateway.url, 'upstream_requests_total');
    const hubspot = { source: 'hubspot', endpoint: 'GET /crm/pipelines/{version}/{objectType}' };
    const organization = { source: 'organization', endpoint: 'GET /api/pipelines' };
    for (const labels of [
      { ...hubspot, status: '200', code: 'OK' },
      { ...hubspot, status: '429', code: 'UPSTREAM_RATE_LIMITED' },
      { ...organization, status: 'none', code: 'UPSTREAM_UNAVAILABLE' },
    ]) {
      expect(counted).toContainEqual({ labels, value: expect.any(Number) });
    }
    const timed = await scrapeOne(gateway.url, 'upstream_request_duration_seconds_count');
    expect(timed.map(({ labels }) => labels)).toContainEqual(hubspot);
    const inFlight = await scrapeOne(gateway.url, 'upstream_requests_in_flight');
    expect(inFlight.map(({ value }) => value)).toEqual([0, 0, 0]);
  });

  test('upstream requests have endpoints without a single id, whatever is called', async () => {
    const odd = 'odd-5ec2e7';
    const ids = ['hubspot', 'hubspot-v1', 'organization'].map((sourceName) => {
      const objectType = sourceName === 'organization' ? 'Contact' : 'deals';
      const key = { sourceName, objectType, pipelineId: odd };
      return { id: toPipelineGlobalId(key), stageId: toStageGlobalId({ ...key, stageId: odd }), key };
    });
    for (const { id, stageId, key } of ids) {
      await gateway.ask(`{ pipeline(id: "${id}") { label audit { totalCount } } }`);
      await gateway.ask(
        `{ pipelineStageByKey(sourceName: "${key.sourceName}", objectType: "${key.objectType}", stageId: "${odd}") { label } }`,
      );
      for (const [name, input] of [
        ['patchPipeline', { id, label: odd }],
        ['archivePipeline', { id }],
        ['patchPipelineStage', { id: stageId, label: odd }],
        ['createPipelineStage', { pipeline: id, label: odd, meta: { probability: 0.5 } }],
      ] as const) {
        await gateway.ask(toMutation(name), { input });
      }
    }
    const samples = await scrape(gateway.url);
    expect(samples.length).toBeGreaterThan(0);
    expect(JSON.stringify(samples)).not.toContain(odd);
    const endpoints = (await scrapeOne(gateway.url, 'upstream_requests_total')).map(({ labels }) => labels['endpoint']);
    expect(endpoints).toContain('GET /crm/pipelines/{version}/{objectType}/{pipelineId}');
    const present = toPipelineGlobalId({ sourceName: 'hubspot', objectType: 'deals', pipelineId: 'default' });
    await gateway.ask(toMutation('patchPipeline'), { input: { id: present, label: 'Renamed' } });
    const later = (await scrapeOne(gateway.url, 'upstream_requests_total')).map(({ labels }) => labels['endpoint']);
    expect(later).toContain('PATCH /crm/pipelines/{version}/{objectType}/{pipelineId}');
  });
});

test('the documentation lists every metric with its kind, labels and meaning, and no other', async () => {
  const metrics = createMetrics();
  addSourceMetrics(metrics, { sources: [], cache: { counts: { hits: 0, stale: 0, misses: 0 } } });
  addKeptAnswersMetrics(metrics, createKeptAnswers(1), createKeptEntities(1, { answerBytes: 1, objects: 1 }));
  const page = readFile('docs/operations.md');
  const documented = [...page.matchAll(/^\| `(pipeline_gateway_\w+)` +\| (\w+) +\| (.+?) +\| (.+?) +\|$/gm)].map(
    ([, name, type, labels, help]) => ({ name, type, labels: labels?.replaceAll('`', '').split(', '), help }),
  );
  // The library's own types leave the labels out.
  const all = metrics.registry.getMetricsAsArray() as unknown as readonly (MetricObject & { labelNames: string[] })[];
  const registered = all.map((metric) => ({
    name: metric.name,
    type: metric.type,
    labels: metric.labelNames,
    help: metric.help,
  }));
  expect(documented).toEqual(registered);
});

test('a process shows its event-loop lag, garbage collection and memory', async () => {
  const metrics = createMetrics();
  collectProcessMetrics(metrics);
  const page = readFile('docs/operations.md');
  const promised = [...page.matchAll(/`((?:nodejs|process)_\w+)`/g)].map(([, name]) => name);
  expect(promised).toHaveLength(4);
  expect(metrics.registry.getMetricsAsArray().map(({ name }) => name)).toEqual(expect.arrayContaining(promised));
});

test('HTTP requests are counted by route and status, whatever path was asked for', async () => {
  for (const path of ['/health/live', '/nowhere/1', '/nowhere/2'])
    await (await request(gateway.url + path)).body.dump();
  const counted = await scrapeOne(gateway.url, 'http_requests_total');
  expect(counted).toContainEqual({ labels: { route: '/health/live', status: '200' }, value: 1 });
  expect(counted).toContainEqual({ labels: { route: 'other', status: '404' }, value: 2 });
  expect(await scrapeOne(gateway.url, 'http_requests_in_flight')).toContainEqual({
    labels: { route: '/graphql' },
    value: 0,
  });
});
