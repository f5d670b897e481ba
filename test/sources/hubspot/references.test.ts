import { describe, expect, test } from 'vitest';
import { createSample } from '../contract/samples.ts';
import { kinds } from '../kinds.ts';
import { useRecordedWorld } from '../world.ts';

describe.each(kinds.filter(({ settings }) => settings.kind === 'hubspot'))('$title', (kind) => {
  const world = useRecordedWorld(kind);
  const queriesOf = (method: string) =>
    world.sent.filter((request) => request.method === method).map(({ target }) => target.split('?')[1]);
  const flags = (value: boolean) => [
    `validateDealStageUsagesBeforeDelete=${value}&validateReferencesBeforeDelete=${value}`,
  ];

  test.each([true, false])('sends both flags with every write that may remove a stage, %s', async (validate) => {
    const { id, stages } = await createSample(world, kind);
    const [first, second] = stages;
    await world.do('archivePipelineStage', { id: first.id, validateReferences: validate });
    expect(queriesOf('DELETE')).toEqual(flags(validate));
    const kept = [{ stageId: second.stageId, label: second.label }];
    await world.do('replacePipeline', { id, label: 'Renewals', stages: kept, validateReferences: validate });
    expect(queriesOf('PUT')).toEqual(flags(validate));
    await world.do('patchPipeline', { id, label: 'Others' });
    expect(queriesOf('PATCH')).toEqual(flags(true));
    world.sent.length = 0;
    await world.do('archivePipeline', { id, validateReferences: validate });
    expect(queriesOf('DELETE')).toEqual(flags(validate));
  });
});

describe('a refusal because of records', () => {
  const [kind] = kinds;
  const world = useRecordedWorld(kind!);

  test.each<[string, object]>([
    ['bracketed', { stageIds: ['[a, b]'], objectIds: ['[5, 6]'] }],
    ['bracketed without spaces', { stageIds: ['[a,b]'], objectIds: ['[5,6]'] }],
    ['a list', { stageIds: ['a', 'b'], objectIds: ['5', '6'] }],
    ['a list with numbers', { stageIds: ['a', 'b'], objectIds: [5, 6] }],
    ['bare text', { stageIds: '[a, b]', objectIds: '5, 6' }],
    ['with things that are no ids', { stageIds: ['a', null, {}, 'b', ''], objectIds: ['[5]', '[]', '[6, ]'] }],
  ])('is read from a context that is %s', async (_, context) => {
    const { id } = await createSample(world, kind!);
    const body = { status: 'error', message: 'In use', subCategory: 'PipelineError.STAGE_ID_IN_USE', context };
    await world.sandbox.fault({ match: { method: 'DELETE' }, fault: 'status', status: 400, body });
    const { errors } = await world.mutate('archivePipeline', { id });
    expect(errors).toMatchObject([{ code: 'STAGE_IN_USE', stageIds: ['a', 'b'], recordIds: ['5', '6'] }]);
  });
});
