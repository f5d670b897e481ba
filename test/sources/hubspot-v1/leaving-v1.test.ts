import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startSandbox } from '../../../sandbox/server.ts';
import type { Sandbox } from '../../../sandbox/server.ts';
import { readConfig } from '../../../src/config/config.ts';
import { startReplica } from '../../support/gateway.ts';
import type { TestGateway } from '../../support/gateway.ts';
import { mutate } from '../../support/mutate.ts';

let sandbox: Sandbox;
let before: TestGateway;
let after: TestGateway;

const portal = { HUBSPOT_V1_TOKEN: 'one-portal' };

/** A gateway on the portal, with what environment variables alone say. */
const start = (env: Record<string, string>) => startReplica(sandbox.url, { sources: () => readConfig(env).sources });

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 });
  before = await start({ ...portal, HUBSPOT_V1_URL: sandbox.url });
  after = await start({ HUBSPOT_TOKEN: 'one-portal', HUBSPOT_URL: sandbox.url, HUBSPOT_NAME: 'hubspot-v1' });
  for (const [index, label] of ['Renewals', 'Upsell', 'Partners'].entries()) {
    const stages = [
      { label: 'Asked', displayOrder: 0, meta: { probability: 0.2 } },
      { stageId: `own-${index}`, label: 'Won', displayOrder: 1, meta: { probability: 1 } },
    ];
    const input = { sourceName: 'hubspot-v1', objectType: 'deals', label, displayOrder: index + 1, stages };
    expect((await mutate(before, 'createPipeline', input)).errors).toEqual([]);
  }
});
afterAll(async () => {
  vi.useRealTimers();
  await Promise.all([before.close(), after.close()]);
  await sandbox.close();
});

const list = `query ($after: String) { pipelines(first: 100, after: $after) {
  edges { cursor node { id sourceName objectType pipelineId label displayOrder archived
    stages { id stageId label displayOrder archived outcome meta { ... on DealStageMeta { probability } ... on TicketStageMeta { ticketState } } } } }
  failures { code } } }`;
const entities = `query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename
  ... on Pipeline { id } ... on Stage { id } ... on PipelineSource { name } } }`;

interface Edge {
  readonly cursor: string;
  readonly node: {
    readonly id: string;
    readonly sourceName: string;
    readonly objectType: string;
    readonly pipelineId: string;
    readonly stages: readonly { readonly id: string; readonly stageId: string }[];
  };
}

/** Everything that a client of v1 may have kept. */
async function readEdges(gateway: TestGateway): Promise<readonly Edge[]> {
  const { data } = await gateway.ask(list);
  expect(data.pipelines.failures).toEqual([]);
  return data.pipelines.edges;
}

/** Every representation of the pipelines and stages, each with the id that it leads to. */
function toRepresentations(edges: readonly Edge[]) {
  return edges.flatMap(({ node: { id, sourceName, objectType, pipelineId, stages } }) => [
    { key: { __typename: 'Pipeline', id }, id },
    { key: { __typename: 'Pipeline', sourceName, objectType, pipelineId }, id },
    ...stages.flatMap((stage) => [
      { key: { __typename: 'Stage', id: stage.id }, id: stage.id },
      { key: { __typename: 'Stage', sourceName, objectType, stageId: stage.stageId }, id: stage.id },
    ]),
  ]);
}

describe.each(['2026-11-25', '2026-12-05', '2037-01-01'])('on %s, after the switch under one name', (day) => {
  beforeAll(() => {
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime(Date.parse(day));
  });

  test('the source of variables alone has the old name and the new API', async () => {
    const query = '{ pipelineSources { name kind apiVersion sunsetAt } }';
    expect((await before.ask(query)).data.pipelineSources).toMatchObject([
      { name: 'hubspot-v1', kind: 'HUBSPOT_LEGACY' },
    ]);
    expect((await after.ask(query)).data.pipelineSources).toEqual([
      { name: 'hubspot-v1', kind: 'HUBSPOT', apiVersion: '2026-09', sunsetAt: null },
    ]);
  });

  test('every pipeline and stage has the id, the cursor and the content that it had', async () => {
    const old = await readEdges(before);
    expect(old).toHaveLength(5);
    expect(await readEdges(after)).toEqual(old);
  });

  test('every entity key that was handed out resolves to the object that it named', async () => {
    const representations = toRepresentations(await readEdges(before));
    expect(representations).toHaveLength(2 * (5 + 7 + 4 + 3 * 2));
    const { data, errors } = await after.ask(entities, { representations: representations.map(({ key }) => key) });
    expect(errors).toBeUndefined();
    expect(data._entities.map(({ id }: { id: string }) => id)).toEqual(representations.map(({ id }) => id));
  });

  test('every cursor that was handed out goes on where it did', async () => {
    const old = await readEdges(before);
    for (const [index, { cursor }] of old.entries()) {
      const { data, errors } = await after.ask(list, { after: cursor });
      expect(errors).toBeUndefined();
      expect(data.pipelines.edges).toEqual(old.slice(index + 1));
    }
  });
});

test('a pipeline that v1 made inactive keeps its id taken after the switch, and a restore at v1 brings it back for both', async () => {
  const [edge] = (await readEdges(before)).filter(({ node }) => node.stages.some(({ stageId }) => stageId === 'own-1'));
  const { id = '' } = edge?.node ?? {};
  const archived = await mutate(before, 'archivePipeline', { id, archiveAnyway: true }, 'snapshot { document }');
  expect(archived.errors).toEqual([]);
  const input = { snapshot: archived['snapshot'].document };
  expect((await mutate(after, 'restorePipeline', input)).errors).toMatchObject([{ code: 'ID_TAKEN' }]);
  expect((await mutate(before, 'restorePipeline', input)).errors).toEqual([]);
  expect(await readEdges(after)).toContainEqual(edge);
});
