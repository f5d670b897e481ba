import { describe, expect, test } from 'vitest';
import { dealPipeline, dealStage, march, openSandbox, orders, september, v3 } from '../open-sandbox.ts';
import type { TestSandbox } from '../open-sandbox.ts';

const inUse = 'PipelineError.STAGE_ID_IN_USE';
const both = (value: boolean) => `validateReferencesBeforeDelete=${value}&validateDealStageUsagesBeforeDelete=${value}`;

/** A deals pipeline `p` with the stages a and b and an account that has records in both, and another with none. */
async function openWithRecords(): Promise<TestSandbox> {
  const sandbox = await openSandbox();
  const stages = ['a', 'b'].map((id, place) => dealStage(id, place, { stageId: id }));
  await sandbox.post(`${september}/deals`, dealPipeline('P', { pipelineId: 'p', stages }));
  await sandbox.post(`${september}/deals`, dealPipeline('Empty', { pipelineId: 'empty' }));
  await addRecords(sandbox, 'a', ['101', '102']);
  await addRecords(sandbox, 'b', ['103']);
  return sandbox;
}

async function addRecords(sandbox: TestSandbox, stageId: string, recordIds: readonly string[]): Promise<void> {
  const input = { token: 'test', objectType: 'deals', pipelineId: 'p', stageId, recordIds };
  expect((await sandbox.post('/__sandbox/records', input)).status).toBe(200);
}

describe('DELETE of a pipeline', () => {
  test('a DELETE of a pipeline purges it: 204 without a body, and nothing is left', async () => {
    const sandbox = await openWithRecords();
    const gone = await sandbox.call('DELETE', `${september}/deals/empty`);
    expect([gone.status, gone.text]).toEqual([204, '']);
    expect((await sandbox.get(`${september}/deals/empty`)).status).toBe(404);
    const v1List = await sandbox.get('/crm-pipelines/v1/pipelines/deals?includeInactive=INCLUDE_DELETED');
    expect(v1List.body.results.map((pipeline) => pipeline.pipelineId)).not.toContain('empty');
  });

  test('a DELETE of a missing pipeline is a JSON 404 with a category, unlike that of a GET', async () => {
    const sandbox = await openSandbox();
    const { status, body } = await sandbox.call('DELETE', `${september}/deals/nix`);
    expect([status, body.category, body.message]).toEqual([404, 'OBJECT_NOT_FOUND', 'No pipeline found with id nix']);
  });

  test('a DELETE of the default pipeline is refused while it is the only one', async () => {
    const sandbox = await openSandbox();
    const refused = await sandbox.call('DELETE', `${v3}/deals/default`);
    expect([refused.status, refused.body.category]).toEqual([400, 'VALIDATION_ERROR']);
    await sandbox.post(`${v3}/deals`, dealPipeline('Another'));
    expect((await sandbox.call('DELETE', `${v3}/deals/default`)).status).toBe(204);
  });

  test('a DELETE of a pipeline accepts a body', async () => {
    const sandbox = await openWithRecords();
    expect((await sandbox.call('DELETE', `${september}/deals/empty`, { body: { any: 'thing' } })).status).toBe(204);
  });
});

describe('stages that records sit in', () => {
  test('stages that records sit in are named by one bracketed string for each list, not by lists of ids', async () => {
    const sandbox = await openWithRecords();
    const { status, body } = await sandbox.call('DELETE', `${september}/deals/p`);
    expect(status).toBe(400);
    expect(body).toEqual({
      status: 'error',
      message: 'Stage IDs: [a, b] are being referenced by object IDs: [101, 102, 103]',
      correlationId: body.correlationId,
      context: { stageIds: ['[a, b]'], objectIds: ['[101, 102, 103]'] },
      category: 'VALIDATION_ERROR',
      subCategory: inUse,
    });
  });

  test.each([
    ['DELETE', '/deals/p', undefined],
    ['DELETE', '/deals/p/stages/a', undefined],
    ['PUT', '/deals/p', { label: 'P', displayOrder: 0, stages: [dealStage('a', 0)] }],
  ] as const)('records stop %s %s of 2026-09 by default, and the bypass has no effect', async (method, path, body) => {
    const sandbox = await openWithRecords();
    for (const query of ['', `?${both(false)}`, `?${both(true)}`]) {
      const refused = await sandbox.call(method, september + path + query, { body });
      expect([refused.status, refused.body.subCategory]).toEqual([400, inUse]);
    }
  });

  describe.each([v3, march])('%s', (api) => {
    test.each([
      ['DELETE', '/deals/p', undefined],
      ['DELETE', '/deals/p/stages/a', undefined],
      ['PUT', '/deals/p', { label: 'P', displayOrder: 0, stages: [dealStage('a', 0)] }],
    ] as const)('records stop %s %s of older versions only if the request asks for it', async (method, path, body) => {
      const sandbox = await openWithRecords();
      const refused = await sandbox.call(method, `${api}${path}?${both(true)}`, { body });
      expect([refused.status, refused.body.subCategory]).toEqual([400, inUse]);
      expect((await sandbox.call(method, api + path, { body })).status).toBeLessThan(300);
    });

    test('a request of an older version asks for the check by one parameter for deals pipelines and another for all else', async () => {
      const sandbox = await openWithRecords();
      const deal = (name: string) => sandbox.call('DELETE', `${api}/deals/p?${name}=true`);
      expect((await deal('validateDealStageUsagesBeforeDelete')).status).toBe(400);
      expect((await deal('validateReferencesBeforeDelete')).status).toBe(204);
      const stages = [{ label: 'x', displayOrder: 0, metadata: { ticketState: 'CLOSED' } }];
      const put = (name: string) =>
        sandbox.call('PUT', `${api}/tickets/0?${name}=true`, { body: { label: 'T', displayOrder: 0, stages } });
      expect((await put('validateReferencesBeforeDelete')).status).toBe(400);
      expect((await put('validateDealStageUsagesBeforeDelete')).status).toBe(200);
    });
  });

  test('a stage that records sit in may be kept by a PUT that names it', async () => {
    const sandbox = await openWithRecords();
    const stages = ['a', 'b'].map((id, place) => dealStage(`new ${id}`, place, { stageId: id }));
    const put = await sandbox.call('PUT', `${september}/deals/p`, { body: { label: 'P', displayOrder: 0, stages } });
    expect(put.status).toBe(200);
  });

  test('a PUT that records stop changes nothing', async () => {
    const sandbox = await openWithRecords();
    const before = (await sandbox.get(`${september}/deals/p`)).body;
    const body = { label: 'Q', displayOrder: 0, stages: [dealStage('x', 0)] };
    expect((await sandbox.call('PUT', `${september}/deals/p`, { body })).status).toBe(400);
    expect((await sandbox.get(`${september}/deals/p`)).body).toEqual(before);
  });

  test('records sit in the seeds too: in deals and tickets', async () => {
    const sandbox = await openSandbox();
    for (const path of ['deals/default/stages/closedwon', 'tickets/0/stages/1']) {
      const refused = await sandbox.call('DELETE', `${september}/${path}`);
      expect([refused.status, refused.body.subCategory]).toEqual([400, inUse]);
    }
  });
});

describe('DELETE of a stage', () => {
  test.each(['deals/default/stages/nix', 'deals/nix/stages/closedwon', 'deals/p/stages/contractsent'])(
    'a DELETE of a stage is a 204 although %s is not there, and nothing happens',
    async (path) => {
      const sandbox = await openWithRecords();
      const before = (await sandbox.get(`${september}/deals`)).body;
      expect((await sandbox.call('DELETE', `${september}/${path}`)).status).toBe(204);
      expect((await sandbox.get(`${september}/deals`)).body).toEqual(before);
    },
  );

  test('a DELETE of a stage is a 204 twice, leaves the others where they are, and the gap stays', async () => {
    const sandbox = await openSandbox();
    const path = `${september}/deals/default/stages/contractsent`;
    for (let time = 0; time < 2; time += 1) expect((await sandbox.call('DELETE', path)).status).toBe(204);
    const { body } = await sandbox.get(`${september}/deals/default`);
    expect(orders(body).map(([, number]) => number)).toEqual([0, 1, 2, 3, 5, 6]);
  });

  test('a DELETE of the last stage is a 400', async () => {
    const sandbox = await openSandbox();
    const made = await sandbox.post(`${september}/deals`, dealPipeline('P', { stages: [dealStage('a', 0)] }));
    const path = `${september}/deals/${made.body.id}/stages`;
    const [stage] = (await sandbox.get(path)).body.results;
    const refused = await sandbox.call('DELETE', `${path}/${stage!.id}`);
    expect([refused.status, refused.body.message]).toEqual([400, 'Pipeline must have at least one stage']);
  });

  test('a DELETE of the last closed stage of tickets is a 400', async () => {
    const sandbox = await openSandbox();
    const refused = await sandbox.call('DELETE', `${v3}/tickets/0/stages/4`);
    expect([refused.status, refused.body.subCategory]).toEqual([400, 'PipelineError.MISSING_CLOSED_STAGE']);
  });
});
