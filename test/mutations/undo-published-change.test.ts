import { expect, onTestFinished, test } from 'vitest';
import { startReplica } from '../support/gateway.ts';
import { mutate } from '../support/mutate.ts';
import { publishedAudit, publishedPipeline } from '../support/published-audit.ts';
import { startScriptedUpstream } from '../support/scripted-upstream.ts';
import { hubSpotAt } from '../support/sources.ts';

const path = '/crm/pipelines/2026-09/deals/11348541';
/** Restores the published pipeline from the entry of that instant, and gives what was sent. */
async function undo(timestamp: string, results: readonly object[] = publishedAudit.results) {
  const upstream = await startScriptedUpstream({
    [`GET ${path}`]: JSON.stringify(publishedPipeline),
    [`GET ${path}/audit`]: JSON.stringify({ results }),
  });
  onTestFinished(() => upstream.close());
  const gateway = await startReplica(upstream.url, { sources: (url) => [hubSpotAt(url)] });
  onTestFinished(() => gateway.close());
  const { data } = await gateway.ask(
    '{ pipelineByKey(objectType: "deals", pipelineId: "11348541") { audit { nodes { id timestamp } } } }',
  );
  const nodes: readonly { id: string; timestamp: string }[] = data.pipelineByKey.audit.nodes;
  const auditEntryId = nodes.find((entry) => entry.timestamp === timestamp)?.id;
  const payload = await mutate(gateway, 'restorePipeline', { auditEntryId }, 'pipeline { id } changes { summary }');
  const writes = upstream.requests.filter(({ method }) => method !== 'GET');
  return { auditEntryId, payload, writes, sent: writes.map(({ text }) => JSON.parse(text)) };
}

test('undoing the newest change of HubSpot’s example puts the stage that it moved back', async () => {
  const { sent } = await undo('2024-10-07T20:58:57.414Z');
  expect(sent[0].stages.find(({ stageId }: { stageId: string }) => stageId === '259717454')).toMatchObject({
    label: 'Contract signed',
    displayOrder: 7,
  });
});

const oldestKept = publishedAudit.results.slice(0, 2);
const unreadable = publishedAudit.results.slice(0, 1).concat({
  ...publishedAudit.results[1]!,
  rawObject: '{"label": ',
});
const deleted = publishedAudit.results.slice(0, 1).concat({ ...publishedAudit.results[1]!, action: 'DELETE' });

test.each([
  ['a creation, before which there was nothing', '2021-02-26T17:07:35.013Z', publishedAudit.results, /creation/],
  ['the oldest entry that the upstream keeps', '2024-10-07T20:58:54.143Z', oldestKept, /not known/],
  ['an entry after one that cannot be read', '2024-10-07T20:58:57.414Z', unreadable, /not known/],
  ['an entry after a deletion', '2024-10-07T20:58:57.414Z', deleted, /not known/],
])('%s cannot be undone: NOT_FOUND, and nothing is written', async (_, timestamp, results, message) => {
  const { auditEntryId, payload, writes } = await undo(timestamp, results);
  expect(payload).toMatchObject({
    pipeline: null,
    changes: [],
    errors: [
      {
        __typename: 'PipelineNotFoundError',
        code: 'NOT_FOUND',
        id: auditEntryId,
        path: ['auditEntryId'],
        mayHaveBeenApplied: false,
        message: expect.stringMatching(message),
      },
    ],
  });
  expect(writes).toEqual([]);
});
