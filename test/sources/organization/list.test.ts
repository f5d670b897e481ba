import { afterEach, describe, expect, test } from 'vitest';
import { startTestGateway } from '../../support/gateway.ts';
import type { TestGateway } from '../../support/gateway.ts';
import { openClient } from '../client.ts';
import type { Client } from '../client.ts';
import { createSample, readSeeded } from '../contract/samples.ts';
import { organization as kind, toSettings } from '../kinds.ts';
import { useWorld } from '../world.ts';

const { settings } = kind;
const missing = 'f'.repeat(24);

const listDocument = `query ($where: PipelineFilter) {
  pipelines(where: $where) { nodes { label objectType } failures { objectType code } }
}`;

describe('listing, without a list call', () => {
  const world = useWorld({ settings });
  const gateways: TestGateway[] = [];
  afterEach(() => Promise.all(gateways.splice(0).map((gateway) => gateway.close())));

  /** Another gateway to the same account, which is told more pipelines. */
  async function openTold(ids: readonly string[], type = 'Contact'): Promise<Client> {
    const pipelineIds = ids.map((id) => ({ type, id }));
    const gateway = await startTestGateway({
      sources: () => [toSettings(settings, world.sandbox.url, { pipelineIds })],
    });
    gateways.push(gateway);
    return openClient(gateway);
  }
  const queriesOf = async () => (await world.sandbox.requests()).map(({ query }) => query).sort();

  test('an organization source lists the defaults of both types, and nothing that it was not told', async () => {
    await createSample(world, kind, 'Unknown to the gateway');
    const { pipelines } = await world.query(listDocument);
    expect(pipelines).toEqual({
      nodes: [
        { label: 'Contacts', objectType: 'Contact' },
        { label: 'Applications', objectType: 'Application' },
      ],
      failures: [],
    });
    expect(await queriesOf()).toEqual(['type=Application', 'type=Contact']);
  });

  test('an organization source lists the configured pipelines with the defaults, each once; one that is gone is absent', async () => {
    const { pipelineId: defaultId } = await readSeeded(world, kind);
    const { pipelineId } = await createSample(world, kind, 'Told');
    const client = await openTold([pipelineId, defaultId, missing, pipelineId]);
    const { pipelines } = await client.query(listDocument, { where: { objectTypes: ['Contact'] } });
    expect(pipelines.nodes.map(({ label }: { label: string }) => label)).toEqual(['Contacts', 'Told']);
    expect(pipelines.failures).toEqual([]);
    expect(await queriesOf()).toEqual(
      [
        'type=Contact',
        `type=Contact&pipelineId=${defaultId}`,
        `type=Contact&pipelineId=${missing}`,
        `type=Contact&pipelineId=${pipelineId}`,
      ].sort(),
    );
  });

  test('an organization source serves what it can if one pipeline fails, and says that it did', async () => {
    const { pipelineId } = await createSample(world, kind, 'Told');
    const client = await openTold([pipelineId]);
    await world.sandbox.fault({ match: { method: 'GET' }, fault: 'status', status: 403, times: 1 });
    const where = { objectTypes: ['Contact'] };
    const { pipelines } = await client.query(listDocument, { where });
    expect(pipelines.nodes).toHaveLength(1);
    expect(pipelines.failures).toEqual([{ objectType: 'Contact', code: 'UPSTREAM_FORBIDDEN' }]);
  });

  test('an organization source does not say that a stage is not there if one pipeline could not be searched', async () => {
    const { pipelineId } = await createSample(world, kind, 'Told');
    const client = await openTold([pipelineId]);
    await world.sandbox.fault({ match: { method: 'GET' }, fault: 'status', status: 403, times: 1 });
    const { data, errors } = await client.ask(
      '{ pipelineStageByKey(objectType: "Contact", stageId: "0123456789abcdef01234567") { label } }',
    );
    expect(data).toEqual({ pipelineStageByKey: null });
    expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_FORBIDDEN' } }]);
  });

  test('an organization source finds stages by their keys in the pipelines that it can list only', async () => {
    const { pipelineId, stages } = await createSample(world, kind, 'Told');
    const document = `{ pipelineStageByKey(objectType: "Contact", stageId: "${stages[0].stageId}") { label } }`;
    expect(await world.query(document)).toEqual({ pipelineStageByKey: null });
    const told = await openTold([pipelineId]);
    expect(await told.query(document)).toEqual({ pipelineStageByKey: { label: 'First' } });
  });

  test('an organization source reaches any pipeline whose id the caller names, with each object type asked for', async () => {
    const { pipelineId } = await createSample(world, kind, 'Named');
    const { pipelines } = await world.query(listDocument, {
      where: { pipelineIds: [pipelineId, pipelineId, missing] },
    });
    expect(pipelines).toEqual({ nodes: [{ label: 'Named', objectType: 'Contact' }], failures: [] });
    expect(await queriesOf()).toEqual(
      ['Application', 'Contact']
        .flatMap((type) => [pipelineId, missing].map((id) => `type=${type}&pipelineId=${id}`))
        .sort(),
    );
  });

  test('an organization source takes ids of other sources, which none of its pipelines can have, for unknown ones', async () => {
    const { pipelines } = await world.query(listDocument, { where: { pipelineIds: ['default', '12345'] } });
    expect(pipelines).toEqual({ nodes: [], failures: [] });
  });

  test('an organization source asks once for each distinct pipeline, however many look-ups of it there are', async () => {
    const one = await createSample(world, kind, 'One');
    const two = await createSample(world, kind, 'Two');
    const [first, second] = one.stages;
    await world.query(`{
      a: pipeline(id: "${one.id}") { label } b: pipeline(id: "${one.id}") { stages { pipeline { id } } }
      c: pipelineStage(id: "${first.id}") { id } d: pipelineStage(id: "${second.id}") { pipeline { label } }
      e: pipeline(id: "${two.id}") { label }
    }`);
    expect(await queriesOf()).toEqual(
      [one, two].map(({ pipelineId }) => `type=Contact&pipelineId=${pipelineId}`).sort(),
    );
  });
});
