import { afterAll, beforeAll, expect, test } from 'vitest';
import { startReplica } from '../support/gateway.ts';
import { publishedAudit, publishedPipeline } from '../support/published-audit.ts';
import { startScriptedUpstream } from '../support/scripted-upstream.ts';
import type { ScriptedRequest } from '../support/scripted-upstream.ts';
import { hubSpotAt } from '../support/sources.ts';

interface Entry {
  readonly action: string;
  readonly timestamp: string;
  readonly rawObject: { readonly version: number | null };
  readonly before: {
    readonly label: string;
    readonly stages: readonly {
      readonly stageId: string;
      readonly meta: { readonly probability: number; readonly isClosed: boolean };
    }[];
  } | null;
  readonly changes: readonly { readonly summary: string }[] | null;
}

const path = '/crm/pipelines/2026-09/deals/11348541';
let entries: readonly Entry[] = [];
let requests: readonly ScriptedRequest[] = [];

beforeAll(async () => {
  const upstream = await startScriptedUpstream({
    [`GET ${path}`]: JSON.stringify(publishedPipeline),
    [`GET ${path}/audit`]: JSON.stringify(publishedAudit),
  });
  afterAll(() => upstream.close());
  const gateway = await startReplica(upstream.url, { sources: (url) => [hubSpotAt(url)] });
  afterAll(() => gateway.close());
  const { data } = await gateway.ask(`{
    pipelineByKey(objectType: "deals", pipelineId: "11348541") {
      audit {
        nodes {
          action timestamp rawObject
          before {
            ... on PipelineSnapshot { label stages { stageId meta { ... on DealStageMeta { probability isClosed } } } }
          }
          changes { summary }
        }
      }
    }
  }`);
  entries = data.pipelineByKey.audit.nodes;
  requests = upstream.requests;
});

const at = (timestamp: string) => entries.find((entry) => entry.timestamp === timestamp);

test('rawObject of an audit entry is the object as each change left it', () => {
  expect(entries.map(({ rawObject }) => rawObject.version)).toEqual([11, 10, 8, 7, 6, 5, null, null, null, 1, 0, 0]);
});

test('the creation in HubSpot’s example has no state before it, and blames no one for a probability', () => {
  expect(entries.at(-1)).toMatchObject({ action: 'CREATE', before: null, changes: null });
});

test.each([
  [
    '2024-10-07T20:58:57.414Z',
    [
      'Stage "Contract signed": displayOrder 7 → 5',
      'Stage "Closed won": displayOrder 5 → 6',
      'Stage "Closed lost": displayOrder 6 → 7',
    ],
  ],
  ['2024-10-07T20:58:54.143Z', ['Stage "Contract signed" added']],
  ['2023-07-27T15:30:01.098Z', ['Stage "Closed won": probability 0.8 → 1.0']],
  ['2023-03-17T17:37:42.613Z', []],
  ['2023-03-17T17:31:59.276Z', []],
  ['2023-03-17T17:29:18.824Z', []],
  ['2022-12-09T20:29:21.004Z', ['Pipeline: label "Additional pipeline" → "Partner pipeline"']],
  ['2022-11-08T14:32:11.024Z', []],
  ['2022-11-08T14:31:58.571Z', []],
  ['2022-05-11T17:49:38.304Z', ['Stage "Closed lost": probability 0.0 → 0.8']],
  ['2022-05-11T17:49:28.001Z', ['Stage "Closed won": probability 1.0 → 0.8']],
])(
  'the change of %s in HubSpot’s example leads from the next older object to the entry’s own',
  (timestamp, expected) => {
    expect(at(timestamp)?.changes?.map(({ summary }) => summary)).toEqual(expected);
  },
);

test('the state before an audit entry is the next older entry’s object', () => {
  expect(at('2022-12-09T20:29:21.004Z')?.before?.label).toBe('Additional pipeline');
  expect(at('2022-05-11T17:49:28.001Z')?.before?.stages.slice(-2)).toEqual([
    { stageId: '11348547', meta: { probability: 1, isClosed: true } },
    { stageId: '11348548', meta: { probability: 0, isClosed: true } },
  ]);
});

test('whether a stage of an audit entry is closed follows its probability, though the recorded isClosed is that of the state before', () => {
  expect(at('2022-05-11T17:49:38.304Z')?.before?.stages.slice(-2)).toEqual([
    { stageId: '11348547', meta: { probability: 0.8, isClosed: false } },
    { stageId: '11348548', meta: { probability: 0, isClosed: true } },
  ]);
});

test('an audit costs one request, beside the one for its pipeline', () => {
  expect(requests.map(({ method, path: asked }) => `${method} ${asked}`)).toEqual([`GET ${path}`, `GET ${path}/audit`]);
});
