import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSandbox } from '../../sandbox/server.ts';
import { startReplica } from '../support/gateway.ts';
import type { TestGateway } from '../support/gateway.ts';
import { startMeddlingProxy } from '../support/meddling-proxy.ts';
import type { Meddling, MeddlingProxy } from '../support/meddling-proxy.ts';
import { mutate } from '../support/mutate.ts';
import type { Payload } from '../support/mutate.ts';
import { controlSandbox } from '../support/sandbox-control.ts';
import { forwardingHubSpotAt } from '../support/sources.ts';

let sandbox: Awaited<ReturnType<typeof startSandbox>>;
let proxy: MeddlingProxy;
let gateway: TestGateway;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 });
  proxy = await startMeddlingProxy(sandbox.url);
  gateway = await startReplica(proxy.url, {
    resilience: { circuitRetryMs: 1 },
    sources: (url) => [forwardingHubSpotAt(url, { objectTypes: ['deals', 'tickets', 'services'] })],
  });
});
afterAll(async () => {
  await gateway.close();
  proxy.close();
  await sandbox.close();
});

interface StoredStage {
  readonly id: string;
  readonly label: string;
  readonly displayOrder: number;
  readonly metadata: object;
}

const open = (stageId: string, label: string, probability = 0.5) => ({ stageId, label, meta: { probability } });
const selection = 'pipeline { stages { stageId label } } overwrote { summary } before { document } warnings { code }';

/** An account of its own with a pipeline whose second state lacks two stages of the first, and has a newer one. */
async function openAccount(objectType = 'deals', stages = [open('a', 'A'), open('b', 'B'), open('c', 'C')]) {
  proxy.rest();
  const headers = { 'x-hubspot-token': randomUUID() };
  const ask = (name: string, input: object, fields = '') => mutate(gateway, name, input, fields, headers);
  const input = { objectType, label: 'Old', pipelineId: 'p', stages };
  const { pipeline } = await ask('createPipeline', input, 'pipeline { id }');
  const path = `/crm/pipelines/2026-09/${objectType}/p`;
  const control = controlSandbox(sandbox.url);
  const token = headers['x-hubspot-token'];
  return {
    id: pipeline.id as string,
    ask,
    addDirectly: async (label: string) => {
      const stage = { label, displayOrder: 50, metadata: { probability: '0.1' } };
      const { status } = await control.call('POST', `${path}/stages`, token, stage);
      expect(status).toBe(201);
    },
    async newestEntry(): Promise<string> {
      const query = 'query ($id: ID!) { pipeline(id: $id) { audit(first: 1) { nodes { id } } } }';
      return (await gateway.ask(query, { id: pipeline.id }, headers)).data.pipeline.audit.nodes[0].id;
    },
    async state(): Promise<readonly StoredStage[]> {
      const { body } = await control.call('GET', path, token);
      const { stages: stored } = body as { stages: readonly StoredStage[] };
      return stored.toSorted((a, b) => a.displayOrder - b.displayOrder);
    },
    async restore(input: object, more: Record<string, string> = {}): Promise<Payload> {
      return mutate(gateway, 'restorePipeline', input, selection, { ...headers, ...more });
    },
  };
}

type Account = Awaited<ReturnType<typeof openAccount>>;

/** The newer stage has the label of an old one that is gone. */
async function openReplaced(): Promise<Account & { readonly auditEntryId: string }> {
  const account = await openAccount();
  const stages = [
    { stageId: 'a', label: 'A 2' },
    { label: 'Newer', meta: { probability: 0.7 } },
  ];
  const input = { id: account.id, label: 'New', stages };
  const { pipeline } = await account.ask('replacePipeline', input, 'pipeline { stages { id } }');
  const auditEntryId = await account.newestEntry();
  await account.ask('patchPipelineStage', { id: pipeline.stages[1].id, label: 'B' });
  return { ...account, auditEntryId };
}

const old = [
  ['a', 'A'],
  ['b', 'B'],
  ['c', 'C'],
];
/** What never answers is not waited for. */
const toHeaders = ({ status }: Meddling): Record<string, string> =>
  status === 'hang' ? { 'x-deadline-ms': '700' } : {};
const namesOf = (stages: readonly StoredStage[]) => stages.map(({ id, label }) => [id, label]);

describe('a restore adds what is missing before it removes anything', () => {
  test('stages come back first, under a label of their own if theirs is taken, and one PUT ends it', async () => {
    const account = await openReplaced();
    proxy.rest();
    const payload = await account.restore({ auditEntryId: account.auditEntryId });
    expect(payload.errors).toEqual([]);
    expect(payload.overwrote).toEqual([]);
    const path = '/crm/pipelines/2026-09/deals/p';
    const writes = proxy.seen.filter((line) => !line.startsWith('GET'));
    expect(writes).toEqual([`POST ${path}/stages`, `POST ${path}/stages`, `PUT ${path}`]);
    expect(namesOf(await account.state())).toEqual(old);
  });

  const faults: readonly (readonly [string, Meddling])[] = [
    ['a refusal', { when: 'before', status: 400 }],
    ['an error before it was applied', { when: 'before', status: 500 }],
    ['an error after it was applied', { when: 'after', status: 500 }],
    ['a cut connection', { when: 'before' }],
    ['a cut connection after it was applied', { when: 'after' }],
    ['no answer before the deadline', { when: 'before', status: 'hang' }],
    ['no answer after it was applied', { when: 'after', status: 'hang' }],
    ['one rate limit', { when: 'before', status: 429 }],
    ['a rate limit that outlasts all attempts', { when: 'before', status: 429, times: 3 }],
    ['a lock after it was applied', { when: 'after', status: 503, headers: { 'retry-after': '0' } }],
  ];

  test.each(faults)(
    '%s at any of its requests destroys nothing that is not restored',
    async (_, meddling) => {
      const first = await openReplaced();
      proxy.rest();
      expect((await first.restore({ auditEntryId: first.auditEntryId })).errors).toEqual([]);
      const requests = proxy.seen.length;
      expect(requests).toBeGreaterThanOrEqual(7);
      for (let at = 0; at < requests; at += 1) {
        const account = await openReplaced();
        const before = await account.state();
        proxy.meddle(at, meddling);
        const { errors } = await account.restore({ auditEntryId: account.auditEntryId }, toHeaders(meddling));
        const line = `request ${at}: ${proxy.seen[at]}`;
        proxy.rest();
        const after = await account.state();
        const isRestored = JSON.stringify(namesOf(after)) === JSON.stringify(old);
        const isKept = before.every((stage) =>
          after.some((other) => other.id === stage.id && other.label === stage.label),
        );
        expect([line, isRestored || isKept]).toEqual([line, true]);
        if (errors.length === 0) expect([line, namesOf(after)]).toEqual([line, old]);
        if (errors.every((error) => !error.mayHaveBeenApplied) && errors.length > 0) {
          expect([line, after]).toEqual([line, before]);
        }
        const again = await account.restore({ auditEntryId: account.auditEntryId });
        expect([line, again.errors, namesOf(await account.state())]).toEqual([line, [], old]);
      }
    },
    60_000,
  );

  test('a stage that somebody adds meanwhile stays, or is named as overwritten', async () => {
    const first = await openReplaced();
    proxy.rest();
    await first.restore({ auditEntryId: first.auditEntryId });
    const lines = [...proxy.seen];
    const firstWrite = lines.findIndex((line) => !line.startsWith('GET'));
    const lastWrite = lines.findLastIndex((line) => line.startsWith('PUT'));
    for (let at = firstWrite; at <= lastWrite; at += 1) {
      const account = await openReplaced();
      proxy.before(at, () => account.addDirectly('Colleague'));
      const { errors, overwrote } = await account.restore({ auditEntryId: account.auditEntryId });
      const labels = (await account.state()).map(({ label }) => label);
      if (at < lastWrite) {
        expect(errors).toMatchObject([{ code: 'STALE_OBJECT', mayHaveBeenApplied: true }]);
        expect(labels).toContain('Colleague');
      } else {
        expect(overwrote.map(({ summary }: { summary: string }) => summary)).toEqual(['Stage "Colleague" added']);
      }
    }
  });

  test('an id that another pipeline has meanwhile is ID_TAKEN, and everything stays', async () => {
    const account = await openReplaced();
    const before = await account.state();
    await account.ask('createPipeline', { objectType: 'deals', label: 'Other', stages: [open('b', 'Theirs')] });
    const { errors } = await account.restore({ auditEntryId: account.auditEntryId });
    expect(errors).toMatchObject([{ code: 'ID_TAKEN', mayHaveBeenApplied: false }]);
    expect(await account.state()).toEqual(before);
  });
});

describe('a restore of as many stages as the object type takes', () => {
  const full = Array.from({ length: 30 }, (_, n) => ({ stageId: `s${n}`, label: `S ${n}`, meta: { state: 'OPEN' } }));

  test('the old order is taken, the plan and the payload say so, and as many newer stages as fit stay until the end', async () => {
    const account = await openAccount('services', full as never);
    const kept = full.slice(0, 25).map(({ stageId, label }) => ({ stageId, label }));
    const newer = [1, 2, 3, 4, 5].map((n) => ({ label: `Newer ${n}` }));
    await account.ask('replacePipeline', { id: account.id, label: 'New', stages: [...kept, ...newer] });
    const auditEntryId = await account.newestEntry();
    proxy.rest();
    const payload = await account.restore({ auditEntryId });
    expect(payload.errors).toEqual([]);
    expect(payload.warnings).toEqual([{ code: 'REMOVES_BEFORE_ADDING' }]);
    expect(namesOf(await account.state())).toEqual(full.map(({ stageId, label }) => [stageId, label]));
    expect(proxy.seen.filter((line) => line.startsWith('PUT')).length).toBe(1);
  });

  test('newer stages that fit beside all others stay until the old ones are back', async () => {
    const account = await openAccount('services', full.slice(0, 28) as never);
    const kept = full.slice(0, 25).map(({ stageId, label }) => ({ stageId, label }));
    const newer = [1, 2, 3, 4, 5].map((n) => ({ label: `Newer ${n}` }));
    await account.ask('replacePipeline', { id: account.id, label: 'New', stages: [...kept, ...newer] });
    const auditEntryId = await account.newestEntry();
    proxy.rest();
    expect((await account.restore({ auditEntryId })).errors).toEqual([]);
    expect(proxy.seen.filter((line) => line.startsWith('PUT')).length).toBe(2);
    expect(namesOf(await account.state())).toEqual(full.slice(0, 28).map(({ stageId, label }) => [stageId, label]));
  });
});
