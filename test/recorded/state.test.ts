import { describe, expect, test } from 'vitest';
import { readCase, readCases } from './corpus.ts';
import type { RecordedCase } from './corpus.ts';
import { mutate, pipelineIdOf, stageIdOf } from './mutate.ts';
import { objectTypeOf, openRecordedWorld } from './world.ts';

/** Every object type that has the general metadata: `state` beside `isClosed`. */
const general = readCases('hubspot-object-types').filter(
  ({ name }) => !name.startsWith('deals') && !name.startsWith('tickets'),
);
const leads = readCase('hubspot-object-types', 'leads');
const patched = readCase('hubspot-writes', 'a stage PATCH that echoes');

interface WireStage {
  readonly id: string;
  readonly label: string;
  readonly displayOrder: number;
  readonly metadata: Readonly<Record<string, string>>;
}

function stagesOf({ answer }: RecordedCase): readonly WireStage[] {
  const { results = [] } = answer.body as { results?: readonly { stages: readonly WireStage[] }[] };
  return results.flatMap(({ stages }) => stages);
}

describe('state tells the outcome of every object type but deals and tickets', () => {
  test.each(general)('$name', async (recorded) => {
    const world = await openRecordedWorld([recorded]);
    const { data } = await world.ask(
      '{ pipelines { nodes { stages { stageId outcome meta { ... on GenericStageMeta { state raw } } } } } }',
    );
    expect(data.pipelines.nodes[0].stages).toEqual(
      stagesOf(recorded).map(({ id, metadata }) => ({
        stageId: id,
        outcome: metadata['state'],
        meta: { state: metadata['state'], raw: metadata },
      })),
    );
  });
});

describe('the limit of 30 stages', () => {
  const limited = general.filter(({ name }) => !/^(contacts|companies|tasks|a custom object)/.test(name));

  test.each(limited)('$name, by name and by type id', async (recorded) => {
    const typeId = recorded.alsoAt?.[0]?.split('/').at(-1) ?? '';
    const names = [objectTypeOf(recorded), typeId];
    const world = await openRecordedWorld([recorded], { objectTypes: names });
    const { data } = await world.ask('{ pipelineSource(name: "crm") { objectTypes { name maxStages } } }');
    expect(data.pipelineSource.objectTypes).toEqual(names.map((name) => ({ name, maxStages: 30 })));
  });
});

describe('state can be written', () => {
  test.each(general)('$name: a stage is closed, and its other keys stay', async (recorded) => {
    const [stage] = stagesOf(recorded);
    const pipelinePath = `${recorded.request.path}/${pipelineIdIn(recorded)}`;
    const world = await openRecordedWorld([
      recorded,
      { at: `GET ${pipelinePath}`, as: oneOf(recorded) },
      { at: `PATCH ${pipelinePath}/stages/${stage?.id}`, as: patched },
    ]);
    const id = await stageIdOf(world, objectTypeOf(recorded), stage?.id ?? '');
    const { errors } = await mutate(world, 'patchPipelineStage', { id, meta: { state: 'CLOSED' } });
    expect(errors).toEqual([]);
    // HubSpot merges metadata (observed), so what is not sent stays.
    expect(world.upstream.writes()[0]?.body.metadata).toEqual({ state: 'CLOSED' });
  });

  test('a new stage is OPEN unless it is said otherwise', async () => {
    const path = `${leads.request.path}/lead-pipeline-id`;
    const created = { at: `POST ${path}/stages`, as: readCase('hubspot-writes', 'a stage POST') };
    const world = await openRecordedWorld([leads, { at: `GET ${path}`, as: oneOf(leads) }, created]);
    const pipeline = await pipelineIdOf(world, 'leads', 'lead-pipeline-id');
    expect((await mutate(world, 'createPipelineStage', { pipeline, label: 'Parked' })).errors).toEqual([]);
    const input = { pipeline, label: 'Dropped', meta: { state: 'CLOSED' } };
    expect((await mutate(world, 'createPipelineStage', input)).errors).toEqual([]);
    expect(world.upstream.writes().map(({ body }) => body.metadata)).toMatchObject([
      { state: 'OPEN' },
      { state: 'CLOSED' },
    ]);
  });

  test('a replace keeps leadState where it says nothing of it, and the state where it is left out', async () => {
    const path = `${leads.request.path}/lead-pipeline-id`;
    const replaced = {
      at: `PUT ${path}`,
      as: readCase('hubspot-writes', 'a pipeline PUT that names one stage of two'),
    };
    const world = await openRecordedWorld([leads, { at: `GET ${path}`, as: oneOf(leads) }, replaced]);
    const id = await pipelineIdOf(world, 'leads', 'lead-pipeline-id');
    const stages = stagesOf(leads).map(({ id: stageId, label }) => ({ stageId, label: `${label}!` }));
    expect((await mutate(world, 'replacePipeline', { id, label: 'Leads', stages })).errors).toEqual([]);
    const sent = world.upstream.writes()[0]?.body.stages;
    expect(sent.map(({ metadata }: WireStage) => metadata)).toMatchObject(
      stagesOf(leads).map(({ metadata: { isClosed: _computed, ...others } }) => others),
    );
  });
});

describe('keys that nobody knows', () => {
  test('stay in raw, and survive a change of a deal stage', async () => {
    const odd = readCase('hubspot-odd-content', 'deals: metadata keys that nobody knows');
    const { path } = odd.request;
    const world = await openRecordedWorld([odd, { at: `PATCH ${path}/stages/open`, as: patched }]);
    const { data } = await world.ask(
      '{ pipelineByKey(objectType: "deals", pipelineId: "odd-keys") { stages { id meta { ... on DealStageMeta { raw } } } } }',
    );
    const [stage] = data.pipelineByKey.stages;
    expect(stage.meta.raw).toMatchObject({ forecastGroup: 'PIPELINE' });
    expect((await mutate(world, 'patchPipelineStage', { id: stage.id, meta: { probability: 0.6 } })).errors).toEqual(
      [],
    );
    // HubSpot merges metadata (observed), so what is not sent stays.
    expect(world.upstream.writes()[0]?.body.metadata).toEqual({ probability: '0.6' });
  });

  test('go along with a copy within the kind', async () => {
    const path = `${leads.request.path}/lead-pipeline-id`;
    const created = {
      at: `POST ${leads.request.path}`,
      as: readCase('hubspot-writes', 'a pipeline POST that chose no ids'),
    };
    const world = await openRecordedWorld([leads, { at: `GET ${path}`, as: oneOf(leads) }, created]);
    const id = await pipelineIdOf(world, 'leads', 'lead-pipeline-id');
    expect((await mutate(world, 'copyPipeline', { id, toSourceName: 'crm', label: 'Copy' })).errors).toEqual([]);
    const sent = world.upstream.writes()[0]?.body.stages;
    expect(sent.map(({ metadata }: WireStage) => metadata)).toMatchObject(
      stagesOf(leads).map(({ metadata: { isClosed: _computed, ...others } }) => others),
    );
  });
});

function pipelineIdIn({ answer }: RecordedCase): string {
  const { results } = answer.body as { results: readonly { id: string }[] };
  return results[0]?.id ?? '';
}

/** A list's first pipeline, as a read of one answers it. */
function oneOf(list: RecordedCase): RecordedCase {
  const { results } = list.answer.body as { results: readonly unknown[] };
  return { ...list, answer: { ...list.answer, body: results[0] } };
}
