import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { composeSupergraph } from '../../examples/supergraph/compose.ts';
import { startDealsSubgraph } from '../../examples/supergraph/deals.ts';
import type { Deal, DealsSubgraph } from '../../examples/supergraph/deals.ts';
import { startTestGateway } from '../support/gateway.ts';
import type { TestGateway } from '../support/gateway.ts';
import { createPipeline } from '../support/pipelines.ts';
import { startApolloRouter, startHiveRouter } from './routers.ts';
import type { Router } from './routers.ts';

const renewals = {
  sourceName: 'hubspot',
  objectType: 'deals',
  label: 'Renewals',
  pipelineId: 'renewals',
  stages: ['asked', 'renewed'].map((stageId) => ({ stageId, label: stageId, meta: { probability: 0.5 } })),
};
/** 50 deals in two pipelines, one of another source, and one whose pipeline is gone. */
const deals: readonly Deal[] = [
  ...Array.from({ length: 25 }, (_, index) => [
    deal(`sales-${index}`, 'hubspot', 'default', index % 2 === 0 ? 'closedwon' : 'contractsent'),
    deal(`renewal-${index}`, 'hubspot', 'renewals', index % 2 === 0 ? 'asked' : 'renewed'),
  ]).flat(),
  deal('legacy', 'hubspot-v1', 'default', 'closedwon'),
  deal('lost', 'hubspot', 'gone', 'gone'),
];
/** Where they are among the deals. */
const [legacy, lost] = [50, 51];
const query = '{ deals { id stage { label outcome pipeline { label } } pipeline { label } } }';

let gateway: TestGateway;
let subgraph: DealsSubgraph;
let router: Router;

function deal(id: string, sourceName: string, pipeline: string, dealstage: string): Deal {
  return { id, name: `Deal ${id}`, amount: null, sourceName, pipeline, dealstage };
}

describe.each([
  ['@apollo/gateway', startApolloRouter, undefined],
  // It reads a reference that leads nowhere as a null in the first field that the query asks for.
  [
    'Hive Gateway',
    startHiveRouter,
    [
      ['deals', lost, 'stage', 'label'],
      ['deals', lost, 'pipeline', 'label'],
    ],
  ],
])('on %s', (_, startRouter, errorPathsOfTheLost) => {
  // Each test has its own gateway, which has read nothing yet.
  beforeEach(async () => {
    gateway = await startTestGateway();
    subgraph = await startDealsSubgraph(deals);
    await createPipeline(gateway, renewals);
    await gateway.sandbox.emptyLog();
    router = await startRouter(
      await composeSupergraph([
        { name: 'pipelines', url: `${gateway.url}/graphql` },
        { name: 'deals', url: subgraph.url },
      ]),
    );
  });
  afterEach(async () => {
    await router.close();
    await Promise.all([gateway.close(), subgraph.close()]);
  });

  test('a supergraph gives 50 deals their stages and pipelines with one upstream request for each source', async () => {
    // A router may ask for stages and pipelines side by side: long enough for the two to meet.
    await gateway.sandbox.fault({ fault: 'latency', ms: 300 });
    const { data, errors } = await router.ask(query);
    expect(errors?.filter(({ path }) => path?.[1] !== lost) ?? []).toEqual([]);
    expect(data.deals[0]).toEqual({
      id: 'sales-0',
      stage: { label: 'Closed Won', outcome: 'WON', pipeline: { label: 'Sales Pipeline' } },
      pipeline: { label: 'Sales Pipeline' },
    });
    expect(data.deals[1].stage).toEqual({ label: 'asked', outcome: 'OPEN', pipeline: { label: 'Renewals' } });
    expect(data.deals[legacy].stage.pipeline).toEqual({ label: 'Sales Pipeline' });
    expect((await gateway.sandbox.requestLines()).toSorted()).toEqual([
      'GET /crm-pipelines/v1/pipelines/deals',
      'GET /crm/pipelines/2026-09/deals',
    ]);
  });

  test('a supergraph gives the deals of one source when another one fails, and says why by its code', async () => {
    await gateway.sandbox.fault({ match: { path: 'crm-pipelines/v1' }, fault: 'status', status: 403 });
    const { data, errors = [] } = await router.ask(query);
    expect(data.deals[0].stage.label).toBe('Closed Won');
    expect(data.deals[legacy]).toEqual({ id: 'legacy', stage: null, pipeline: null });
    const ofLegacy = errors.filter(({ path }) => path?.[1] === legacy);
    expect(ofLegacy.map(({ extensions }) => extensions?.['code'])).toContain('UPSTREAM_FORBIDDEN');
    expect(errors.filter(({ path }) => path?.[1] !== legacy && path?.[1] !== lost)).toEqual([]);
  });

  test('a supergraph gives a deal without stage and pipeline when the upstream has neither any more', async () => {
    const { data, errors } = await router.ask(query);
    expect(data.deals[lost]).toEqual({ id: 'lost', stage: null, pipeline: null });
    expect(errors?.map(({ path }) => path)).toEqual(errorPathsOfTheLost);
  });
});
