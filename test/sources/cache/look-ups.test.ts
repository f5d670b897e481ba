import { afterEach, describe, expect, test, vi } from 'vitest';
import { toPipelineGlobalId } from '../../../src/domain/ids.ts';
import type { ResilienceSettings } from '../../../src/sources/resilience.ts';
import { sourceSettings } from '../../../src/sources/index.ts';
import { usualTimes } from '../../support/cache-times.ts';
import { startTestGateway } from '../../support/gateway.ts';
import type { TestGateway } from '../../support/gateway.ts';
import { hubSpotAt } from '../../support/sources.ts';

const long = 3_600_000;
/** Bounds a hang. */
const patience = { timeout: 15_000, interval: 20 };
const kept = { ...usualTimes, freshMs: long, staleMs: long, staleOnErrorMs: long, maxBytes: 16 * 1024 * 1024 };
/** Everything that is kept is too old to be served, unless the upstream fails. */
const tooOld = { ...kept, freshMs: 0.001, staleMs: 0.001 };
const past = { ...kept, freshMs: 0.001 };
const noCache = { 'cache-control': 'no-cache' };

let gateway: TestGateway | undefined;
afterEach(async () => {
  await gateway?.close();
  gateway = undefined;
});

async function open(cache: ResilienceSettings['cache'], source = hubSpotAt): Promise<TestGateway> {
  gateway = await startTestGateway({ sources: (url) => [source(url)], resilience: { cache, circuitRetryMs: 1 } });
  return gateway;
}

const id = toPipelineGlobalId({ sourceName: 'hubspot', objectType: 'deals', pipelineId: 'default' });
const lookUp = `{ pipeline(id: "${id}") { label } }`;
const list = '{ pipelines(where: { objectTypes: ["deals"] }) { nodes { label } } }';
const representations = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Pipeline { label } } }`;
const of = [{ __typename: 'Pipeline', id }];

const renameElsewhere = (label: string) =>
  gateway?.sandbox.call('PATCH', '/crm/pipelines/2026-09/deals/default', 'sandbox-hubspot', { label });
const readLabel = async (world: TestGateway, headers = {}): Promise<string> =>
  (await world.ask(lookUp, {}, headers)).data.pipeline?.label;

describe('an upstream that fails', () => {
  test('look-ups and representations are as old as the list that is kept, and say so', async () => {
    const world = await open(tooOld);
    const { nodes } = (await world.ask(list)).data.pipelines;
    await world.sandbox.fault({ fault: 'status', status: 500 });
    const answers = [await world.ask(lookUp), await world.ask(representations, { of })];
    for (const { data, errors, extensions } of answers) {
      expect(errors).toBeUndefined();
      expect(data.pipeline ?? data._entities[0]).toEqual(nodes[0]);
      expect(extensions?.['stale']).toMatchObject([{ sourceName: 'hubspot', objectType: 'deals' }]);
    }
  });

  test('what an old list lacks is an error, for it may be there by now', async () => {
    const world = await open(tooOld);
    await world.ask(list);
    await world.sandbox.fault({ fault: 'status', status: 500 });
    const other = toPipelineGlobalId({ sourceName: 'hubspot', objectType: 'deals', pipelineId: 'other' });
    const { errors } = await world.ask(`{ pipeline(id: "${other}") { label } }`);
    expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_UNAVAILABLE' } }]);
  });
});

describe('a list that is kept', () => {
  test('is what a look-up renews if it is too old, so that the next list costs nothing', async () => {
    const world = await open({ ...tooOld, freshMs: 300, staleMs: 300 });
    await world.ask(list);
    await vi.waitFor(async () => {
      await world.sandbox.emptyLog();
      await world.ask(lookUp);
      expect(await world.sandbox.requestLines()).toEqual(['GET /crm/pipelines/2026-09/deals']);
    }, patience);
  });

  test('does not hide what it lacks if something in it cannot be read', async () => {
    const world = await open({ ...kept, throughMs: 0 });
    await world.ask(list);
    const body = { results: [{ id: '1', label: '' }] };
    const match = { method: 'GET', path: 'deals$' };
    await world.sandbox.fault({ fault: 'status', status: 200, body, times: 1, match });
    expect(await readLabel(world, noCache)).toBe('Sales Pipeline');
    expect((await world.sandbox.requestLines()).at(-1)).toBe('GET /crm/pipelines/2026-09/deals/default');
  });

  test('does not hide from no-cache what it cannot hold: an inactive pipeline of v1', async () => {
    const credential = { mode: 'static', token: 'sandbox-hubspot' };
    const v1 = { kind: 'hubspot-v1', name: 'hubspot', credential, objectTypes: ['deals'] };
    const world = await open(kept, (url) => sourceSettings.parse({ ...v1, url }));
    const { nodes } = (await world.ask('{ pipelines { nodes { id label } } }')).data.pipelines;
    const [{ id: inactiveId }] = nodes;
    await world.sandbox.call('DELETE', '/crm-pipelines/v1/pipelines/deals/default', 'sandbox-hubspot');
    const { data } = await world.ask(`{ pipeline(id: "${inactiveId}") { archived } }`, {}, noCache);
    expect(data.pipeline).toEqual({ archived: true });
  });
});

describe('what is past its fresh time', () => {
  test('is not served to those for whom its refresh comes in time', async () => {
    const world = await open({ ...past, waitMs: 10_000 });
    await readLabel(world);
    await renameElsewhere('Newer');
    expect(await readLabel(world)).toBe('Newer');
  });

  test('is served if its refresh takes longer than the wait, to later ones at once', async () => {
    const world = await open({ ...past, waitMs: 50 });
    await readLabel(world);
    await renameElsewhere('Newer');
    await world.sandbox.fault({ fault: 'latency', ms: 3_000, when: 'after', match: { method: 'GET' }, times: 1 });
    await world.sandbox.emptyLog();
    for (let n = 0; n < 5; n += 1) expect(await readLabel(world)).toBe('Sales Pipeline');
    expect(await world.sandbox.requests()).toHaveLength(1);
    await vi.waitFor(async () => expect(await readLabel(world)).toBe('Newer'), patience);
  });

  test('is no answer to those who wait for a refresh that is refused', async () => {
    const world = await open({ ...past, waitMs: 10_000 });
    await readLabel(world);
    await world.sandbox.fault({ fault: 'status', status: 403 });
    const { errors } = await world.ask(lookUp);
    expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_FORBIDDEN' } }]);
  });
});

describe('no-cache', () => {
  test.each([
    ['is honoured each time', 0, 6],
    ['is honoured once in a time for one place', long, 1],
    ['is not honoured if nobody may read through', null, 1],
  ])('%s', async (_, throughMs, requests) => {
    const world = await open({ ...kept, throughMs });
    for (let n = 0; n < 6; n += 1) await readLabel(world, noCache);
    expect(await world.sandbox.requests()).toHaveLength(requests);
  });

  test('reads through what was read longer ago than that time', async () => {
    const world = await open({ ...kept, throughMs: 100 });
    await readLabel(world);
    await renameElsewhere('Newer');
    await vi.waitFor(async () => expect(await readLabel(world, noCache)).toBe('Newer'), patience);
  });
});
