import { expect, onTestFinished, test } from 'vitest';
import { startReplica } from '../../support/gateway.ts';
import { mutate } from '../../support/mutate.ts';
import { hubSpotAt } from '../../support/sources.ts';
import { startOrganization } from '../../support/verbatim-apis.ts';
import type { Json } from '../../support/verbatim-upstream.ts';

const pipelineId = 'a'.repeat(24);
const stages = [
  { _id: 'b'.repeat(24), name: 'New', color: '#112233', position: 0, icon: 'star', owner: { name: 'Ann' }, note: null },
  { _id: 'c'.repeat(24), name: 'Done', position: 1, icon: 'flag' },
];

/** A gateway at an organization with one pipeline, whose stages have keys that nobody documents. */
async function open() {
  const pipeline = { _id: pipelineId, name: 'People', type: 'Contact', isActive: true, pipelineStages: stages };
  const upstream = await startOrganization(new Map<string, Json>([[pipelineId, pipeline]]));
  const pipelineIds = [{ type: 'Contact', id: pipelineId }];
  const gateway = await startReplica(upstream.url, {
    sources: (url) => [hubSpotAt(url, { kind: 'organization', objectTypes: ['Contact'], pipelineIds })],
  });
  onTestFinished(async () => {
    await gateway.close();
    await upstream.close();
  });
  const { data } = await gateway.ask('{ pipelines { nodes { id stages { id stageId } } } }');
  return { gateway, upstream, read: data.pipelines.nodes[0] };
}

test('an edit of one stage at the organization API sends every stage with all that it has', async () => {
  const { gateway, upstream, read } = await open();
  const input = { id: read.stages[1].id, label: 'Finished', meta: { color: '#445566' } };
  expect((await mutate(gateway, 'patchPipelineStage', input)).errors).toEqual([]);
  const { note: _none, ...first } = stages[0] as Json;
  expect(upstream.writes[0]?.body.pipelineStages).toEqual([
    first,
    { ...stages[1], name: 'Finished', color: '#445566' },
  ]);
});

test('a copy within the organization API has all that a stage has, but not its id', async () => {
  const { gateway, upstream, read } = await open();
  const input = { id: read.id, toSourceName: 'hubspot', label: 'Copy' };
  const payload = await mutate(gateway, 'copyPipeline', input, 'notCarried { field }');
  expect(payload).toEqual({ errors: [], notCarried: [] });
  expect(upstream.writes[0]?.body.pipelineStages).toMatchObject([
    { name: 'New', color: '#112233', icon: 'star', owner: { name: 'Ann' } },
    { name: 'Done', icon: 'flag' },
  ]);
  expect(upstream.writes[0]?.body.pipelineStages[0]).not.toHaveProperty('_id');
});
