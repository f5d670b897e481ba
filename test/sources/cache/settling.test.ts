import { afterEach, describe, expect, test, vi } from 'vitest';
import { toPipelineGlobalId } from '../../../src/domain/ids.ts';
import { sourceSettings } from '../../../src/sources/index.ts';
import { usualTimes } from '../../support/cache-times.ts';
import { startTestGateway } from '../../support/gateway.ts';
import type { TestGateway, TestGatewayOptions } from '../../support/gateway.ts';
import { mutate } from '../../support/mutate.ts';
import { hubSpotAt } from '../../support/sources.ts';

const long = 3_600_000;
/** Bounds a hang. */
const patience = { timeout: 15_000, interval: 20 };
const keeping = { ...usualTimes, freshMs: long, staleMs: long, staleOnErrorMs: long, maxBytes: 16 * 1024 * 1024 };

let gateway: TestGateway | undefined;
afterEach(async () => {
  await gateway?.close();
  gateway = undefined;
});

/** Its upstream shows what a write changed after so many reads; what the gateway keeps stays fresh for an hour. */
async function open(lateReads: number, settleMs: number, options: TestGatewayOptions = {}): Promise<TestGateway> {
  const resilience = { cache: { ...keeping, settleMs } };
  gateway = await startTestGateway({
    sources: (url) => [hubSpotAt(url)],
    resilience,
    unknowns: { lateReads },
    ...options,
  });
  return gateway;
}

const toId = (sourceName: string): string =>
  toPipelineGlobalId({ sourceName, objectType: 'deals', pipelineId: 'default' });
const id = toId('hubspot');

async function readLabel(world: TestGateway, sourceName = 'hubspot'): Promise<string> {
  return (await world.ask(`{ pipeline(id: "${toId(sourceName)}") { label } }`)).data.pipeline?.label;
}

async function listLabels(world: TestGateway): Promise<readonly string[]> {
  const { data } = await world.ask('{ pipelines(where: { objectTypes: ["deals"] }) { nodes { label } } }');
  return data.pipelines.nodes.map(({ label }: { label: string }) => label);
}

const rename = (to: TestGateway, label: string, pipelineId = id) =>
  mutate(to, 'patchPipeline', { id: pipelineId, label }, 'settling');

/** Far more reads than the read back after a write makes. */
const many = 40;

describe('an upstream that shows a write late', () => {
  test('its old state is asked for again until the new one is there, in look-ups and in lists', async () => {
    const world = await open(many, long);
    expect(await rename(world, 'Mine')).toMatchObject({ settling: true });
    await vi.waitFor(async () => expect(await readLabel(world)).toBe('Mine'), patience);
    expect(await listLabels(world)).toEqual(['Mine']);
    await world.sandbox.emptyLog();
    expect([await readLabel(world), await listLabels(world)]).toEqual(['Mine', ['Mine']]);
    expect(await world.sandbox.requests()).toEqual([]);
  });

  test('its old list is not kept either', async () => {
    const world = await open(many, long);
    await rename(world, 'Mine');
    await vi.waitFor(async () => expect(await listLabels(world)).toEqual(['Mine']), patience);
  });

  test('a list that lacks a new pipeline, and a stage as it was, are old states too', async () => {
    const world = await open(many, long);
    const stages = [
      { label: 'A', meta: { probability: 1 } },
      { label: 'B', meta: { probability: 0 } },
    ];
    await mutate(world, 'createPipeline', { sourceName: 'hubspot', objectType: 'deals', label: 'New', stages });
    await vi.waitFor(async () => expect(await listLabels(world)).toEqual(['Sales Pipeline', 'New']), patience);
  });

  test('after the settling time what it shows is kept, whatever that is', async () => {
    const world = await open(1_000, 1);
    await rename(world, 'Mine');
    await vi.waitFor(async () => {
      await readLabel(world);
      await world.sandbox.emptyLog();
      expect(await readLabel(world)).toBe('Sales Pipeline');
      expect(await world.sandbox.requests()).toEqual([]);
    }, patience);
  });

  test('its old state is served if it fails, and said to be stale', async () => {
    const world = await open(many, long);
    await rename(world, 'Mine');
    expect(await readLabel(world)).toBe('Sales Pipeline');
    await world.sandbox.fault({ fault: 'status', status: 500 });
    const { data, extensions } = await world.ask(`{ pipeline(id: "${id}") { label } }`);
    expect(data.pipeline).toEqual({ label: 'Sales Pipeline' });
    expect(extensions?.['stale']).toMatchObject([{ sourceName: 'hubspot' }]);
  });

  test('a write that was refused leaves what is kept after it fresh', async () => {
    const world = await open(0, long);
    await world.sandbox.fault({ fault: 'status', status: 400, match: { method: 'PATCH' } });
    await rename(world, 'Refused');
    await readLabel(world);
    await world.sandbox.emptyLog();
    expect(await readLabel(world)).toBe('Sales Pipeline');
    expect(await world.sandbox.requests()).toEqual([]);
  });
});

describe('a write that changed nothing', () => {
  const readsKept = async (world: TestGateway): Promise<void> => {
    await world.sandbox.emptyLog();
    await readLabel(world);
    expect(await world.sandbox.requests()).toEqual([]);
  };

  test('keeps what is kept if its token may not write', async () => {
    const world = await open(0, long);
    await readLabel(world);
    await world.sandbox.fault({ fault: 'status', status: 403, match: { method: 'PATCH' } });
    expect((await rename(world, 'Mine')).errors).toMatchObject([{ code: 'UPSTREAM_FORBIDDEN' }]);
    await readsKept(world);
  });

  test('keeps what is kept if it never left', async () => {
    const world = await open(0, long);
    await readLabel(world);
    expect((await rename(world, 'Sales Pipeline')).errors).toEqual([]);
    await world.sandbox.fault({ fault: 'status', status: 500, match: { method: 'GET' } });
    expect((await rename(world, 'Mine')).errors).toMatchObject([{ mayHaveBeenApplied: false }]);
    await readsKept(world);
  });

  test('drops what is kept if it was refused because of what is there', async () => {
    const world = await open(0, long);
    await readLabel(world);
    await world.sandbox.fault({ fault: 'status', status: 409, match: { method: 'PATCH' } });
    await rename(world, 'Mine');
    await world.sandbox.emptyLog();
    await readLabel(world);
    expect(await world.sandbox.requests()).toHaveLength(1);
  });
});

describe('two sources that show one account', () => {
  const credential = { mode: 'static', token: 'sandbox-hubspot' };
  const open2 = (account?: string) =>
    open(0, 1, {
      sources: (url) => [
        hubSpotAt(url, { account }),
        sourceSettings.parse({ kind: 'hubspot-v1', name: 'v1', url, credential, account, objectTypes: ['deals'] }),
      ],
    });

  test.each([
    ['hubspot', 'v1'],
    ['v1', 'hubspot'],
  ])('a write through %s drops what is kept of %s', async (writer, reader) => {
    const world = await open2('portal');
    expect(await readLabel(world, reader)).toBe('Sales Pipeline');
    await rename(world, 'Renamed', toId(writer));
    expect(await readLabel(world, reader)).toBe('Renamed');
  });

  test('sources that name no account drop nothing of each other', async () => {
    const world = await open2();
    await readLabel(world, 'v1');
    await rename(world, 'Renamed');
    expect(await readLabel(world, 'v1')).toBe('Sales Pipeline');
  });
});
