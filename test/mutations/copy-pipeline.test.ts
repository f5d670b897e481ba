import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { toPipelineGlobalId } from '../../src/domain/ids.ts';
import { sandboxSources } from '../../src/sources/sandbox.ts';
import { startReplica } from '../support/gateway.ts';
import { invalidInput, mutate, problemsOf } from '../support/mutate.ts';
import type { Payload } from '../support/mutate.ts';
import { createPipeline } from '../support/pipelines.ts';
import type { PipelineOfAnswer } from '../support/pipelines.ts';
import { changeFields, pipelineFields } from '../support/selections.ts';
import { hubSpotAt } from '../support/sources.ts';
import { useGateway } from '../support/use-gateway.ts';
import { startHubSpot } from '../support/verbatim-apis.ts';

const gateway = useGateway({
  sources: (url) => [
    ...sandboxSources(url),
    {
      kind: 'hubspot',
      name: 'production',
      url,
      apiVersion: '2026-03',
      objectTypes: ['deals', 'tickets', 'leads', '2-77'],
      credential: { mode: 'static', token: 'production-token' },
    },
  ],
});
beforeEach(() => gateway.sandbox.reset());

const selection = `pipeline { ${pipelineFields} } notCarried { ${changeFields} }`;
const sales = [
  { stageId: 'first', label: 'First', meta: { probability: 0.2 } },
  { stageId: 'won', label: 'Won', meta: { probability: 1 } },
  { stageId: 'lost', label: 'Lost', meta: { probability: 0 } },
];
const createDeals = () =>
  createPipeline(gateway, {
    sourceName: 'hubspot',
    objectType: 'deals',
    label: 'Copied',
    pipelineId: 'copied',
    stages: sales,
  });
const copy = (input: object) => mutate(gateway, 'copyPipeline', input, selection);
const outcomes = ({ stages }: PipelineOfAnswer) => stages.map(({ label, outcome }) => `${label} ${outcome}`);

test('a copy between two portals has the same ids if asked for, and new ones otherwise', async () => {
  const original = await createDeals();
  const same = await copy({ id: original.id, toSourceName: 'production', keepIds: true });
  expect(same.errors).toEqual([]);
  expect(same.pipeline).toMatchObject({ sourceName: 'production', pipelineId: 'copied', label: 'Copied' });
  expect(same.pipeline.stages.map(({ stageId }: { stageId: string }) => stageId)).toEqual(['first', 'won', 'lost']);
  expect(outcomes(same.pipeline)).toEqual(outcomes(original));
  const renewed = await copy({ id: original.id, toSourceName: 'production', label: 'Again' });
  expect(renewed.errors).toEqual([]);
  expect(renewed.pipeline.pipelineId).not.toBe('copied');
  expect(outcomes(renewed.pipeline)).toEqual(outcomes(original));
});

test('a copy whose label or id the target has already is a conflict', async () => {
  const original = await createDeals();
  await copy({ id: original.id, toSourceName: 'production', keepIds: true });
  expect((await copy({ id: original.id, toSourceName: 'production' })).errors).toMatchObject([{ code: 'LABEL_TAKEN' }]);
  const again = await copy({ id: original.id, toSourceName: 'production', label: 'Other', keepIds: true });
  expect(again.errors).toMatchObject([{ code: 'ID_TAKEN' }]);
});

test('a copy to v1 is made, but not with a label that is too long for it', async () => {
  const original = await createDeals();
  const payload = await copy({ id: original.id, toSourceName: 'hubspot-v1', keepIds: true });
  expect(payload.errors).toEqual([]);
  expect(outcomes(payload.pipeline)).toEqual(outcomes(original));
  const label = 'A label that is longer than v1 can take';
  expect((await copy({ id: original.id, toSourceName: 'hubspot-v1', label })).errors).toMatchObject([
    { code: 'INVALID_INPUT', path: ['label'] },
  ]);
});

test('a copy takes what exists by the target’s own rules, and a new label by those for new input', async () => {
  const label = 'x'.repeat(300);
  const metadata = { probability: '1.0' };
  const pipeline = { id: 'long', label, displayOrder: 0, stages: [{ id: 's', label, displayOrder: 0, metadata }] };
  const upstream = await startHubSpot(new Map([['long', pipeline]]));
  const lone = await startReplica(upstream.url, { sources: (url) => [hubSpotAt(url)] });
  onTestFinished(async () => {
    await lone.close();
    await upstream.close();
  });
  const id = toPipelineGlobalId({ sourceName: 'hubspot', objectType: 'deals', pipelineId: 'long' });
  const input = { id, toSourceName: 'hubspot' };
  expect((await mutate(lone, 'copyPipeline', input)).errors).toEqual([]);
  expect(upstream.writes[0]?.body.stages[0].label).toBe(label);
  const named = await mutate(lone, 'copyPipeline', { ...input, label });
  expect(problemsOf(named.errors)).toEqual(invalidInput('label'));
});

test('a copy that loses what stages mean is refused, or names it if the loss is allowed', async () => {
  const original = await createDeals();
  await gateway.sandbox.emptyLog();
  const input = { id: original.id, toSourceName: 'organization', toObjectType: 'Contact' };
  const refused = await copy(input);
  expect(refused).toMatchObject({ pipeline: null, notCarried: [] });
  expect(refused.errors.map(({ path, message }) => [path, message])).toEqual([
    [
      ['stages', '0', 'meta', 'probability'],
      'Stage "First": probability 0.2 → none; Stage "First": outcome "OPEN" → "UNKNOWN". allowLoss copies the pipeline all the same.',
    ],
    [['stages', '1', 'meta', 'probability'], expect.stringContaining('Stage "Won": probability 1.0 → none')],
    [['stages', '2', 'meta', 'probability'], expect.stringContaining('Stage "Lost": outcome "LOST" → "UNKNOWN"')],
  ]);
  expect(await gateway.sandbox.writes()).toEqual([]);
  const payload = await copy({ ...input, allowLoss: true });
  expect(payload.errors).toEqual([]);
  expect(outcomes(payload.pipeline)).toEqual(['First UNKNOWN', 'Won UNKNOWN', 'Lost UNKNOWN']);
  const lost = (stageId: string, field: string, before: unknown, after: unknown) => ({
    kind: 'CHANGED',
    stageId,
    field,
    before,
    after,
    summary: expect.any(String),
  });
  expect(payload['notCarried']).toEqual([
    lost('first', 'meta.probability', 0.2, null),
    lost('first', 'outcome', 'OPEN', 'UNKNOWN'),
    lost('won', 'meta.probability', 1, null),
    lost('won', 'outcome', 'WON', 'UNKNOWN'),
    lost('lost', 'meta.probability', 0, null),
    lost('lost', 'outcome', 'LOST', 'UNKNOWN'),
  ]);
});

test('a copy that loses a description, the default or a color only names it', async () => {
  const { data } = await gateway.ask(
    '{ pipelines(where: { sourceNames: ["organization"], objectTypes: ["Contact"] }) { nodes { id isDefault } } }',
  );
  const { id } = data.pipelines.nodes.find(({ isDefault }: { isDefault: boolean }) => isDefault);
  await mutate(gateway, 'patchPipeline', { id, description: 'All people' });
  const fieldsOf = ({ notCarried }: Payload) => notCarried.map(({ field }: { field: string }) => field);
  const within = await copy({ id, toSourceName: 'organization', toObjectType: 'Application', label: 'Copy' });
  expect(within.errors).toEqual([]);
  expect(fieldsOf(within)).toEqual(['isDefault']);
  const away = await copy({ id, toSourceName: 'production', toObjectType: '2-77', label: 'Copy', allowLoss: true });
  expect(away.errors).toEqual([]);
  expect(fieldsOf(away).slice(0, 4)).toEqual(['description', 'isDefault', 'meta.color', 'outcome']);
});

test('a copy that is allowed to lose makes up nothing that the target must be told', async () => {
  const contacts = await createPipeline(gateway, {
    sourceName: 'organization',
    objectType: 'Contact',
    label: 'People',
    stages: [{ label: 'A' }, { label: 'B' }],
  });
  await gateway.sandbox.emptyLog();
  const input = { id: contacts.id, toSourceName: 'production', allowLoss: true };
  const toDeals = await copy({ ...input, toObjectType: 'deals' });
  const toTickets = await copy({ ...input, toObjectType: 'tickets' });
  const toState = await copy({ ...input, toObjectType: 'leads' });
  expect(problemsOf(toDeals.errors)).toEqual(invalidInput('stages.0.meta.probability', 'stages.1.meta.probability'));
  expect(problemsOf(toTickets.errors)).toEqual(invalidInput('stages'));
  expect(toState.errors).toEqual([]);
});

test('a copy’s outcomes are never made up: what the target must know and the original does not tell is named', async () => {
  const contacts = await createPipeline(gateway, {
    sourceName: 'organization',
    objectType: 'Contact',
    label: 'People',
    stages: [{ label: 'A', meta: { color: '#112233' } }, { label: 'B' }],
  });
  const deals = await createDeals();
  await gateway.sandbox.emptyLog();
  const cases = [
    [
      contacts.id,
      'deals',
      [
        ['stages', '0', 'meta', 'probability'],
        ['stages', '1', 'meta', 'probability'],
      ],
    ],
    [
      contacts.id,
      'tickets',
      [
        ['stages', '0', 'meta', 'ticketState'],
        ['stages', '1', 'meta', 'ticketState'],
      ],
    ],
    [
      contacts.id,
      '2-77',
      [
        ['stages', '0', 'meta', 'state'],
        ['stages', '1', 'meta', 'state'],
      ],
    ],
    [
      contacts.id,
      'leads',
      [
        ['stages', '0', 'meta', 'state'],
        ['stages', '1', 'meta', 'state'],
      ],
    ],
    [
      deals.id,
      'tickets',
      [
        ['stages', '0', 'meta', 'ticketState'],
        ['stages', '1', 'meta', 'ticketState'],
        ['stages', '2', 'meta', 'ticketState'],
      ],
    ],
  ] as const;
  for (const [id, toObjectType, paths] of cases) {
    const { pipeline, errors } = await copy({ id, toSourceName: 'production', toObjectType });
    expect(pipeline).toBeNull();
    const found = errors.map(({ path }) => path);
    expect(found).toEqual(expect.arrayContaining([...paths]));
    expect(errors[0]?.code).toBe('INVALID_INPUT');
  }
  expect(await gateway.sandbox.writes()).toEqual([]);
});

test('a copy’s ticket states and custom states mean the same and are translated', async () => {
  const tickets = await createPipeline(gateway, {
    sourceName: 'hubspot',
    objectType: 'tickets',
    label: 'Help',
    stages: [
      { label: 'New', meta: { ticketState: 'OPEN' } },
      { label: 'Done', meta: { ticketState: 'CLOSED' } },
    ],
  });
  const payload = await copy({ id: tickets.id, toSourceName: 'production', toObjectType: '2-77' });
  expect(payload.errors).toEqual([]);
  expect(outcomes(payload.pipeline)).toEqual(['New OPEN', 'Done CLOSED']);
});

test('a copy’s target that does not exist, lacks the type or gives ids itself is named, and nothing is written', async () => {
  const original = await createDeals();
  await gateway.sandbox.emptyLog();
  const cases = [
    [{ toSourceName: 'nowhere' }, ['toSourceName']],
    [{ toSourceName: 'production', toObjectType: 'orders' }, ['toObjectType']],
    [{ toSourceName: 'organization' }, ['toObjectType']],
    [{ toSourceName: 'organization', toObjectType: 'Contact', keepIds: true }, ['keepIds']],
  ] as const;
  for (const [input, path] of cases) {
    const payload = await copy({ id: original.id, ...input });
    expect(payload.errors).toMatchObject([{ code: 'INVALID_INPUT', path }]);
  }
  expect(await gateway.sandbox.writes()).toEqual([]);
});
