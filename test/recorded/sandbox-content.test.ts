import { describe, expect, test } from 'vitest';
import { dealPipeline, openSandbox } from '../sandbox/open-sandbox.ts';
import { readCase } from './corpus.ts';

const september = '/crm/pipelines/2026-09';
const deals = `${september}/deals`;
const at = (path: string) => path.replace(/^\/crm\/(v3\/pipelines|pipelines\/[^/]+)/, september);

interface Wire {
  readonly id: string;
  readonly label: string;
  readonly stages: readonly Wire[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** What a body's pipelines hold, without order and without instants, which are each account's own. */
function toContent(body: unknown, isKept: (stage: Wire) => boolean = () => true): readonly object[] {
  const byId = (a: Wire, b: Wire): number => (a.id < b.id ? -1 : 1);
  const { results } = body as { results: readonly Wire[] };
  return results.toSorted(byId).map(({ id, label, stages }) => ({
    id,
    label,
    stages: stages
      .filter(isKept)
      .toSorted(byId)
      .map(({ id: stageId, label: stageLabel, metadata: { isClosed, state } }) => ({
        stageId,
        stageLabel,
        isClosed,
        state,
      })),
  }));
}

/** Stages that the recorded account added itself have numbers for ids. */
const isOriginal = ({ id }: Wire): boolean => !/^\d+$/.test(id);

describe('the sandbox’s account that nobody has edited holds what is known of a real one', () => {
  test.each(['contacts', 'companies', 'tasks', 'leads', 'services', 'orders'])('%s', async (name) => {
    const recorded = readCase('hubspot-object-types', name);
    const sandbox = await openSandbox();
    const { status, body } = await sandbox.get(at(recorded.request.path));
    expect(status).toBe(200);
    expect(toContent(body, isOriginal)).toEqual(toContent(recorded.answer.body, isOriginal));
  });

  test.each(['courses', 'listings', 'appointments', 'tasks'])('%s can have a closed stage', async (name) => {
    const sandbox = await openSandbox();
    const path = at(readCase('hubspot-object-types', name).request.path);
    const stages = [
      { label: 'Open', displayOrder: 0, metadata: {} },
      { label: 'Done', displayOrder: 1, metadata: { state: 'CLOSED' } },
    ];
    const created = await sandbox.post(path, { label: 'Mine', displayOrder: 1, stages });
    expect(created.status).toBe(201);
    const { body } = await sandbox.get(`${path}/${created.body.id}`);
    expect(body.stages.toSorted((a, b) => a.displayOrder - b.displayOrder).map(({ metadata }) => metadata)).toEqual([
      { isClosed: 'false', state: 'OPEN' },
      { isClosed: 'true', state: 'CLOSED' },
    ]);
  });
});

describe('the sandbox’s audit shows the state after the change', () => {
  interface Entry {
    readonly action: string;
    readonly message: string;
    readonly raw: { readonly label: string; readonly version: number; readonly stages: readonly object[] } | null;
  }

  /** The entries of a pipeline that was created and renamed. */
  async function audited(): Promise<readonly Entry[]> {
    const sandbox = await openSandbox();
    await sandbox.post(deals, dealPipeline('One', { pipelineId: 'p' }));
    await sandbox.call('PATCH', `${deals}/p`, { body: { label: 'Two' } });
    const { results } = (await sandbox.get(`${deals}/p/audit`)).body;
    return results.map(({ action, message, rawObject }) => ({ action, message, raw: readJson(rawObject) }));
  }

  /** A creation that is shown without its object has none. */
  function readJson(text: string | undefined): Entry['raw'] {
    return text === undefined ? null : JSON.parse(text);
  }

  test('newest first, the creation with a whole object', async () => {
    const [updated, created] = await audited();
    expect(updated).toMatchObject({ action: 'UPDATE', message: 'Pipeline update', raw: { label: 'Two' } });
    expect(created).toMatchObject({
      action: 'CREATE',
      message: 'User defined. pipeline created',
      raw: { label: 'One', version: 0 },
    });
  });

  test('with the members of the guide’s entries', async () => {
    const [updated] = await audited();
    const guide = readCase('hubspot-audit', 'the guide’s example').answer.body;
    const [newest] = (guide as { results: readonly { rawObject: string }[] }).results;
    const sample = JSON.parse(newest?.rawObject ?? '{}');
    expect(Object.keys(updated?.raw ?? {}).toSorted()).toEqual(Object.keys(sample).toSorted());
    expect(Object.keys(updated?.raw?.stages[0] ?? {}).toSorted()).toEqual(Object.keys(sample.stages[0]).toSorted());
  });
});
