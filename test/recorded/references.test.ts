import { describe, expect, test } from 'vitest';
import { readCase, toBodyText } from './corpus.ts';
import { mutate, pipelineIdOf } from './mutate.ts';
import { openRecordedWorld } from './world.ts';

const errorCase = (name: string) => readCase('hubspot-errors', name);
const renters = readCase('hubspot-lists', 'the pipeline of the guide’s in-use sample');

async function stageOf(world: Awaited<ReturnType<typeof openRecordedWorld>>, stageId: string): Promise<string> {
  const query = '{ pipelineByKey(objectType: "deals", pipelineId: "renters") { stages { id stageId } } }';
  const { data } = await world.ask(query);
  return data.pipelineByKey.stages.find((stage: { stageId: string }) => stage.stageId === stageId).id;
}

test.each([true, false])('a stage DELETE sends both flags, here %s', async (validateReferences) => {
  const world = await openRecordedWorld([renters, errorCase('in use: one stage')]);
  const id = await stageOf(world, 'renter_viewing');
  await mutate(world, 'archivePipelineStage', { id, validateReferences });
  expect(world.upstream.writes().map(({ query }) => query)).toEqual([
    {
      validateDealStageUsagesBeforeDelete: String(validateReferences),
      validateReferencesBeforeDelete: String(validateReferences),
    },
  ]);
});

describe('an in-use refusal is read in every form', () => {
  test.each([
    ['in use: bracketed without spaces', ['renter_viewing', 'renter_closed_won'], ['22901690010', '22901690011']],
    ['in use: numbers', ['1234912'], ['22901690010']],
  ])('%s', async (name, stageIds, recordIds) => {
    const world = await openRecordedWorld([renters, errorCase(name)]);
    const id = await pipelineIdOf(world, 'deals', 'renters');
    const { errors } = await mutate(world, 'archivePipeline', { id });
    expect(errors).toMatchObject([{ code: 'STAGE_IN_USE', stageIds, recordIds, mayHaveBeenApplied: false }]);
    expect(errors[0]?.['stages']).toMatchObject(stageIds.map((stageId) => ({ stageId })));
  });
});

test('an in-use refusal keeps the digits of ids that are numbers beyond 2^53', async () => {
  const recorded = errorCase('in use: numbers');
  const text = toBodyText(recorded)
    .replaceAll('1234912', '90071992547409931')
    .replaceAll('22901690010', '9007199254740993');
  const { body: _rounded, ...answer } = recorded.answer;
  const world = await openRecordedWorld([renters, { ...recorded, answer: { ...answer, text } }]);
  const id = await pipelineIdOf(world, 'deals', 'renters');
  const { errors } = await mutate(world, 'archivePipeline', { id });
  expect(errors).toMatchObject([
    { code: 'STAGE_IN_USE', stageIds: ['90071992547409931'], recordIds: ['9007199254740993'] },
  ]);
});

describe('VALIDATE_REFERENCES says which sources can be asked', () => {
  test.each([
    ['hubspot-lists', 'deals of an account that nobody has edited', true],
    ['hubspot-v1', 'ids in capitals', false],
    ['organization', 'the default pipeline of a type', false],
  ])('%s', async (topic, name, can) => {
    const world = await openRecordedWorld([readCase(topic, name)]);
    const { data } = await world.ask('{ pipelineSource(name: "crm") { capabilities } }');
    expect(data.pipelineSource.capabilities.includes('VALIDATE_REFERENCES')).toBe(can);
  });
});
