import { describe, expect, test } from 'vitest';
import { startOddWorld } from '../sources/odd-upstream.ts';
import type { OddWorld } from '../sources/odd-upstream.ts';

const stage = (id: string) => ({ id, label: `Stage ${id}`, metadata: { probability: '0.5' } });
const one = { id: 'one', label: 'One', stages: [stage('a')] };
const two = { id: 'two', label: 'Two', stages: [stage('b')] };
const list = 'GET /deals';
const keeping = { isKeeping: true };

const pipelineByKey = (id: string) => `pipelineByKey(objectType: "deals", pipelineId: "${id}") { label }`;
const stageByKey = (id: string) => `pipelineStageByKey(objectType: "deals", stageId: "${id}") { label }`;

/** Has the list kept, and forgets that it was read. */
async function keepList(world: OddWorld): Promise<void> {
  await world.ask('{ pipelines { totalCount } }');
  expect(world.lines.splice(0)).toHaveLength(1);
}

/** The answer's data, which no error is beside. */
async function query(world: OddWorld, fields: string) {
  const { data, errors } = await world.ask(`{ ${fields} }`);
  expect(errors).toBeUndefined();
  return data;
}

describe('what a kept list of HubSpot’s lacks', () => {
  test('is asked for by itself, once, before it is null', async () => {
    const world = await startOddWorld('hubspot', [one], keeping);
    await keepList(world);
    for (let time = 0; time < 3; time += 1)
      expect(await query(world, `a: ${pipelineByKey('gone')}`)).toEqual({ a: null });
    expect(world.lines).toEqual(['GET /deals/gone']);
    await query(world, `a: ${pipelineByKey('one')}`);
    expect(world.lines).toHaveLength(1);
  });

  test('is found if it came since, and stays found without another request', async () => {
    const world = await startOddWorld('hubspot', [one], keeping);
    await keepList(world);
    world.pipelines = [one, two];
    for (let time = 0; time < 2; time += 1) {
      const found = await query(
        world,
        `a: ${pipelineByKey('two')} b: pipelineStage(id: "${world.stageId('two', 'b')}") { label }`,
      );
      expect(found).toEqual({ a: { label: 'Two' }, b: { label: 'Stage b' } });
    }
    expect(world.lines).toEqual(['GET /deals/two']);
  });

  test('costs one request of its own beside others that the list has', async () => {
    const world = await startOddWorld('hubspot', [one], keeping);
    await keepList(world);
    world.pipelines = [one, two];
    const found = await query(world, `a: ${pipelineByKey('one')} b: ${pipelineByKey('two')}`);
    expect(found).toEqual({ a: { label: 'One' }, b: { label: 'Two' } });
    expect(world.lines).toEqual(['GET /deals/two']);
  });

  test('costs one fresh list for a hundred made-up ids, and nothing when they are asked for again', async () => {
    const world = await startOddWorld('hubspot', [one], keeping);
    await keepList(world);
    const fields = Array.from(
      { length: 50 },
      (_, n) => `p${n}: ${pipelineByKey(`p${n}`)} s${n}: ${stageByKey(`s${n}`)}`,
    );
    for (let time = 0; time < 2; time += 1) {
      expect(new Set(Object.values(await query(world, fields.join(' '))))).toEqual(new Set([null]));
    }
    expect(world.lines).toEqual([list]);
  });

  test('is found in that list, which is kept from then on', async () => {
    const world = await startOddWorld('hubspot', [one], keeping);
    await keepList(world);
    world.pipelines = [one, two];
    const fields = `a: ${stageByKey('b')} b: ${stageByKey('gone')} c: ${pipelineByKey('one')}`;
    expect(await query(world, fields)).toEqual({ a: { label: 'Stage b' }, b: null, c: { label: 'One' } });
    expect(await query(world, `a: ${pipelineByKey('two')}`)).toEqual({ a: { label: 'Two' } });
    expect(world.lines).toEqual([list]);
  });

  test('may be a stage of a pipeline that it has, which is read by itself, once', async () => {
    const world = await startOddWorld('hubspot', [one], keeping);
    await keepList(world);
    world.pipelines = [{ ...one, stages: [stage('a'), stage('new')] }];
    const fields = ['new', 'gone'].map((id) => `${id}: pipelineStage(id: "${world.stageId('one', id)}") { label }`);
    for (let time = 0; time < 2; time += 1) {
      expect(await query(world, fields.join(' '))).toEqual({ new: { label: 'Stage new' }, gone: null });
    }
    expect(world.lines).toEqual(['GET /deals/one']);
  });

  test('is asked for again after a write, because nothing is kept then', async () => {
    const world = await startOddWorld('hubspot', [one], keeping);
    await keepList(world);
    await query(world, `a: ${pipelineByKey('two')}`);
    world.pipelines = [one, two];
    await world.ask(
      `mutation { patchPipeline(input: { id: "${world.pipelineId('one')}", label: "X" }) { errors { code } } }`,
    );
    expect(await query(world, `a: ${pipelineByKey('two')}`)).toEqual({ a: { label: 'Two' } });
  });

  test('is an error while the upstream fails, and what the list has is served', async () => {
    const world = await startOddWorld('hubspot', [one], keeping);
    await keepList(world);
    world.status = 401;
    const { data, errors } = await world.ask(
      `{ a: ${pipelineByKey('one')} b: ${pipelineByKey('two')} c: ${stageByKey('c')} }`,
    );
    expect(data).toEqual({ a: { label: 'One' }, b: null, c: null });
    expect(errors).toMatchObject([
      { path: ['b'], extensions: { code: 'UPSTREAM_UNAUTHENTICATED' } },
      { path: ['c'], extensions: { code: 'UPSTREAM_UNAUTHENTICATED' } },
    ]);
    expect(world.lines).toEqual([list]);
  });
});

describe('what a list that was just read lacks', () => {
  const fields = `a: ${pipelineByKey('gone')} b: ${pipelineByKey('one')} c: ${stageByKey('gone')}`;

  test.each([
    ['kept from then on', keeping],
    ['not kept', {}],
  ])('is null without another request, whether the list is %s', async (_, options) => {
    const world = await startOddWorld('hubspot', [one], options);
    expect(await query(world, fields)).toEqual({ a: null, b: { label: 'One' }, c: null });
    expect(world.lines).toEqual([list]);
  });

  test('is null for a request that wants nothing kept, which renews the list', async () => {
    const world = await startOddWorld('hubspot', [one], keeping);
    await keepList(world);
    const fresh = { 'cache-control': 'no-cache' };
    for (const wanted of [fields, `a: ${pipelineByKey('gone')}`]) {
      const { data, errors } = await world.ask(`{ ${wanted} }`, {}, fresh);
      expect([data.a, errors]).toEqual([null, undefined]);
    }
    expect(world.lines).toEqual([list, list]);
  });
});

describe('at v1, which has lists only, what a kept one lacks', () => {
  const v1List = 'GET /deals?includeInactive=EXCLUDE_DELETED';

  test('is looked for in a new list, once', async () => {
    const world = await startOddWorld('hubspot-v1', [one], keeping);
    await keepList(world);
    for (let time = 0; time < 2; time += 1) {
      expect(await query(world, `a: ${pipelineByKey('two')}`)).toEqual({ a: null });
    }
    // What the list of active ones lacks may be an inactive one.
    expect(world.lines).toEqual([v1List, v1List.replace('EXCLUDE', 'INCLUDE')]);
    world.pipelines = [one, two];
    expect(await query(world, `a: ${stageByKey('b')} b: ${stageByKey('gone')}`)).toEqual({
      a: { label: 'Stage b' },
      b: null,
    });
    expect(world.lines.slice(2)).toEqual([v1List]);
  });
});
