import { describe, expect, test } from 'vitest';
import { readCase } from './corpus.ts';
import type { RecordedCase } from './corpus.ts';
import { mutate, pipelineIdOf } from './mutate.ts';
import { objectTypeOf, openRecordedWorld } from './world.ts';

const created = readCase('hubspot-writes', 'a pipeline POST that chose no ids');
const selection = 'notCarried { kind stageId field before after }';
const of = (name: string) => readCase('hubspot-object-types', name);

/** Copies the first pipeline of one object type to another type of the same portal. */
async function copy(from: RecordedCase, toObjectType: string, more: object = {}) {
  const { results } = from.answer.body as { results: readonly [{ id: string }] };
  const objectType = objectTypeOf(from);
  const path = from.request.path.replace(objectType, toObjectType);
  const one = {
    at: `GET ${from.request.path}/${results[0].id}`,
    as: { ...from, answer: { ...from.answer, body: results[0] } },
  };
  // The new pipeline goes after those that there are.
  const others = { at: `GET ${path}`, as: { ...from, answer: { ...from.answer, body: { results: [] } } } };
  const world = await openRecordedWorld([from, one, others, { at: `POST ${path}`, as: created }], {
    objectTypes: [objectType, toObjectType],
  });
  const id = await pipelineIdOf(world, objectType, results[0].id);
  const input = { id, toSourceName: 'crm', toObjectType, label: 'Copy', ...more };
  return { payload: await mutate(world, 'copyPipeline', input, selection), writes: world.upstream.writes() };
}

describe('copyPipeline says what it could not carry', () => {
  test('nothing within a kind', async () => {
    const { payload, writes } = await copy(of('services'), 'courses');
    expect(payload).toMatchObject({ errors: [], notCarried: [] });
    expect(writes[0]?.body.stages).toMatchObject([
      { metadata: { state: 'OPEN' } },
      {},
      { metadata: { state: 'CLOSED' } },
    ]);
  });

  test('a key that only leads have, and it is no reason to refuse', async () => {
    const { payload, writes } = await copy(of('leads'), 'services');
    expect(payload.errors).toEqual([]);
    expect(writes).toHaveLength(1);
    expect(
      payload['notCarried'].map(({ field, before }: { field: string; before: unknown }) => [field, before]),
    ).toContainEqual(['meta.leadState', 'QUALIFIED']);
  });

  test('a state that means the same in another kind is carried', async () => {
    const { payload, writes } = await copy(of('services'), 'tickets');
    expect(payload).toMatchObject({ errors: [], notCarried: [] });
    expect(writes[0]?.body.stages.at(-1)).toMatchObject({ metadata: { ticketState: 'CLOSED' } });
  });

  test('a probability that would be lost is refused, unless loss is allowed', async () => {
    const refused = await copy(of('deals by their type id'), 'services');
    expect(refused.payload.errors).not.toEqual([]);
    expect(refused.writes).toEqual([]);
    const allowed = await copy(of('deals by their type id'), 'services', { allowLoss: true });
    expect(allowed.payload.errors).toEqual([]);
    expect(allowed.payload['notCarried']).toContainEqual(
      expect.objectContaining({ field: 'meta.probability', before: 1, after: null }),
    );
  });
});
