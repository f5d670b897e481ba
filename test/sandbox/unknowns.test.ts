import { describe, expect, test } from 'vitest';
import { dealPipeline, dealStage, march, openSandbox, orders, september, v1, v3 } from './open-sandbox.ts';
import type { TestSandbox } from './open-sandbox.ts';

// What nobody knows has a switch each; that each default is as it is, the other files test.
const deals = `${september}/deals`;

const stages = ['a', 'b'].map((id, order) => dealStage(id, order, { stageId: id }));
const pipeline = dealPipeline('P', { pipelineId: 'p', stages });

async function openWith(
  unknowns: NonNullable<Parameters<typeof openSandbox>[0]>['unknowns'] = {},
): Promise<TestSandbox> {
  const sandbox = await openSandbox({ unknowns });
  await sandbox.post(deals, pipeline);
  return sandbox;
}

test('ties may stay as they were sent, in a create, a PUT and a stage write', async () => {
  const sandbox = await openWith({ ties: 'kept' });
  const tiedStages = ['c', 'd'].map((id) => dealStage(id, 0, { stageId: id }));
  const tied = dealPipeline('Q', { pipelineId: 'q', stages: tiedStages });
  await sandbox.post(deals, tied);
  expect(orders((await sandbox.get(`${deals}/q`)).body).map(([, order]) => order)).toEqual([0, 0]);
  await sandbox.call('PUT', `${deals}/q`, { body: tied });
  expect(orders((await sandbox.get(`${deals}/q`)).body).map(([, order]) => order)).toEqual([0, 0]);
  await sandbox.call('PATCH', `${deals}/p/stages/b`, { body: { displayOrder: 0, metadata: {} } });
  await sandbox.post(`${deals}/p/stages`, dealStage('e', 0));
  expect(orders((await sandbox.get(`${deals}/p`)).body).map(([, order]) => order)).toEqual([0, 0, 0]);
});

test.each([
  ['new id', [expect.stringMatching(/^\d+$/)]],
  ['kept', ['chosen']],
] as const)('a PUT with a stageId that no stage has: %s', async (unknownStageIds, ids) => {
  const sandbox = await openWith({ unknownStageIds, v1UnknownStageIds: unknownStageIds });
  const body = dealPipeline('P', { stages: [dealStage('x', 0, { stageId: 'chosen' })] });
  await sandbox.call('PUT', `${march}/deals/p`, { body });
  expect((await sandbox.get(`${deals}/p`)).body.stages.map((stage) => stage.id)).toEqual(ids);
  await sandbox.post(deals, dealPipeline('Q', { pipelineId: 'q' }));
  const inV1 = { stages: [dealStage('y', 0, { stageId: 'chosen-too' })] };
  const put = await sandbox.call('PUT', `${v1}/deals/q`, { body: inV1 });
  expect(put.body.stages[0]!.stageId).toEqual(unknownStageIds === 'kept' ? 'chosen-too' : ids[0]);
});

test('ties may sort by label and be renumbered, as documented, in a PUT and a stage write', async () => {
  const sandbox = await openWith({ ties: 'by label' });
  const tiedStages = ['d', 'c'].map((id) => dealStage(id, 0, { stageId: id }));
  await sandbox.post(deals, dealPipeline('Q', { pipelineId: 'q', stages: tiedStages }));
  expect(orders((await sandbox.get(`${deals}/q`)).body)).toEqual([
    ['c', 0],
    ['d', 1],
  ]);
  await sandbox.call('PATCH', `${deals}/p/stages/a`, { body: { displayOrder: 1, metadata: {} } });
  expect(orders((await sandbox.get(`${deals}/p`)).body).map(([id]) => id)).toEqual(['a', 'b']);
  await sandbox.post(`${deals}/p/stages`, dealStage('z', 0, { stageId: 'z' }));
  expect(orders((await sandbox.get(`${deals}/p`)).body).map(([id]) => id)).toEqual(['a', 'z', 'b']);
});

test('a PUT with a stageId that no stage has may be refused, and then changes nothing', async () => {
  const sandbox = await openWith({ unknownStageIds: 'refused', v1UnknownStageIds: 'refused' });
  const body = dealPipeline('Changed', { stages: [dealStage('x', 0, { stageId: 'chosen' })], active: true });
  for (const path of [`${march}/deals/p`, `${v1}/deals/p`]) {
    expect((await sandbox.call('PUT', path, { body })).status).toBe(400);
  }
  expect((await sandbox.get(`${deals}/p`)).body).toMatchObject({ label: 'P', stages: [{ id: 'b' }, { id: 'a' }] });
});

test('an audit entry may show the state before its change, and a creation its own', async () => {
  const sandbox = await openWith({ auditObject: 'before' });
  await sandbox.call('PATCH', `${deals}/p`, { body: { label: 'Q' } });
  await sandbox.call('PATCH', `${deals}/p/stages/a`, { body: { label: 'Other', metadata: {} } });
  const labelsAt = async (path: string) =>
    (await sandbox.get(path)).body.results.map(({ rawObject }) => JSON.parse(rawObject).label);
  expect(await labelsAt(`${deals}/p/audit`)).toEqual(['Q', 'P', 'P']);
  expect(await labelsAt(`${deals}/p/stages/a/audit`)).toEqual(['a', 'a']);
});

describe('reads may be late', () => {
  const labelAt = async (sandbox: TestSandbox, path: string) => (await sandbox.get(path)).body.label;

  test('a pipeline is read as it was before a write, for as many reads as are late', async () => {
    const sandbox = await openSandbox({ unknowns: { lateReads: 2 } });
    await sandbox.post(deals, pipeline);
    expect((await sandbox.get(`${deals}/p`)).status).toBe(404);
    expect((await sandbox.get(deals)).body.results).toHaveLength(1);
    expect(await labelAt(sandbox, `${deals}/p`)).toBe('P');
    await sandbox.call('PATCH', `${deals}/p`, { body: { label: 'Q' } });
    const labels = [];
    for (let read = 0; read < 3; read += 1) labels.push(await labelAt(sandbox, `${deals}/p`));
    expect(labels).toEqual(['P', 'P', 'Q']);
  });

  test('a deleted pipeline is there for a while, at v1 too, and a reset ends that', async () => {
    const sandbox = await openSandbox({ unknowns: { lateReads: 1 } });
    await sandbox.post(deals, pipeline);
    await sandbox.get(`${deals}/p`);
    await sandbox.call('DELETE', `${deals}/p`);
    const idsAtV1 = async () => (await sandbox.get(`${v1}/deals`)).body.results.map((each) => each.pipelineId).sort();
    expect(await idsAtV1()).toEqual(['default', 'p']);
    expect(await idsAtV1()).toEqual(['default']);
    await sandbox.call('PATCH', `${deals}/default`, { body: { label: 'Q' } });
    await sandbox.post('/__sandbox/reset', {});
    expect(await labelAt(sandbox, `${deals}/default`)).toBe('Sales Pipeline');
  });

  test('the organization API is late too, and a write sees what there is', async () => {
    const sandbox = await openSandbox({ unknowns: { lateReads: 1 } });
    const nameAt = async () => ((await sandbox.get('/api/pipelines')).body as unknown as { name: string }).name;
    await sandbox.post('/api/pipelines', { name: 'Q' });
    expect(await nameAt()).toBe('Contacts');
    expect(await nameAt()).toBe('Q');
  });
});

describe('a DELETE at the current versions may only archive', () => {
  test('a pipeline that a DELETE only archived keeps its id taken, and a PATCH restores it', async () => {
    const sandbox = await openWith({ deleteEffect: 'deactivate' });
    expect((await sandbox.call('DELETE', `${deals}/p`)).status).toBe(204);
    expect((await sandbox.get(`${deals}/p`)).status).toBe(404);
    expect((await sandbox.call('PATCH', `${deals}/p`, { body: { label: 'Q' } })).status).toBe(404);
    expect((await sandbox.post(deals, pipeline)).status).toBe(400);
    expect((await sandbox.call('PATCH', `${deals}/p`, { body: { archived: false } })).status).toBe(200);
    expect((await sandbox.get(`${deals}/p`)).body.stages).toHaveLength(2);
  });

  test('a PATCH restores nothing that is not archived', async () => {
    const sandbox = await openWith({ deleteEffect: 'deactivate' });
    expect((await sandbox.call('PATCH', `${deals}/p`, { body: { archived: false } })).status).toBe(400);
    expect((await sandbox.call('PATCH', `${deals}/nix`, { body: { archived: false } })).status).toBe(404);
  });
});

test('a DELETE at v1 may remove for good, and then a PUT finds nothing and a POST takes the old ids', async () => {
  const sandbox = await openWith({ v1DeleteEffect: 'purge' });
  expect((await sandbox.call('DELETE', `${v1}/deals/p`)).status).toBe(204);
  const all = await sandbox.get(`${v1}/deals?includeInactive=INCLUDE_DELETED`);
  expect(all.body.results.map((each) => each.pipelineId)).toEqual(['default']);
  expect((await sandbox.call('PUT', `${v1}/deals/p`, { body: { active: true } })).status).toBe(404);
  expect((await sandbox.post(`${v1}/deals`, { ...pipeline, active: true })).status).toBe(200);
});

test.each([
  ['unspaced', '"stageIds":["[a,b]"],"objectIds":["[9007199254740993,x]"]'],
  ['numbers', '"stageIds":["a","b"],"objectIds":[9007199254740993,"x"]'],
  ['list', '"stageIds":["a","b"],"objectIds":["9007199254740993","x"]'],
] as const)('the ids of a reference check may be written otherwise: %s', async (referenceContext, context) => {
  const sandbox = await openWith({ referenceContext });
  const records = { token: 'test', objectType: 'deals', pipelineId: 'p' };
  // The number is written as text, as it is beyond what a number of JavaScript holds.
  const first = JSON.stringify({ ...records, stageId: 'a', recordIds: [] }).replace('[]', '[9007199254740993]');
  expect((await sandbox.post('/__sandbox/records', first)).text).toBe('{"recordIds":["9007199254740993"]}');
  await sandbox.post('/__sandbox/records', { ...records, stageId: 'b', recordIds: ['x'] });
  expect((await sandbox.call('DELETE', `${deals}/p`)).text).toContain(`"context":{${context}}`);
});

test('2025-09 does not check references at the DELETE of a stage, which has no parameters there', async () => {
  const sandbox = await openWith();
  await sandbox.post('/__sandbox/records', {
    token: 'test',
    objectType: 'deals',
    pipelineId: 'p',
    stageId: 'a',
    recordIds: [1],
  });
  const both = 'validateReferencesBeforeDelete=true&validateDealStageUsagesBeforeDelete=true';
  expect((await sandbox.call('DELETE', `${v3}/deals/p/stages/a?${both}`)).status).toBe(400);
  expect((await sandbox.call('DELETE', `/crm/pipelines/2025-09/deals/p?${both}`)).status).toBe(400);
  expect((await sandbox.call('DELETE', `/crm/pipelines/2025-09/deals/p/stages/a?${both}`)).status).toBe(204);
});

describe('the organization API', () => {
  interface Stage {
    readonly _id: string;
    readonly name: string;
    readonly isActive?: boolean;
  }
  const read = async (sandbox: TestSandbox) =>
    ((await sandbox.get('/api/pipelines')).body as unknown as { pipelineStages: readonly Stage[] }).pipelineStages;
  const edit = async (sandbox: TestSandbox, body: object) =>
    ((await sandbox.post('/api/pipelines', body)).body as unknown as { contactsMigrated: object }).contactsMigrated;
  const chain = {
    stages: [
      { oldStage: 'New Lead', newStage: 'Qualified Lead' },
      { oldStage: 'Qualified Lead', newStage: 'Won' },
    ],
  };

  test.each([
    ['at once', { 'New Lead -> Qualified Lead': 3, 'Qualified Lead -> Won': 2 }, ['Qualified Lead', 'Won', 'Lost']],
    ['one after the other', { 'New Lead -> Qualified Lead': 3, 'Qualified Lead -> Won': 5 }, ['Won', 'Lost']],
  ] as const)('the organization API may apply rename pairs %s', async (renamePairs, counts, names) => {
    const sandbox = await openSandbox({ unknowns: { renamePairs } });
    expect(await edit(sandbox, chain)).toEqual(counts);
    expect((await read(sandbox)).map((stage) => stage.name)).toEqual(names);
  });

  test.each([
    ['at once', [3, 2]],
    ['one after the other', [0, 5]],
  ] as const)('beside a list of stages too, rename pairs work %s', async (renamePairs, counts) => {
    const sandbox = await openSandbox({ unknowns: { renamePairs } });
    const [first, second, third, last] = await read(sandbox);
    const list = [
      { ...first, name: 'Qualified Lead' },
      { ...second, name: 'Won' },
      { ...third, name: 'Old' },
    ];
    await edit(sandbox, { ...chain, pipelineStages: [...list, last] });
    const moveOn = async (stage: Stage) => {
      const body = { sourceStageId: stage._id, targetStageId: last!._id };
      const answer = await sandbox.post('/api/pipelines/stages/reassign', body);
      return (answer.body as unknown as { recordsTransferred: number }).recordsTransferred;
    };
    expect([await moveOn(first!), await moveOn(second!)]).toEqual(counts);
  });

  test('the organization API may show deactivated stages, and a write that lists one makes it active again', async () => {
    const sandbox = await openSandbox({ unknowns: { inactiveStages: 'shown' } });
    const [first, second] = await read(sandbox);
    await edit(sandbox, { pipelineStages: [first] });
    const shown = await read(sandbox);
    expect(shown.find((stage) => stage._id === first!._id)).toMatchObject({ isActive: true });
    expect(shown.find((stage) => stage._id === second!._id)).toMatchObject({ isActive: false });
    await edit(sandbox, {
      pipelineStages: [
        { _id: first!._id, name: 'A' },
        { _id: second!._id, name: 'B' },
      ],
    });
    expect((await read(sandbox)).find((stage) => stage.name === 'B')).toMatchObject({ isActive: true });
  });
});
