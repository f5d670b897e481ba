import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startReplica } from '../support/gateway.ts';
import type { TestGateway } from '../support/gateway.ts';
import { startScriptedUpstream } from '../support/scripted-upstream.ts';
import { hubSpotAt } from '../support/sources.ts';

const shuffled = ['Zebra', 'éclair', 'banana', 'Ärger', 'Apple', 'Stage 2', 'eclair', 'apple', 'Stage 10', 'banana'];
const asPeopleSort = [
  'apple',
  'Apple',
  'Ärger',
  'banana',
  'banana',
  'eclair',
  'éclair',
  'Stage 10',
  'Stage 2',
  'Zebra',
];
const tied = shuffled.map((label, index) => ({ id: `id-${index}`, label, displayOrder: 0, archived: false }));
const list = {
  results: [
    ...tied.map((pipeline) => ({ ...pipeline, stages: [] })),
    { id: 'staged', label: 'A', displayOrder: 1, archived: false, stages: tied },
  ],
};

let gateway: TestGateway;
beforeAll(async () => {
  const upstream = await startScriptedUpstream({ 'GET /crm/pipelines/2026-09/deals': JSON.stringify(list) });
  afterAll(() => upstream.close());
  gateway = await startReplica(upstream.url, { sources: (url) => [hubSpotAt(url, { objectTypes: ['deals'] })] });
  afterAll(() => gateway.close());
});

interface Labelled {
  readonly label: string;
}

test('pipelines and stages with the same displayOrder come in the order of a dictionary, then by id', async () => {
  const { data } = await gateway.ask('{ pipelines { nodes { label pipelineId stages { label stageId } } } }');
  const pipelines: readonly (Labelled & { pipelineId: string; stages: readonly Labelled[] })[] = data.pipelines.nodes;
  expect(pipelines.map(({ label }) => label)).toEqual([...asPeopleSort, 'A']);
  expect(pipelines.at(-1)?.stages.map(({ label }) => label)).toEqual(asPeopleSort);
  expect(pipelines.slice(3, 5).map(({ pipelineId }) => pipelineId)).toEqual(['id-2', 'id-9']);
});

test('pages follow each other through pipelines with the same displayOrder', async () => {
  const labels: string[] = [];
  for (let after: string | null = null, isThereMore = true; isThereMore;) {
    const { data } = await gateway.ask(
      'query ($after: String) { pipelines(first: 3, after: $after) { nodes { label } pageInfo { hasNextPage endCursor } } }',
      { after },
    );
    labels.push(...data.pipelines.nodes.map(({ label }: Labelled) => label));
    ({ endCursor: after, hasNextPage: isThereMore } = data.pipelines.pageInfo);
  }
  expect(labels).toEqual([...asPeopleSort, 'A']);
});

test('a cursor is a position by displayOrder, label and id, whatever the order was when it was made', async () => {
  // Of a pipeline that sorted last among its equals by code units, and is gone.
  const parts = [1, 'cursor', 'hubspot', 'deals', 0, 'étude', 'gone'];
  const after = Buffer.from(JSON.stringify(parts)).toString('base64url');
  const { data, errors } = await gateway.ask(`{ pipelines(after: "${after}") { nodes { label } } }`);
  expect(errors).toBeUndefined();
  expect(data.pipelines.nodes.map(({ label }: Labelled) => label)).toEqual(['Stage 10', 'Stage 2', 'Zebra', 'A']);
});

test('the order is the same on a machine whose locale would sort otherwise', () => {
  const script = `
    import { byPipelineOrder } from ${JSON.stringify(new URL('../../src/domain/pipeline.ts', import.meta.url).href)};
    const tied = ${JSON.stringify(shuffled)}.map((label, index) => ({ label, displayOrder: 0, pipelineId: \`\${index}\` }));
    const labels = tied.sort(byPipelineOrder).map(({ label }) => label);
    console.log(JSON.stringify({ labels, locale: new Intl.Collator().resolvedOptions().locale }));
  `;
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
    env: { LC_ALL: 'sv_SE.UTF-8' },
    encoding: 'utf8',
  });
  expect(JSON.parse(output)).toEqual({ labels: asPeopleSort, locale: 'sv-SE' });
});
