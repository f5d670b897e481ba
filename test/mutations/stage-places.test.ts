import { describe, expect, test } from 'vitest';
import { collections } from '../support/arbitraries.ts';
import { mutate, problemsOf } from '../support/mutate.ts';
import { createPipeline } from '../support/pipelines.ts';
import { useGateway } from '../support/use-gateway.ts';

const gateway = useGateway();
const metaOf = (objectType: string) => {
  if (objectType === 'deals') return { probability: 0.5 };
  return objectType === 'tickets' ? { ticketState: 'CLOSED' } : { color: '#112233' };
};
let made = 0;

async function createSample({ sourceName, objectType }: { sourceName: string; objectType: string }) {
  made += 1;
  const stages = ['A', 'B', 'C'].map((label) => ({ label, meta: metaOf(objectType) }));
  return createPipeline(gateway, { sourceName, objectType, label: `Places ${made}`, stages });
}

describe.each(collections)('a new stage of $sourceName $objectType', (collection) => {
  const add = async (toPlace: (stages: readonly { id: string }[]) => object) => {
    const { id, stages } = await createSample(collection);
    const input = { pipeline: id, label: 'New', meta: metaOf(collection.objectType), ...toPlace(stages) };
    const payload = await mutate(
      gateway,
      'createPipelineStage',
      input,
      'pipeline { stages { label } } stage { label }',
    );
    expect(payload.errors).toEqual([]);
    expect(payload['stage']).toEqual({ label: 'New' });
    return payload['pipeline'].stages.map(({ label }: { label: string }) => label).join('');
  };

  test.each([
    ['at 0 is the first', () => ({ displayOrder: 0 }), 'NewABC'],
    ['at a number that is taken comes before the one that has it', () => ({ displayOrder: 2 }), 'ABNewC'],
    ['at a number that is free after all comes last', () => ({ displayOrder: 9 }), 'ABCNew'],
    ['without a place comes last', () => ({}), 'ABCNew'],
    ['before the first is the first', ([first]: readonly { id: string }[]) => ({ before: first?.id }), 'NewABC'],
    [
      'before another comes right before it',
      ([, second]: readonly { id: string }[]) => ({ before: second?.id }),
      'ANewBC',
    ],
    [
      'after another comes right after it',
      ([, second]: readonly { id: string }[]) => ({ after: second?.id }),
      'ABNewC',
    ],
    ['after the last comes last', (stages: readonly { id: string }[]) => ({ after: stages.at(-1)?.id }), 'ABCNew'],
  ] as const)('%s', async (_, toPlace, expected) => {
    expect(await add(toPlace)).toBe(expected);
  });
});

test('a place that is given twice, or that the pipeline does not have, is refused by its name', async () => {
  const { id, stages } = await createSample(collections[0] as (typeof collections)[0]);
  const other = await createSample(collections[0] as (typeof collections)[0]);
  const input = { pipeline: id, label: 'New', meta: { probability: 0.1 } };
  const twice = await mutate(gateway, 'createPipelineStage', { ...input, displayOrder: 1, after: stages[0]?.id });
  expect(problemsOf(twice.errors)).toEqual(['INVALID_INPUT after']);
  const foreign = await mutate(gateway, 'createPipelineStage', { ...input, before: other.stages[0]?.id });
  expect(problemsOf(foreign.errors)).toEqual(['INVALID_INPUT before']);
});

describe('a replace whose label is hardly another one', () => {
  test.each([
    ['in other case', 'first STAGE'],
    ['with outer spaces', ' First Stage '],
    ['with other inner spaces', 'First  Stage'],
  ])('%s is refused, and names the stage that was probably meant', async (_, label) => {
    made += 1;
    const named = [
      { label: 'First Stage', meta: { probability: 0.5 } },
      { label: 'Élan', meta: { probability: 0.6 } },
    ];
    const pipeline = await createPipeline(gateway, {
      sourceName: 'hubspot',
      objectType: 'deals',
      label: `Hardly ${made}`,
      stages: named,
    });
    const stages = [
      { label, meta: { probability: 0.5 } },
      { label: 'E\u0301lan', meta: { probability: 0.6 } },
    ];
    const { errors } = await mutate(gateway, 'replacePipeline', { id: pipeline.id, label: pipeline.label, stages });
    expect(problemsOf(errors)).toEqual(['INVALID_INPUT stages.0.label', 'INVALID_INPUT stages.1.label']);
    expect(errors.map(({ message }) => message)).toEqual(
      pipeline.stages.map(({ stageId }) => expect.stringContaining(`Did you mean stageId "${stageId}"?`)),
    );
  });
});
