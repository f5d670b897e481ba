import { describe, expect, test } from 'vitest';
import { pipelineFields } from '../../support/selections.ts';
import { createSample, readSeeded } from '../contract/samples.ts';
import { organization as kind } from '../kinds.ts';
import { useWorld } from '../world.ts';

describe('reading', () => {
  const world = useWorld(kind);
  const id = '64a000000000000000000001';
  const stageId = '64a00000000000000000000a';
  const ask = `{ pipelineByKey(objectType: "Contact", pipelineId: "${id}") { ${pipelineFields} } }`;
  /** The pipeline, and the codes of what is said of its stages. */
  const look = async (query = ask) => {
    const { data, errors = [] } = await world.ask(query);
    return { ...data, codes: errors.map(({ extensions }) => extensions['code']) };
  };
  const answer = (body: object) =>
    world.sandbox.fault({ match: { method: 'GET' }, fault: 'wrong-shape', status: 200, body });

  test.each([
    ['bare', (pipeline: object) => pipeline],
    ['wrapped', (pipeline: object) => ({ pipeline })],
  ])('a pipeline that comes %s is taken, with no more than an id and a name', async (_, toBody) => {
    await answer(toBody({ _id: id, name: 'Short' }));
    const { pipelineByKey, codes } = await look();
    expect(codes).toEqual(['UPSTREAM_CONTRACT']);
    expect(pipelineByKey).toMatchObject({
      label: 'Short',
      displayOrder: 0,
      description: null,
      isDefault: null,
      archived: false,
      createdAt: null,
      createdBy: null,
      stages: [],
    });
  });

  test('a pipeline tells its organization, if the API does', async () => {
    const read = async () => (await look(ask.replace('{ id', '{ organizationId id'))).pipelineByKey.organizationId;
    await answer({ _id: id, name: 'Ours', organizationId: '65a0e0e0e0e0e0e0e0e0e0e0' });
    expect(await read()).toBe('65a0e0e0e0e0e0e0e0e0e0e0');
    await world.sandbox.reset();
    await answer({ _id: id, name: 'Ours' });
    expect(await read()).toBeNull();
  });

  test('stages are read from the legacy lists if they say the same as the new one would', async () => {
    const stages = [{ name: 'New', color: '#112233' }];
    await answer({ _id: id, name: 'Legacy', stages, pipelineStageIds: [stageId] });
    expect((await world.query(ask)).pipelineByKey.stages).toMatchObject([
      { stageId, label: 'New', displayOrder: 0, meta: { color: '#112233' } },
    ]);
    await world.sandbox.reset();
    await answer({ _id: id, name: 'Legacy', stages, pipelineStageIds: [] });
    expect(await look()).toMatchObject({ pipelineByKey: { stages: [] }, codes: ['UPSTREAM_CONTRACT'] });
  });

  test('a stage is not added to stages that the upstream does not show, because a list without them removes them', async () => {
    await answer({ _id: id, name: 'Short', type: 'Contact' });
    const { pipelineByKey } = await look();
    const { errors } = await world.mutate('createPipelineStage', { pipeline: pipelineByKey.id, label: 'New' });
    expect(errors).toMatchObject([{ code: 'UPSTREAM_CONTRACT', mayHaveBeenApplied: false }]);
    expect(await world.writes()).toEqual([]);
  });

  test.each([
    ['no stages at all', {}],
    ['legacy lists that do not fit', { stages: [{ name: 'New' }], pipelineStageIds: [] }],
    ['empty lists', { pipelineStages: [], stages: [], pipelineStageIds: [] }],
  ])('a replace is refused if the upstream shows %s, because it would drop every id', async (_, shown) => {
    await answer({ _id: id, name: 'Short', type: 'Contact', ...shown });
    const { pipelineByKey } = await look();
    const input = { id: pipelineByKey.id, label: 'Short', stages: [{ label: 'New' }] };
    const { errors } = await world.mutate('replacePipeline', input);
    expect(errors).toMatchObject([{ code: 'UPSTREAM_CONTRACT', mayHaveBeenApplied: false }]);
    expect(await world.writes()).toEqual([]);
  });

  test('a pipeline shows who made it and what its metadata says, and its stages have no outcome', async () => {
    const { createdBy, updatedBy, stages, isDefault, description } = await readSeeded(world, kind);
    expect([createdBy, updatedBy]).toEqual([expect.stringMatching(/^[\da-f]{24}$/), createdBy]);
    expect({ isDefault, description }).toEqual({
      isDefault: true,
      description: 'From first contact to a signed contract',
    });
    const { pipelineStage } = await world.query(
      `{ pipelineStage(id: "${stages[0].id}") { outcome writePermissions meta { ... on OrganizationStageMeta { color raw } } } }`,
    );
    expect(pipelineStage).toEqual({
      outcome: 'UNKNOWN',
      writePermissions: null,
      meta: { color: '#3B82F6', raw: { color: '#3B82F6' } },
    });
  });

  test('another pipeline is not taken for the one that was asked for', async () => {
    const { pipelineId } = await createSample(world, kind);
    const ofOtherType = `{ pipelineByKey(objectType: "Application", pipelineId: "${pipelineId}") { id } }`;
    expect(await world.query(ofOtherType)).toEqual({ pipelineByKey: null });
    await answer({ _id: '64a0000000000000000000ff', name: 'The default', type: 'Contact' });
    expect(await world.query(ask)).toEqual({ pipelineByKey: null });
  });
});
