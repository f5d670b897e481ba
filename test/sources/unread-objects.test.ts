import { describe, expect, test } from 'vitest';
import { toAuditEntryGlobalId } from '../../src/domain/ids.ts';
import { mutate } from '../support/mutate.ts';
import { startOddWorld } from './odd-upstream.ts';
import type { OddWorld } from './odd-upstream.ts';

const place = { sourceName: 'crm', objectType: 'deals' };
const stage = (id: string, label: string | undefined = `Stage ${id}`) => ({
  id,
  label,
  metadata: { probability: '0.5' },
});
const ghost = { id: 'ghost', metadata: {} };
const whole = { id: 'whole', label: 'Whole', stages: [stage('a'), stage('b')] };
const haunted = { id: 'haunted', label: 'Haunted', stages: [stage('c'), ghost, stage('d')] };
const nameless = { id: 'nameless', stages: [stage('e')] };

const pipelineByKey = (id: string) => `pipelineByKey(objectType: "deals", pipelineId: "${id}") { label }`;
const stageByKey = (id: string) => `pipelineStageByKey(objectType: "deals", stageId: "${id}") { label }`;

/** What each field gives: its label, its error's code, or null. */
async function outcomes(world: OddWorld, ...fields: readonly string[]): Promise<readonly unknown[]> {
  const { data, errors = [] } = await world.ask(`{ ${fields.map((field, n) => `f${n}: ${field}`).join(' ')} }`);
  return fields.map((_, n) => {
    const error = errors.find(({ path }) => path?.[0] === `f${n}`);
    return error === undefined ? (data[`f${n}`]?.label ?? null) : error.extensions['code'];
  });
}

describe.each(['hubspot', 'hubspot-v1'] as const)('at %s', (kind) => {
  const toContent = (...odd: readonly object[]) => [whole, haunted, ...odd];

  describe.each([false, true])('what cannot be read, with a list that is kept: %s', (isKeeping) => {
    test('is an error of its look-ups, by id and by key, alone and among others', async () => {
      const world = await startOddWorld(kind, toContent(nameless), { isKeeping });
      const lone = [
        pipelineByKey('nameless'),
        `pipeline(id: "${world.pipelineId('nameless')}") { label }`,
        `pipelineStage(id: "${world.stageId('nameless', 'e')}") { label }`,
        `pipelineStage(id: "${world.stageId('haunted', 'ghost')}") { label }`,
        stageByKey('ghost'),
        stageByKey('e'),
      ];
      await world.ask('{ pipelines { totalCount } }');
      for (const field of lone) expect(await outcomes(world, field)).toEqual(['UPSTREAM_CONTRACT']);
      const all = await outcomes(world, ...lone, pipelineByKey('whole'), stageByKey('b'), stageByKey('c'));
      expect(all).toEqual([...lone.map(() => 'UPSTREAM_CONTRACT'), 'Whole', 'Stage b', 'Stage c']);
    });

    test('hides nothing else: what is surely not there is null', async () => {
      const world = await startOddWorld(kind, toContent(nameless), { isKeeping });
      await world.ask('{ pipelines { totalCount } }');
      const missing = [
        stageByKey('gone'),
        pipelineByKey('gone'),
        `pipelineStage(id: "${world.stageId('whole', 'gone')}") { label }`,
      ];
      expect(await outcomes(world, ...missing)).toEqual([null, null, null]);
    });

    test('is an error of every look-up that may be about it, if it has no id', async () => {
      const world = await startOddWorld(kind, [whole, { ...haunted, stages: [stage('c'), {}] }], { isKeeping });
      await world.ask('{ pipelines { totalCount } }');
      const fields = [
        stageByKey('gone'),
        stageByKey('a'),
        `pipelineStage(id: "${world.stageId('haunted', 'gone')}") { label }`,
        pipelineByKey('gone'),
      ];
      expect(await outcomes(world, ...fields)).toEqual(['UPSTREAM_CONTRACT', 'Stage a', 'UPSTREAM_CONTRACT', null]);
      world.pipelines = [whole, { stages: [] }];
      const fresh = { 'cache-control': 'no-cache' };
      const { errors } = await world.ask(`{ a: ${pipelineByKey('gone')} b: ${pipelineByKey('whole')} }`, {}, fresh);
      expect(errors).toMatchObject([{ path: ['a'], extensions: { code: 'UPSTREAM_CONTRACT' } }]);
    });
  });

  test('is an error of a representation, and of no other', async () => {
    const world = await startOddWorld(kind, toContent(nameless));
    const of = [
      ...['ghost', 'a'].map((stageId) => ({ __typename: 'Stage', sourceName: 'crm', objectType: 'deals', stageId })),
      { __typename: 'Pipeline', sourceName: 'crm', objectType: 'deals', pipelineId: 'nameless' },
    ];
    const { data, errors } = await world.ask(
      'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Stage { label } } }',
      { of },
    );
    expect(data._entities).toEqual([null, { label: 'Stage a' }, null]);
    expect(errors).toMatchObject([
      { path: ['_entities', 0], extensions: { code: 'UPSTREAM_CONTRACT' } },
      { path: ['_entities', 2], extensions: { code: 'UPSTREAM_CONTRACT' } },
    ]);
  });

  test('is an error at the stages of a look-up that serves the rest', async () => {
    const world = await startOddWorld(kind, toContent());
    const fields = '{ label stages { stageId } }';
    const query = `{
      one: pipelineByKey(objectType: "deals", pipelineId: "haunted") ${fields}
      other: pipelineByKey(objectType: "deals", pipelineId: "whole") ${fields}
      stage: pipelineStage(id: "${world.stageId('haunted', 'c')}") { pipeline ${fields} }
      plain: pipelineByKey(objectType: "deals", pipelineId: "haunted") { label }
      _entities(representations: [
        { __typename: "Pipeline", sourceName: "crm", objectType: "deals", pipelineId: "haunted" }
      ]) { ... on Pipeline ${fields} }
    }`;
    const { data, errors } = await world.ask(query);
    const rest = { label: 'Haunted', stages: [{ stageId: 'c' }, { stageId: 'd' }] };
    expect(data).toMatchObject({
      one: rest,
      other: { stages: [{}, {}] },
      stage: { pipeline: rest },
      plain: { label: 'Haunted' },
      _entities: [rest],
    });
    const message = 'Pipeline "Haunted": stage "ghost" cannot be read.';
    const extensions = { code: 'UPSTREAM_CONTRACT', sourceName: 'crm' };
    expect(errors?.toSorted((a, b) => a.path?.join().localeCompare(b.path?.join() ?? '') ?? 0)).toEqual([
      { message, path: ['_entities', 0, 'stages'], extensions },
      { message, path: ['one', 'stages'], extensions },
      { message, path: ['stage', 'pipeline', 'stages'], extensions },
    ]);
    expect((await world.ask(`{ pipelines { nodes ${fields} } }`)).errors).toBeUndefined();
  });

  test('is named in a list that serves the rest', async () => {
    const world = await startOddWorld(kind, [...toContent(nameless), { id: 'blank', label: 'Blank' }]);
    const { data } = await world.ask('{ pipelines { nodes { label stages { stageId } } failures { code message } } }');
    expect(data.pipelines.nodes).toMatchObject([
      { label: 'Blank', stages: [] },
      { label: 'Haunted', stages: [{ stageId: 'c' }, { stageId: 'd' }] },
      { label: 'Whole', stages: [{}, {}] },
    ]);
    expect(data.pipelines.failures.map(({ code, message }: Record<string, string>) => `${code}: ${message}`)).toEqual([
      'UPSTREAM_CONTRACT: Pipeline 3 came without an id or a label.',
      'UPSTREAM_CONTRACT: Pipeline "Blank": its stages cannot be read.',
      'UPSTREAM_CONTRACT: Pipeline "Haunted": stage "ghost" cannot be read.',
    ]);
  });
});

describe('a write that would lose a stage that cannot be read is refused', () => {
  const meta = { probability: 0.5 };
  const stages = ['c', 'd'].map((id) => ({ stageId: id, label: `Stage ${id}` }));
  type Input = (world: OddWorld) => object;
  const ofWhole: readonly (readonly [string, Input])[] = [
    ['replacePipeline', (world) => ({ id: world.pipelineId('haunted'), label: 'X', stages })],
    ['archivePipeline', (world) => ({ id: world.pipelineId('haunted') })],
    [
      'reorderPipelineStages',
      (world) => ({
        pipeline: world.pipelineId('haunted'),
        stages: ['d', 'c'].map((id) => world.stageId('haunted', id)),
      }),
    ],
  ];
  const restore: readonly [string, Input] = [
    'restorePipeline',
    () => ({
      auditEntryId: toAuditEntryGlobalId({
        ...place,
        pipelineId: 'haunted',
        stageId: null,
        timestamp: null,
        hash: 'h',
      }),
    }),
  ];
  const copy: readonly [string, Input] = [
    'copyPipeline',
    (world) => ({ id: world.pipelineId('haunted'), toSourceName: 'crm', label: 'Copy' }),
  ];
  const ofPart: readonly (readonly [string, Input])[] = [
    ['createPipelineStage', (world) => ({ pipeline: world.pipelineId('haunted'), label: 'New' })],
    ['patchPipelineStage', (world) => ({ id: world.stageId('haunted', 'c'), label: 'X' })],
    ['replacePipelineStage', (world) => ({ id: world.stageId('haunted', 'c'), label: 'X', displayOrder: 0 })],
    ['archivePipelineStage', (world) => ({ id: world.stageId('haunted', 'c') })],
  ];
  const patch: readonly [string, Input] = [
    'patchPipeline',
    (world) => ({ id: world.pipelineId('haunted'), label: 'X' }),
  ];
  const withMeta = (kind: string, [name, toInput]: readonly [string, Input]): readonly [string, Input] => [
    name,
    (world) =>
      name === 'createPipelineStage' && kind !== 'organization' ? { ...toInput(world), meta } : toInput(world),
  ];
  const writesOf = (world: OddWorld) => world.lines.filter((line) => !line.startsWith('GET '));

  const refused = [
    ...[...ofWhole, copy, restore].map((write) => ['hubspot', ...write] as const),
    ...[...ofWhole, copy, ...ofPart, patch].map((write) => ['hubspot-v1', ...withMeta('hubspot-v1', write)] as const),
    ...[...ofWhole, copy, ...ofPart].map((write) => ['organization', ...write] as const),
  ];
  test.each(refused)('at %s: %s', async (kind, name, toInput) => {
    const world = await startOddWorld(kind, [haunted]);
    const { errors } = await mutate(world, name, toInput(world));
    expect(errors).toMatchObject([
      { code: 'UPSTREAM_CONTRACT', message: expect.stringContaining('stage "ghost"'), mayHaveBeenApplied: false },
    ]);
    expect(writesOf(world)).toEqual([]);
  });

  test.each(['hubspot', 'hubspot-v1', 'organization'] as const)('at %s: its plan, and a difference', async (kind) => {
    const world = await startOddWorld(kind, [haunted]);
    const id = world.pipelineId('haunted');
    const { data, errors } = await world.ask(
      `query ($input: ReplacePipelineInput!, $id: ID!) {
        pipelineReplacePlan(input: $input) { changes { kind } errors { code message } }
        pipelineDiff(a: $id, b: $id) { kind }
      }`,
      { input: { id, label: 'X', stages }, id },
    );
    expect(data.pipelineReplacePlan).toMatchObject({ changes: [], errors: [{ code: 'UPSTREAM_CONTRACT' }] });
    expect(data.pipelineReplacePlan.errors[0].message).toContain('"ghost"');
    expect(errors).toMatchObject([{ path: ['pipelineDiff'], extensions: { code: 'UPSTREAM_CONTRACT' } }]);
  });

  test('at hubspot: of a pipeline whose stages did not come at all', async () => {
    const world = await startOddWorld('hubspot', [{ id: 'haunted', label: 'Blank' }]);
    const replace = { id: world.pipelineId('haunted'), label: 'X', stages: [{ label: 'A', meta }] };
    expect((await mutate(world, 'replacePipeline', replace)).errors).toMatchObject([{ code: 'UPSTREAM_CONTRACT' }]);
    expect(writesOf(world)).toEqual([]);
  });

  test.each([
    ['hubspot', ...patch],
    ['organization', ...patch],
    ...ofPart.map((write) => ['hubspot', ...withMeta('hubspot', write)] as const),
  ] as const)('but at %s not %s, which leaves it alone', async (kind, name, toInput) => {
    const world = await startOddWorld(kind, [haunted]);
    const { errors } = await mutate(world, name, toInput(world));
    // The upstream answers a write with nothing, and goes on showing what it had.
    expect(errors.map(({ code }) => code)).toEqual(
      // Those that place a stage cannot go on with a pipeline that does not show all of its stages.
      ['createPipelineStage', 'replacePipelineStage'].includes(name) && kind === 'hubspot'
        ? ['UPSTREAM_CONTRACT']
        : ['UPSTREAM_OUTCOME_UNKNOWN'],
    );
    expect(errors.every(({ mayHaveBeenApplied }) => mayHaveBeenApplied)).toBe(true);
    expect(writesOf(world)).toHaveLength(1);
  });

  test.each(['hubspot', 'hubspot-v1'] as const)(
    'at %s, one of a stage that cannot be read itself, which is there',
    async (kind) => {
      const world = await startOddWorld(kind, [haunted]);
      const { errors } = await mutate(world, 'patchPipelineStage', {
        id: world.stageId('haunted', 'ghost'),
        label: 'X',
      });
      expect(errors).toMatchObject([{ code: 'UPSTREAM_CONTRACT', mayHaveBeenApplied: false }]);
      expect(writesOf(world)).toEqual([]);
    },
  );
});
